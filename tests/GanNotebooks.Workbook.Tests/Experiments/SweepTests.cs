using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Experiments;

/// <summary>workbook sweep, as a reader types it.</summary>
[Trait("Category", "Slow")]
public sealed class SweepTests : IDisposable
{
    private const string Create = "create s --data ring --model plain --steps 6 --batch 8 --axis Loss=NonSaturating,RelativisticPaired "
        + "--seeds 1..2";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sweep_CreateRunStatusTable_GoesFromAPlanToATable()
    {
        var created = await Sweep(Create);
        Assert.Equal("", created.Errors);
        Assert.Contains("s: 4 runs, 2 settings with 2 seeds each", created.Output, StringComparison.Ordinal);
        Assert.Contains("0 done, 0 failed, 0 running, 0 stale, 4 waiting", (await Sweep("status s")).Output, StringComparison.Ordinal);
        Assert.Contains("no finished run yet", (await Sweep("table s")).Errors, StringComparison.Ordinal);

        var run = await Sweep("run s --jobs 2");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("4 of 4 runs done, 0 failed.", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, Results("s").Count);
        Assert.Contains("4 done, 0 failed", (await Sweep("status s")).Output, StringComparison.Ordinal);

        var table = await Sweep("table s");
        Assert.Contains("reverse KL, lower is better; 4 of 4 runs", table.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Sweep("table s --json --by modes-captured")).Output)!;
        Assert.Equal(["Loss=NonSaturating", "Loss=RelativisticPaired"], json["Rows"]!.AsArray()
            .Select(row => row!["Name"]!.GetValue<string>()));

        // One process by itself, from the same plan in a file, gives the same.
        Assert.Equal("", (await Sweep("create t --plan s/sweep.json")).Errors);
        Assert.Equal(0, (await Sweep("run t --remove-checkpoints")).ExitCode);
        Assert.Equal(Results("s"), Results("t"));
        Assert.Equal(table.Output, (await Sweep("table t")).Output);
        Assert.Empty(Directory.GetFiles(folder.File("t"), "*.checkpoint", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("create s --data ring --model plain --axis Lose=Hinge", 2, "--axis: no setting is called 'Lose'; the nearest is Loss.")]
    [InlineData("create s --data ring --model plain --axis Loss=Hing", 2, "'Hing'")]
    [InlineData("create s --data ring --model plain --set Stepps=1", 2, "the nearest is Steps.")]
    [InlineData("create s --data ring --model plain --seeds 5..1", 2, "'5..1' is no list of seeds")]
    [InlineData("create s --data ring --model plain --random 4", 2, "a random search needs an axis or a range")]
    [InlineData("create s --data ring --model plain --random 4 --range BatchSize=4", 2, "BatchSize: '4' is no range")]
    [InlineData("create s --data ring --model plain --range BatchSize=4..5", 2, "--range is for --random.")]
    [InlineData("create s --data ring --model plain --halving fid", 2, "--halving: 'fid' is none of")]
    [InlineData("create s --model plain", 2, "A new run needs --data")]
    [InlineData("create s --data ring --model dcgan", 2, "the model dcgan is for images")]
    [InlineData("create s --plan none.json", 2, "--plan: there is no file 'none.json'.")]
    [InlineData("create s --plan bad.json", 1, "bad.json: expected the plan of a sweep; found the plan has no part 'Axis'")]
    [InlineData("create s --plan bad.json --steps 3", 2, "--plan and --steps name two plans")]
    [InlineData("create full --data ring --model plain", 1, "holds no sweep but thesis.tex")]
    [InlineData("run none", 1, "none holds no sweep: it has no manifest.json.")]
    [InlineData("status none", 1, "`sweep create` makes one.")]
    [InlineData("table none", 1, "`sweep create` makes one.")]
    [InlineData("run bad.json", 2, "bad.json is a file")]
    [InlineData("run s --jobs 0", 2, "--jobs must be a whole number")]
    [InlineData("one s minus", 2, "run must be the number of a run")]
    [InlineData("one s -1", 2, "")]
    public async Task Sweep_WrongCommand_IsSaidInOneLine(string arguments, int code, string said)
    {
        folder.Write("bad.json", """{ "Base": { "Data": "ring", "Model": "plain" }, "Axis": {} }""");
        folder.Write("full/thesis.tex", "");
        var run = await Sweep(arguments);
        Assert.Equal(code, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("s")));
    }

    [Fact]
    public async Task Sweep_FolderThatWasChanged_IsSaidInOneLine()
    {
        await Sweep(Create);
        await Says("create s --data ring --model plain --steps 7", "holds a sweep of another plan");
        await Says("one s 4", "the sweep has the runs 0 to 3, not 4", code: 2);
        string file = folder.File("s/manifest.json"), text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("\"Seed\": 2", "\"Seed\": 3", StringComparison.Ordinal));
        foreach (string command in new[] { "run s", "run s --jobs 2", "one s 0", "status s", "table s" })
            await Says(command, "A manifest is not edited");
        File.WriteAllText(file, text);
        folder.Write("s/sweep.json", File.ReadAllText(folder.File("s/sweep.json")).Replace("\"6\"", "\"60\"", StringComparison.Ordinal));
        await Says("run s", "sweep.json was changed after the runs were frozen");
    }

    [Fact]
    public async Task Sweep_OfAnotherLibrary_IsContinuedOnlyOnDemand()
    {
        await Sweep(Create);
        string file = folder.File("s/manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        manifest["Library"] = "0.0.1";
        manifest.Remove("Digest");
        manifest["Digest"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString())))[..32];
        File.WriteAllText(file, manifest.ToJsonString());
        await Says("run s", "was made with 0.0.1, and this is ");
        await Says("one s 1", "--any-library to go on all the same");
        Assert.Contains("library   the manifest is of 0.0.1", (await Sweep("status s")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Sweep("run s --any-library")).ExitCode);
    }

    [Fact]
    public async Task Sweep_DiskIsFull_SaysSoInOneLine()
    {
        const string mount = "mkdir -p $D/full && mount -t tmpfs -o size=48k tmpfs $D/full && cd $D && ";
        var trial = await InNamespace(mount + "true");
        Assert.SkipUnless(trial.ExitCode == 0, "this user may not mount a small disk (unshare -Urm)");
        foreach (string jobs in new[] { "1", "2" })
        {
            var run = await InNamespace($"{mount} $W sweep {Create.Replace("create s", "create full/s", StringComparison.Ordinal)} && "
                + $"$W sweep run full/s --jobs {jobs} > $D/said");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("No space left on device", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("fault of workbook", run.Errors, StringComparison.Ordinal);
        }
        var none = await InNamespace($"{mount} head -c 100000 /dev/zero > full/filler 2> /dev/null; "
            + $"$W sweep {Create.Replace("create s", "create full/s", StringComparison.Ordinal)}");
        Assert.Equal(1, none.ExitCode);
        Shell.IsOneLine(none.Errors);
    }

    [Fact]
    public async Task Sweep_FolderMayNotBeWritten_SaysSoInOneLine()
    {
        await Sweep(Create);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "rights of a Linux file system");
        string user = Environment.UserName == "root" ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";
        try
        {
            var trial = await Shell.RunAsync(folder.Path, $"chmod 555 . s; {user}sh -c '! touch s/new' 2> /dev/null");
            Assert.SkipUnless(trial.ExitCode == 0, "this user may write where nobody may, and setpriv cannot change that");
            foreach (string command in new[] { "run s", "run s --jobs 2", "one s 0",
                Create.Replace("create s", "create t", StringComparison.Ordinal) })
            {
                var run = await Shell.RunAsync(folder.Path, $"{user}sh -c '$W sweep {command}'");
                Assert.Equal(1, run.ExitCode);
                Assert.Contains("denied", run.Errors.Split('\n')[0], StringComparison.Ordinal);
                Assert.DoesNotContain("fault of workbook", run.Errors, StringComparison.Ordinal);
            }
        }
        finally
        {
            await Shell.RunAsync(folder.Path, "chmod 755 . s");
        }
    }

    // What a scheduler sends before its time limit, and what a reader sends.
    [Theory]
    [InlineData("USR1", 75)]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task One_Signal_StopsAtACheckpointAndTheSameCommandContinues(string signal, int code)
    {
        await Sweep(Create.Replace("--steps 6", "--steps 20000", StringComparison.Ordinal));
        using (var process = Shell.Start(folder.Path, "exec $W sweep one s 1 --checkpoint-every 10"))
        {
            await Until(process, () => Checkpoints("s/runs/001").Length > 0);
            Shell.Signal(process, signal);
            string output = await process.StandardOutput.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            Assert.Equal(code, process.ExitCode);
            Assert.Contains("run 1 stopped at a checkpoint", output, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(folder.File("s/claims")));
        int step = Checkpoints("s/runs/001").Max(StepOf);
        using var again = Shell.Start(folder.Path, "exec $W sweep one s 1 --checkpoint-every 10");
        await Until(again, () => Checkpoints("s/runs/001").Max(StepOf) > step);
        var rival = await Sweep("one s 1");
        Assert.Equal(75, rival.ExitCode);
        Assert.Contains("is computed by another process", rival.Output, StringComparison.Ordinal);
        Assert.Contains($"run 1 on {Environment.MachineName}, process {again.Id}", (await Sweep("status s")).Output,
            StringComparison.Ordinal);
        Shell.Signal(again, "KILL");
        await again.WaitForExitAsync(Cancel);
        Assert.Contains("stale     run 1", (await Sweep("status s")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_SignalWithWorkers_StopsThemAllAtCheckpoints(string signal)
    {
        await Sweep(Create.Replace("--steps 6", "--steps 1000000", StringComparison.Ordinal));
        using var process = Shell.Start(folder.Path, "exec $W sweep run s --jobs 2 --checkpoint-every 10");
        await Until(process, () => Checkpoints("s/runs").Length >= 2 && Directory.GetFiles(folder.File("s/claims"), "*.claim").Length == 2);
        Shell.Signal(process, signal);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(signal == "INT" ? 130 : 143, process.ExitCode);
        Assert.Contains("stopped at checkpoints: 0 of 4 runs done", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("s/claims")));
    }

    internal static IReadOnlyList<string> ResultsOf(string sweep) =>
    [
        .. Directory.GetFiles(Path.Combine(sweep, "runs"), "result.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file =>
            {
                var result = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
                Assert.True(result.Remove("Cost"));
                return result.ToJsonString();
            }),
    ];

    private IReadOnlyList<string> Results(string sweep) => ResultsOf(folder.File(sweep));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Checkpoints(string path) => Directory.Exists(folder.File(path))
        ? Directory.GetFiles(folder.File(path), "*.checkpoint", SearchOption.AllDirectories)
        : [];

    private static int StepOf(string checkpoint) =>
        int.Parse(Path.GetFileName(checkpoint).Split('-', '.')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Until(System.Diagnostics.Process process, Func<bool> there)
    {
        while (!there())
        {
            if (process.HasExited)
                Assert.Fail($"ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(Cancel)}");
            await Task.Delay(20, Cancel);
        }
    }

    private async Task Says(string arguments, string said, int code = 1)
    {
        var run = await Sweep(arguments);
        Assert.Equal(code, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    private Task<WorkbookProcess> InNamespace(string script) =>
        Shell.RunAsync(folder.Path, $"exec unshare -Urm sh -c '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'");

    private Task<WorkbookProcess> Sweep(string arguments) =>
        WorkbookProcess.RunAsync(folder.Path, "", Cancel, ["sweep", .. arguments.Split(' ')]);
}
