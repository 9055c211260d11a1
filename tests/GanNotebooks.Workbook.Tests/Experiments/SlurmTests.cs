using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Tests.Experiments;

/// <summary>
/// A sweep on a real Slurm: slurmctld, slurmd and munged of this test's own, on this machine, with two processors. It is skipped where
/// Slurm is not installed.
/// </summary>
[Trait("Category", "Slow")]
public sealed class SlurmTests : IAsyncLifetime
{
    private const string Plan = "--data ring --model plain --batch 16 --seeds 1..4 --axis Loss=NonSaturating,RelativisticPaired";

    private static readonly string Scripts = Path.Combine(TestPaths.Repository.Root, "tests", "slurm");

    private readonly TemporaryFolder folder = new();
    private string? configuration;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm runs on Linux");
        var start = await Run($"{Scripts}/start $D/slurm {FreePort()} {FreePort()}");
        Assert.SkipUnless(start.ExitCode != 3, $"no Slurm to test with: {start.Errors.Trim()}");
        Assert.True(start.ExitCode == 0, start.Errors);
        configuration = start.Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (configuration is not null)
            await Run($"{Scripts}/stop $D/slurm");
        folder.Dispose();
    }

    [Fact]
    public async Task Slurm_EightRunsSignalledDrainedAndResumed_GiveTheTableOfTheLocalSweep()
    {
        await Ok($"$W sweep create local {Plan} --steps 24000 && $W sweep create s {Plan} --steps 24000 && $W sweep run local");
        string submitted = await Ok("$W sweep slurm s --submit --checkpoint-every 20");
        Assert.Contains("submitted as job ", submitted, StringComparison.Ordinal);
        string[] jobs = await File.ReadAllLinesAsync(folder.File("s/slurm/jobs.txt"), Cancel);
        Assert.Equal(2, jobs.Length);
        string array = jobs[0];
        await Ok($"scontrol hold {array}_7"); // one run waits for certain when the node is drained, however fast the others are

        // One run, in the middle of its steps, gets the signal that Slurm sends before the time limit.
        int run = await StopOneAsync(array);
        // Slurm has it in its queue again; on a slow machine it may run again, or have ended, before anybody looks.
        await Until(async () => File.Exists(Result(run)) || (await Ok($"squeue --noheader --array --jobs={array} --format='%K %T'"))
            .Split('\n').Any(line => line == $"{run} PENDING" || line == $"{run} RUNNING"));

        // The node is drained: what runs there ends, and nothing new begins. It comes back.
        await Ok("scontrol update nodename=$(hostname -s) state=drain reason=test");
        await Until(async () => (await Ok("sinfo --noheader --format=%T")).Trim() == "drained");
        int done = Enumerable.Range(0, 8).Count(k => File.Exists(Result(k)));
        Assert.InRange(done, 0, 7);
        string status = await Ok("$W sweep status s");
        Assert.Contains($"{done} done, 0 failed, 0 running, 0 stale, {8 - done} waiting", status, StringComparison.Ordinal);
        // What was stopped is in the queue again a moment after the node is empty.
        // Slurm may give several reasons for waiting, each with its number.
        await Until(async () => (await Ok("$W sweep status s")).Split('\n')
            .Where(line => line.StartsWith($"slurm     job {array}:", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line, @"(\d+) pending"))
            .Sum(found => int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)) == 8 - done);
        await Ok("scontrol update nodename=$(hostname -s) state=resume && scontrol release " + $"{array}_7");

        await Until(async () => File.Exists(folder.File("s/table.txt")) && (await Ok("squeue --noheader")).Trim() == "");
        Assert.Contains("8 done, 0 failed, 0 running, 0 stale, 0 waiting", await Ok("$W sweep status s"), StringComparison.Ordinal);
        Assert.Equal(SweepTests.ResultsOf(folder.File("local")), SweepTests.ResultsOf(folder.File("s")));
        Assert.Equal(await Ok("$W sweep table local"), await File.ReadAllTextAsync(folder.File("s/table.txt"), Cancel));
        Assert.Equal(await Ok("$W sweep table local --json"), await File.ReadAllTextAsync(folder.File("s/table.json"), Cancel));
    }

    // Each rung is an array of its own, after the one before; the tasks of settings that are out end at once.
    [Fact]
    public async Task Slurm_SuccessiveHalving_GoesRungByRungToTheTableOfTheLocalSweep()
    {
        const string halving = Plan + " --steps 90 --halving reverse-kl";
        await Ok($"$W sweep create local {halving} && $W sweep create s {halving} && $W sweep run local && $W sweep slurm s --submit");
        Assert.Equal(4, (await File.ReadAllLinesAsync(folder.File("s/slurm/jobs.txt"), Cancel)).Length);
        await Until(async () => File.Exists(folder.File("s/table.txt")) && (await Ok("squeue --noheader")).Trim() == "");
        Assert.Equal(SweepTests.ResultsOf(folder.File("local")), SweepTests.ResultsOf(folder.File("s")));
        Assert.Equal(await Ok("$W sweep table local"), await File.ReadAllTextAsync(folder.File("s/table.txt"), Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Result(int run) => folder.File($"s/runs/{run:D3}/result.json");

    // A run may end before the signal reaches it, and Slurm may answer that a job cannot be altered now: then it is another one's turn.
    private async Task<int> StopOneAsync(string array)
    {
        var heard = new List<string>();
        int stopped = -1;
        await Until(async () =>
        {
            var open = Enumerable.Range(0, 7).Where(k => !File.Exists(Result(k))).ToList(); // the last one is held
            Assert.True(open.Count > 0, "all ended first; " + string.Join("; ", heard));
            int run = open.FindIndex(IsInTheMiddle) is >= 0 and var at ? open[at] : -1;
            if (run < 0)
                return false;
            var signal = await Run($"export SLURM_CONF={configuration}; scancel --signal=USR1 --batch {array}_{run}");
            heard.Add($"run {run}: {signal.ExitCode} {signal.Errors.Trim()}");
            string log = folder.File($"s/slurm/{array}_{run}.out");
            bool HasStopped() => File.Exists(log)
                && File.ReadAllText(log).Contains($"run {run} stopped at a checkpoint", StringComparison.Ordinal);
            if (signal.ExitCode == 0)
                await Until(() => HasStopped() || File.Exists(Result(run)));
            stopped = run;
            return HasStopped() && !File.Exists(Result(run));
        });
        return stopped;
    }

    private bool IsInTheMiddle(int run) => Directory.Exists(folder.File($"s/runs/{run:D3}/checkpoints"))
        && Directory.GetFiles(folder.File($"s/runs/{run:D3}/checkpoints"), "*.checkpoint").Length > 0;

    private async Task<string> Ok(string script)
    {
        var run = await Run($"export SLURM_CONF={configuration}; {script}");
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        return run.Output;
    }

    private Task<WorkbookProcess> Run(string script) => Shell.RunAsync(folder.Path, script);

    private static Task Until(Func<bool> there) => Until(() => Task.FromResult(there()));

    private static async Task Until(Func<Task<bool>> there)
    {
        while (!await there())
            await Task.Delay(200, Cancel);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
