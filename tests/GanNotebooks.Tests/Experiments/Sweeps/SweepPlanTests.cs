using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Experiments;

public sealed class SweepPlanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Manifest_Grid_HasAllCombinationsSeedAfterSeed()
    {
        var plan = TinySweep.Plan() with
        {
            Axes = [new("Loss", "NonSaturating", "Hinge"), new("BatchSize", "8", "16", "32")],
            Seeds = [3, 1]
        };
        var manifest = SweepManifest.Of(plan);
        Assert.Equal(6, manifest.Settings.Count);
        Assert.Equal("Loss=NonSaturating, BatchSize=8", manifest.Settings[0].Name);
        Assert.Equal("Loss=NonSaturating, BatchSize=16", manifest.Settings[1].Name);
        Assert.Equal(Enumerable.Range(0, 12), manifest.Runs.Select(run => run.Index));
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], manifest.Runs.Select(run => run.Setting));
        Assert.Equal([3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1], manifest.Runs.Select(run => run.Seed));
        Assert.Equal(12, manifest.Runs.Select(run => run.Digest).Distinct().Count());
        var recipe = manifest.Recipe(manifest.Runs[4]);
        Assert.Equal(("Hinge", 16, 3), (recipe.All["Loss"], recipe.BatchSize, recipe.Seed));
        Assert.Equal(16, recipe.Config.BatchSize);
    }

    [Fact]
    public void Manifest_SettingThatIsTheSame_IsOneRun()
    {
        var manifest = SweepManifest.Of(TinySweep.Plan() with
        {
            Axes = [new("GeneratorOptimizer.LearningRate", "0.001", "1e-3", "0.002")],
            Seeds = [1],
        });
        Assert.Equal(["GeneratorOptimizer.LearningRate=0.001", "GeneratorOptimizer.LearningRate=0.002"],
            manifest.Settings.Select(setting => setting.Name));
    }

    [Fact]
    public void Manifest_Variants_ChangeSeveralSettingsAndComeBeforeTheAxes()
    {
        var manifest = SweepManifest.Of(TinySweep.Plan() with
        {
            Variants = [new("GAN"), new("R3", ("Loss", "RelativisticPaired"), ("Penalty", "R1R2(0.1)"))],
            Axes = [new("BatchSize", "8", "16")],
        });
        Assert.Equal(["GAN, BatchSize=8", "GAN, BatchSize=16", "R3, BatchSize=8", "R3, BatchSize=16"],
            manifest.Settings.Select(setting => setting.Name));
        var all = manifest.Recipe(manifest.Runs[3]).All;
        Assert.Equal(("RelativisticPaired", "16"), (all["Loss"], all["BatchSize"]));
        Assert.NotEqual("none", all["Penalty"]);
    }

    [Fact]
    public void Manifest_RandomSearch_IsThatOfItsSeedAndStaysInItsRanges()
    {
        var plan = TinySweep.Plan() with
        {
            Random = new(40, Seed: 7, new("GeneratorOptimizer.LearningRate", SearchScale.LogUniform, 1e-5, 1e-2),
                new("BatchSize", SearchScale.Whole, 4, 6), new("DiscriminatorOptimizer.LearningRate", SearchScale.Uniform, 0.001, 0.002)),
            Seeds = [1, 2],
        };
        var manifest = SweepManifest.Of(plan);
        Assert.Equal(manifest.Runs, SweepManifest.Of(plan).Runs);
        Assert.NotEqual(manifest.Runs, SweepManifest.Of(plan with { Random = plan.Random with { Seed = 8 } }).Runs);
        Assert.Equal((40, 80), (manifest.Settings.Count, manifest.Runs.Count));
        var recipes = manifest.Runs.Select(manifest.Recipe).ToList();
        Assert.Equal([4, 5, 6], recipes.Select(r => r.BatchSize).Distinct().Order());
        double[] rates = [.. recipes.Select(r => ((GanNotebooks.Training.AdamConfig)r.Config.GeneratorOptimizer).LearningRate)];
        Assert.All(rates, rate => Assert.InRange(rate, 1e-5, 1e-2));
        // Half of the logarithms are below the middle: 20 of 40, and a binomial is within 3 deviations of it.
        Assert.InRange(rates.Count(rate => rate < Math.Sqrt(1e-7)) / 2.0, 20 - 3 * Math.Sqrt(10), 20 + 3 * Math.Sqrt(10));
        Assert.All(recipes, r =>
            Assert.InRange(((GanNotebooks.Training.AdamConfig)r.Config.DiscriminatorOptimizer).LearningRate, 0.001, 0.002));
        Assert.Equal(2, recipes.Select(r => r.All["Loss"]).Distinct().Count());
    }

    [Fact]
    public void Plan_WrittenAndRead_IsTheSame()
    {
        var plan = new SweepPlan(new TrainingRecipe("ring", "plain") { Steps = 9 }.With("Penalty", "R1(0.5)"))
        {
            Variants = [new("A"), new("B", ("Loss", "Hinge"))], Axes = [new("BatchSize", "8", "16")], Seeds = [1, 4],
            Random = new(3, 5, new SearchRange("GeneratorOptimizer.LearningRate", SearchScale.LogUniform, 1e-5, 0.01)),
            Halving = new("reverse-kl", 2, 4),
        };
        plan.Write(folder.In("plan.json"));
        var read = SweepPlan.Read(folder.In("plan.json"));
        Assert.Equal(plan.ToString(), read.ToString());
        Assert.Equal(plan.Base, read.Base);
        Assert.Equal(SweepManifest.Of(plan).Runs, SweepManifest.Of(read).Runs);
    }

    [Fact]
    public void Plan_AsPeopleWriteIt_TakesNumbersAndRangesOfSeeds()
    {
        var plan = Read("""
            { "Base": { "Data": "Ring", "Model": "plain", "Steps": 12, "GeneratorOptimizer.LearningRate": 1e-3 },
              "Axes": { "BatchSize": [8, 16], "Loss": "Hinge" }, "Seeds": "2..4,9" }
            """);
        Assert.Equal(("ring", 12), (plan.Base.Data, plan.Base.Steps));
        Assert.Equal("0.001", plan.Base.All["GeneratorOptimizer.LearningRate"]);
        Assert.Equal([2, 3, 4, 9], plan.Seeds);
        Assert.Equal(2, SweepManifest.Of(plan).Settings.Count);
    }

    [Theory]
    [InlineData("""{ "Base": { "Data": "ring" } }""", "Base names no Model")]
    [InlineData("""{ "Base": { "Data": "ring", "Model": "plain", "Stepps": 3 } }""", "no setting is called 'Stepps'; the nearest is Steps")]
    [InlineData("""{ "Base": { "Data": "ring", "Model": "plain" }, "Axis": {} }""", "no part 'Axis'; the nearest is Axes")]
    [InlineData("""{ "Base": { "Data": "ring", "Model": "plain" }, "Seeds": "5..1" }""", "'5..1' is no list of seeds")]
    [InlineData("""{ "Base": { "Data": "ring", "Model": "plain" }, "Seeds": "1,1" }""", "one of them twice")]
    [InlineData("""{ "Base": { "Data": "ring", "Model": "plain" }, "Random": { "Budget": "many" } }""", "Budget is no whole number")]
    [InlineData("""{ "Base": [] }""", "Base is no JSON object")]
    [InlineData("""{ "Base": 1, """, "text that is not JSON in line 1")]
    [InlineData("[]", "the plan is no JSON object")]
    public void Read_NoPlan_NamesThePart(string text, string said)
    {
        var error = Assert.Throws<DataFileException>(() => Read(text));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, SweepPlan> WrongPlans = new()
    {
        { "no setting is called 'Lose'; the nearest is Loss", TinySweep.Plan() with { Axes = [new("Lose", "Hinge")] } },
        { "'Hing'", TinySweep.Plan() with { Axes = [new("Loss", "Hing")] } },
        { "Seed is no axis", TinySweep.Plan() with { Axes = [new("Seed", "1", "2")] } },
        { "the axis loss twice", TinySweep.Plan() with { Axes = [new("loss", "Hinge"), new("Loss", "Hinge")] } },
        { "the axis Loss has no values", TinySweep.Plan() with { Axes = [new("Loss")] } },
        { "the plan has no seeds", TinySweep.Plan() with { Seeds = [] } },
        { "-2 is no seed", TinySweep.Plan() with { Seeds = [1, -2] } },
        { "a seed twice", TinySweep.Plan() with { Seeds = [1, 1] } },
        { "more than 100,000 runs", TinySweep.Plan() with { Seeds = [.. Enumerable.Range(0, 60_000)] } },
        { "each variant needs a name of its own", TinySweep.Plan() with { Variants = [new("A"), new("A")] } },
        { "needs an axis or a range", TinySweep.Plan() with { Axes = [], Random = new(3, 1) } },
        { "two ends that rise", TinySweep.Plan() with { Random = new(3, 1, new SearchRange("BatchSize", SearchScale.Whole, 9, 3)) } },
        { "above 0", TinySweep.Plan() with { Random = new(3, 1, new SearchRange("BatchSize", SearchScale.LogUniform, 0, 3)) } },
        { "1 to 100,000 runs", TinySweep.Plan() with { Random = new(0, 1) } },
        { "no measure is called 'fid'", TinySweep.Plan() with { Halving = new("fid") } },
        { "is a reference value", TinySweep.Plan() with { Halving = new("reverse-kl-floor") } },
        { "not 1 and 3", TinySweep.Plan() with { Halving = new("reverse-kl", Factor: 1) } },
    };

    public static TheoryData<string> Wrong => [.. WrongPlans.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Create_WrongPlan_SaysWhatAndWritesNothing(string said)
    {
        var error = Assert.Throws<ArgumentException>(() => SweepFolder.Create(folder.In("sweep"), WrongPlans[said]));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("sweep")));
    }

    [Theory]
    [InlineData("log:1e-5..1e-2", SearchScale.LogUniform, 1e-5, 1e-2)]
    [InlineData("whole:3..9", SearchScale.Whole, 3, 9)]
    [InlineData("-1..0.5", SearchScale.Uniform, -1, 0.5)]
    public void Range_Text_IsRead(string text, SearchScale scale, double from, double to) =>
        Assert.Equal(new SearchRange("K", scale, from, to), SearchRange.Parse("K", text));

    [Theory]
    [InlineData("1")]
    [InlineData("ln:1..2")]
    [InlineData("1..2..3")]
    [InlineData("log:a..b")]
    public void Range_NoRange_IsRefused(string text) =>
        Assert.Contains($"'{text}' is no range", Assert.Throws<ArgumentException>(() => SearchRange.Parse("K", text)).Message,
            StringComparison.Ordinal);

    private SweepPlan Read(string text)
    {
        File.WriteAllText(folder.In("plan.json"), text);
        return SweepPlan.Read(folder.In("plan.json"));
    }
}
