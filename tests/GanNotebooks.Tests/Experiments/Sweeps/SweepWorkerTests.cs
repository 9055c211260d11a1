using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Experiments;

public sealed class SweepWorkerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_InANotebook_TrainsWhatIsMissingAndGivesTheSameAgain()
    {
        List<string> log = [];
        var results = Sweep.Run(TinySweep.Plan(), Sweeps("a"), log.Add);
        Assert.Equal([0, 1, 2, 3], results.Select(r => r.Run));
        Assert.Equal([1, 1, 2, 2], results.Select(r => r.Seed));
        Assert.Equal(4, log.Count);
        Assert.All(results, r => Assert.True(r.Measures.ContainsKey("reverse-kl") && r.Failure is null && r.Steps == 4));
        Assert.NotEqual(results[0].Measures, results[1].Measures);

        var before = TinySweep.Files(Sweeps("a"));
        var again = Sweep.Run(TinySweep.Plan(), Sweeps("a"), log.Add);
        Assert.Equal(4, log.Count);
        Assert.Equal(before, TinySweep.Files(Sweeps("a")));
        Assert.Equal(results.Select(r => r.Deterministic()), again.Select(r => r.Deterministic()));

        var elsewhere = Sweep.Run(TinySweep.Plan(), Sweeps("b"));
        Assert.Equal(results.Select(r => r.Deterministic()), elsewhere.Select(r => r.Deterministic()));
    }

    // A run of a sweep is the run of its recipe, whatever the process has done before and with how many threads.
    [Fact]
    public void RunOne_ByItself_GivesTheNumbersOfItsRecipe()
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan(steps: 60));
        int threads = get_num_threads();
        Assert.Equal(RunEnd.Finished, new SweepWorker(made).RunOne(3));
        Assert.Equal(threads, get_num_threads());
        var recipe = made.Manifest.Recipe(made.Manifest.Runs[3]);
        set_num_threads(1);
        try
        {
            using var trainer = recipe.Create(CPU).Run();
            Assert.Equal(RunMeasures.Of(recipe, trainer), made.ResultOf(made.Manifest.Runs[3])!.Measures);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void RunAll_StoppedEverywhere_ContinuesToTheSameResults()
    {
        var plan = TinySweep.Plan(steps: 7, seeds: 1);
        var whole = Sweep.Run(plan, Sweeps("whole"));
        var made = SweepFolder.Create(Sweeps("a"), plan);
        int stops = 0;
        for (bool done = false; !done;)
        {
            using var stop = new CancellationTokenSource();
            int seen = 0;
            var worker = new SweepWorker(made)
            {
                Cancel = stop.Token,
                Observe = _ =>
                {
                    if (++seen == 3) // the step that was done before, and two more
                        stop.Cancel();
                },
            };
            try
            {
                done = worker.RunAll();
            }
            catch (OperationCanceledException)
            {
                stops++;
                Assert.Empty(Directory.GetFiles(Path.Combine(made.Path, "claims")));
            }
        }
        Assert.Equal(5, stops); // after steps 2 and 5 of the first run, 0, 3 and 6 of the second
        Assert.Equal(whole.Select(r => r.Deterministic()), Sweep.Results(made).Select(r => r.Deterministic()));
    }

    [Fact]
    public void RunOne_RunOfSomebodyElse_IsLeftAlone()
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan());
        var clock = new StillClock();
        using (made.Claims(new ClaimOwner("other", 1, "1", null), clock).TryTake(1))
        {
            var worker = new SweepWorker(made) { Measure = TinySweep.Worker(made).Measure, Time = clock };
            Assert.Equal(RunEnd.Elsewhere, worker.RunOne(1));
            Assert.False(worker.RunAll());
            Assert.Equal([0, 2, 3], Sweep.Results(made).Select(r => r.Run));
            var status = SweepStatus.Of(made, ClaimOwner.Here(), clock);
            Assert.Equal((3, 0, 0), (status.Done, status.Waiting, status.Stale.Count));
            Assert.Equal(("other", 1), (Assert.Single(status.Running).Host, status.Running[0].Run));
            clock.Sleep(2 * RunClaims.StaleAfter);
            Assert.Equal(1, Assert.Single(SweepStatus.Of(made, ClaimOwner.Here(), clock).Stale).Run);
            Assert.True(worker.RunAll());
        }
        Assert.Equal(4, SweepStatus.Of(made).Done);
    }

    [Fact]
    public void RunAll_RunThatDiverges_IsAFailedResultAndTheOthersGoOn()
    {
        var plan = TinySweep.Plan(steps: 60) with
        {
            Axes = [new SweepAxis("GeneratorOptimizer", "Adam(1e-4)", "Momentum(1e30)")],
            Seeds = [1],
        };
        var made = SweepFolder.Create(Sweeps("a"), plan);
        Assert.True(new SweepWorker(made).RunAll());
        var status = SweepStatus.Of(made);
        Assert.Equal((1, 0), (status.Done, status.Waiting));
        var failed = Assert.Single(status.Failed);
        Assert.Equal(1, failed.Run);
        Assert.NotEmpty(failed.Failure!);
        Assert.Empty(failed.Measures);
        Assert.Equal(RunEnd.Failed, new SweepWorker(made).RunOne(1)); // and is not tried again
        var row = SweepTable.Of(made).Rows[1];
        Assert.Equal((0, 1), (row.Count, row.Failed));
    }

    [Fact]
    public void RunAll_CheckpointsNotWanted_KeepsTheRestOfTheRun()
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan(seeds: 1));
        new SweepWorker(made) { RemovesCheckpoints = true, Measure = TinySweep.Worker(made).Measure }.RunAll();
        Assert.Empty(Directory.GetFiles(made.Path, "*.checkpoint", SearchOption.AllDirectories));
        Assert.All(["config.json", "metrics.jsonl", "train.json", "result.json"],
            name => Assert.Equal(2, Directory.GetFiles(made.Path, name, SearchOption.AllDirectories).Length));
        Assert.False(Directory.Exists(Path.Combine(made.Path, "runs", "000", "checkpoints")));
    }

    // A sweep of a thousand runs has gigabytes of checkpoints.
    [Fact]
    public void StatusAndTable_CheckpointsThatNobodyMayOpen_NeedNone()
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan());
        TinySweep.Worker(made).RunAll();
        string[] checkpoints = Directory.GetFiles(made.Path, "*.checkpoint", SearchOption.AllDirectories);
        Assert.NotEmpty(checkpoints);
        var held = checkpoints.Select(file => new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)).ToList();
        try
        {
            Assert.Throws<IOException>(() => File.ReadAllBytes(checkpoints[0]));
            var again = SweepFolder.Open(made.Path);
            Assert.Equal(4, SweepStatus.Of(again).Done);
            Assert.Equal(2, SweepTable.Of(again).Rows.Count);
        }
        finally
        {
            held.ForEach(file => file.Dispose());
        }
    }

    [Fact]
    public void RunAll_OwnDataChangedSince_IsRefusedAndGoesOnWhenTheyAreBack()
    {
        string file = folder.In("own.csv"), text = "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i % 3}\n"));
        File.WriteAllText(file, text);
        var recipe = new TrainingRecipe($"csv:{file}", "mlp") { Steps = 4, BatchSize = 8 };
        var made = SweepFolder.Create(Sweeps("a"), new SweepPlan(recipe) { Seeds = [1, 2] });
        var worker = TinySweep.Worker(SweepFolder.Open(made.Path));
        Assert.Equal(RunEnd.Finished, worker.RunOne(0));
        File.AppendAllText(file, "21,1\n");
        var error = Assert.Throws<SweepException>(() => worker.RunAll());
        Assert.Contains("20 points", error.Message, StringComparison.Ordinal);
        Assert.Contains("21 points", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(made.PathOf(made.Manifest.Runs[1])));
        File.WriteAllText(file, text);
        Assert.True(worker.RunAll());
    }

    // Killed between its result and its end, a process leaves its claim.
    [Fact]
    public void RunAll_ClaimOfAFinishedRun_IsNoStaleRunAndIsTidiedUp()
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan(seeds: 1));
        var clock = new StillClock();
        Assert.NotNull(made.Claims(new ClaimOwner("gone", 1, "1", null), clock).TryTake(0));
        clock.Sleep(2 * RunClaims.StaleAfter);
        Directory.CreateDirectory(made.PathOf(made.Manifest.Runs[0]));
        var run = made.Manifest.Runs[0];
        new RunResult(0, "", run.Seed, run.Digest, 4, new Dictionary<string, double> { ["reverse-kl"] = 1 })
            .Write(Path.Combine(made.PathOf(run), RunResult.FileName));
        Assert.Equal((1, 0, 1), (SweepStatus.Of(made, ClaimOwner.Here(), clock).Done,
            SweepStatus.Of(made, ClaimOwner.Here(), clock).Stale.Count, SweepStatus.Of(made, ClaimOwner.Here(), clock).Waiting));
        Assert.True(new SweepWorker(made) { Time = clock, Measure = TinySweep.Worker(made).Measure }.RunAll());
        Assert.Empty(Directory.GetFiles(Path.Combine(made.Path, "claims")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void RunOne_NoRun_SaysWhichThereAre(int index)
    {
        var made = SweepFolder.Create(Sweeps("a"), TinySweep.Plan());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SweepWorker(made).RunOne(index));
        Assert.Contains($"the sweep has the runs 0 to 3, not {index}", error.Message, StringComparison.Ordinal);
    }

    private string Sweeps(string name) => folder.In(name);
}
