using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Experiments;

public sealed class SweepTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Table_KnownResults_HasTheirStatistics()
    {
        // Setting 0: 1, 2, 3, 4, 5; setting 1: 0.5, 1.5, …, 4.5.
        var made = Made(seeds: 5, (recipe, _) => recipe.Seed - (IsSecond(recipe) ? 0.5 : 0));
        var table = SweepTable.Of(made);
        var (first, second) = (table.Rows[0], table.Rows[1]);
        Assert.Equal(("reverse-kl", 5, 3.0, 3.0), (table.Measure.Name, first.Count, first.Median, first.InterquartileMean));
        Assert.Null(first.BetterThanFirst);
        Assert.Equal(2.5, second.Median);
        Assert.Equal(15.0 / 25, second.BetterThanFirst); // of 25 pairs, 15 are smaller
        Assert.Equal(SeedStatistics.PermutationTest([1, 2, 3, 4, 5], [0.5, 1.5, 2.5, 3.5, 4.5]), second.PermutationTest);
        Assert.Equal(1.5, first.ExpectedBest!.Value, 1e-12); // of 10 triples, 6 begin with 1, 3 with 2, 1 with 3
        Assert.InRange(first.InterquartileMean!.Value, first.Interval!.Value.Low, first.Interval.Value.High);
        Assert.Equal([2.75, 2.5], table.Search);
        Assert.Contains("medians:\n  1: 2.75, 2: 2.5\n", table.ToString(), StringComparison.Ordinal);
        Assert.Equal(table.ToString(), SweepTable.Of(SweepFolder.Open(made.Path)).ToString());
    }

    [Fact]
    public void Table_AnyNames_FitsAHundredColumns()
    {
        var plan = TinySweep.Plan() with
        {
            Variants = [new("short"), new(new string('n', 150), ("BatchSize", "9"))],
            Axes = [new("GeneratorOptimizer.LearningRate", "0.0001", "0.00012345678")],
        };
        var made = SweepFolder.Create(folder.In("long"), plan);
        TinySweep.Worker(made, (recipe, _) => -1234567.891 * recipe.Seed).RunAll();
        string text = SweepTable.Of(made).ToString();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("nnn", text, StringComparison.Ordinal);
        Assert.Contains("-1.852E+06", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_NoResultsOrNoSuchMeasure_SaysSo()
    {
        var made = SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        Assert.Contains("no finished run yet", Assert.Throws<SweepException>(() => SweepTable.Of(made)).Message, StringComparison.Ordinal);
        TinySweep.Worker(made).RunAll();
        Assert.Contains("they have reverse-kl", Assert.Throws<ArgumentException>(() => SweepTable.Of(made, "modes-captured")).Message,
            StringComparison.Ordinal);
    }

    // Two names of one setting: p <= 0.05 in at most a part 0.05 of all cases, so in 200 of them at most 10 + 3 sqrt(9.5) = 19.
    [Fact]
    public void Table_TwoEqualSettings_AreDeclaredDifferentInFivePercentOrLess()
    {
        var random = new Random(19);
        double[] pool = [.. Enumerable.Range(0, 1000).Select(_ => Math.Exp(random.NextDouble() * 3))];
        int different = Enumerable.Range(0, 200).Count(_ =>
        {
            double[] runs = [.. Enumerable.Range(0, 10).Select(_ => pool[random.Next(pool.Length)])];
            return SeedStatistics.PermutationTest(runs[..5], runs[5..]) <= 0.05;
        });
        Assert.InRange(different, 1, 19);
        // The same test has power: settings that are two deviations apart are told apart in most cases.
        int found = Enumerable.Range(0, 200).Count(_ =>
        {
            double[] runs = [.. Enumerable.Range(0, 10).Select(_ => pool[random.Next(pool.Length)])];
            return SeedStatistics.PermutationTest(runs[..5], [.. runs[5..].Select(v => v + 12)]) <= 0.05;
        });
        Assert.InRange(found, 100, 200);
    }

    private static bool IsSecond(TrainingRecipe recipe) => recipe.All["Loss"] != "NonSaturating";

    private SweepFolder Made(int seeds, Func<TrainingRecipe, int, double> value)
    {
        var made = SweepFolder.Create(folder.In("made"), TinySweep.Plan(steps: 1, seeds));
        TinySweep.Worker(made, value).RunAll();
        return made;
    }
}
