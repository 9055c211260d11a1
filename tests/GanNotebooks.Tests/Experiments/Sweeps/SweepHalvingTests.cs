using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Experiments;

/// <summary>Successive halving: which settings go on is a function of the results, whoever computes them and in whatever order.</summary>
public sealed class SweepHalvingTests : IDisposable
{
    // Nine settings, of batch sizes 2 to 10; three rungs at steps 1, 3 and 9.
    private static readonly SweepPlan Plan = TinySweep.Plan(steps: 9, seeds: 2) with
    {
        Axes = [new SweepAxis("BatchSize", [.. Enumerable.Range(2, 9).Select(batch => $"{batch}")])],
        Halving = new("reverse-kl"),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(900, 100, 300, 900)]
    [InlineData(10, 2, 4, 10)]
    [InlineData(1, 1, 1, 1)]
    public void Step_OfARung_IsItsPartRoundedUp(int steps, int first, int second, int third) =>
        Assert.Equal([first, second, third], Enumerable.Range(0, 3).Select(rung => new SuccessiveHalving("reverse-kl").Step(rung, steps)));

    [Fact]
    public void RunAll_BestSettings_GoOnAndTheOthersStopAtTheirRung()
    {
        var made = SweepFolder.Create(folder.In("a"), Plan);
        Assert.True(TinySweep.Worker(made, Score).RunAll());
        // After step 1 settings 0, 4 and 8 are the best (batches 2, 6 and 10), after step 3 it is setting 4.
        Assert.Equal([(1, 0, 9), (3, 1, 3), (9, 2, 1)], new[] { 0, 1, 2 }.Select(rung =>
            (made.Manifest.Plan.Halving!.Step(rung, 9), SweepRung.Of(made, rung).Number, SweepRung.Of(made, rung).Settings.Count)));
        Assert.Equal([0, 4, 8], SweepRung.Of(made, 1).Settings);
        Assert.Equal([4, 4], Sweep.Results(made).Select(result => made.Manifest.Runs[result.Run].Setting));
        Assert.All(Sweep.Results(made), result => Assert.Equal(9, result.Steps));
        Assert.All(made.Manifest.Runs, run => Assert.Equal(
            run.Setting == 4 ? 9 : run.Setting is 0 or 8 ? 3 : 1,
            int.Parse(File.ReadLines(Path.Combine(made.PathOf(run), "metrics.jsonl")).Any()
                ? Path.GetFileName(Directory.GetFiles(made.PathOf(run), "step-*.checkpoint", SearchOption.AllDirectories).Max()!)[5..14]
                : "0", System.Globalization.CultureInfo.InvariantCulture)));
        var status = SweepStatus.Of(made);
        Assert.Equal((2, 16, 0, "rung 3 of 3, 1 of 9 settings"), (status.Done, status.Dropped, status.Waiting, status.Rung));
        var table = SweepTable.Of(made);
        Assert.Equal([3, 1, 1, 1, null, 1, 1, 1, 3], table.Rows.Select(row => row.Dropped));
        Assert.Contains("BatchSize=2 (out at step 3)", table.ToString(), StringComparison.Ordinal);
    }

    // Two workers that take turns in any order and stop at any step leave the same files as one.
    [Fact]
    public async Task RunAll_TwoWorkersAtOnce_LeaveWhatOneLeaves()
    {
        var one = SweepFolder.Create(folder.In("one"), Plan);
        TinySweep.Worker(one, Score).RunAll();
        var two = SweepFolder.Create(folder.In("two"), Plan);
        // Each with its own view of the folder, as two processes have it.
        bool[] ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            TinySweep.Worker(SweepFolder.Open(two.Path), Score).RunAll())));
        Assert.Equal([true, true], ends);
        Assert.Equal(Results(one), Results(two));
        Assert.Equal(SweepTable.Of(one).ToString(), SweepTable.Of(SweepFolder.Open(two.Path)).ToString());
    }

    // A run that stops at rungs gives the numbers of one that does not.
    [Fact]
    public void RunAll_Winner_HasTheResultOfAWholeRun()
    {
        var made = SweepFolder.Create(folder.In("a"), Plan);
        new SweepWorker(made).RunAll();
        var whole = SweepFolder.Create(folder.In("b"), Plan with { Halving = null });
        foreach (var result in Sweep.Results(made))
        {
            new SweepWorker(whole).RunOne(result.Run);
            Assert.Equal(whole.ResultOf(whole.Manifest.Runs[result.Run])!.Deterministic(), result.Deterministic());
        }
        Assert.Equal(2, Sweep.Results(made).Count);
    }

    [Fact]
    public void IsLeftOut_BeforeTheRungIsKnown_SaysThatRunsAreMissing()
    {
        var made = SweepFolder.Create(folder.In("a"), Plan);
        Assert.False(made.IsLeftOut(0, 0));
        Assert.Contains("runs of rung 1 have no results yet",
            Assert.Throws<SweepException>(() => made.IsLeftOut(0, 1)).Message, StringComparison.Ordinal);
        TinySweep.Worker(made, Score).RunAll();
        Assert.Equal([false, true, true], new[] { 4, 0, 1 }.Select(run => made.IsLeftOut(run, 2)));
        Assert.Contains("the rungs 1 to 3, not 4", Assert.Throws<ArgumentOutOfRangeException>(() => made.IsLeftOut(0, 3)).Message,
            StringComparison.Ordinal);
    }

    // The smaller the better. Failed runs are last, and equal scores keep the order of the manifest.
    private static double Score(TrainingRecipe recipe, int step) => (recipe.BatchSize, step) switch
    {
        (2 or 6 or 10, 1) => 1,
        (6, 3) => 0.5,
        (_, 1) => 1 + recipe.BatchSize,
        _ => recipe.Seed,
    };

    private static IEnumerable<string> Results(SweepFolder made) => made.Manifest.Runs
        .SelectMany(run => Enumerable.Range(0, 3).Select(rung => made.ResultAt(run, rung)?.Deterministic() ?? $"{run.Index} is out"));
}
