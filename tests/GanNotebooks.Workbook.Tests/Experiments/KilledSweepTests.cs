using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Experiments;

/// <summary>A sweep whose workers are killed at any moment loses no run, does none twice, and ends with the same table.</summary>
[Trait("Category", "Slow")]
public sealed class KilledSweepTests : IDisposable
{
    private const int Kills = 30;
    private const string Create = "create s --data ring --model plain --steps 600 --batch 8 --seeds 1..4 "
        + "--axis Loss=NonSaturating,RelativisticPaired,Hinge";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_TwoWorkersKilledThirtyTimes_EndWithTheTableOfTheWholeSweep()
    {
        await Sweep(Create);
        await Sweep(Create.Replace("create s", "create whole", StringComparison.Ordinal));
        var random = new Random(Kills);
        var first = new Dictionary<string, string>(); // each result as it was when it was first seen
        Process[] workers = [Start(), Start()];
        int killed = 0;
        try
        {
            while (killed < Kills)
            {
                int victim = random.Next(2);
                // The moment: a few files are new or gone (checkpoints, claims, results), and some milliseconds later.
                for (int changes = random.Next(1, 5); changes > 0; changes--)
                {
                    string before = Written();
                    while (Written() == before && !workers[victim].HasExited)
                        await Task.Delay(1, Cancel);
                }
                await Task.Delay(random.Next(30), Cancel);
                if (!workers[victim].HasExited)
                    killed++;
                Shell.Signal(workers[victim], "KILL");
                await workers[victim].WaitForExitAsync(Cancel);
                Keep(first);
                Assert.False(Results() == 12, $"the sweep ended after {killed} kills; it is too short for this test");
                workers[victim].Dispose();
                workers[victim] = Start();
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Kill();
                await worker.WaitForExitAsync(Cancel);
                worker.Dispose();
            }
        }

        var rest = await Sweep("run s --jobs 2 --checkpoint-every 60");
        Assert.Equal((0, ""), (rest.ExitCode, rest.Errors));
        Keep(first);
        Assert.Equal(12, first.Count);
        Assert.Equal(0, (await Sweep("run whole")).ExitCode);
        Assert.Equal(SweepTests.ResultsOf(folder.File("whole")), SweepTests.ResultsOf(folder.File("s")));
        Assert.Equal((await Sweep("table whole")).Output, (await Sweep("table s")).Output);
        Assert.Equal((await Sweep("table whole --json")).Output, (await Sweep("table s --json")).Output);
        Assert.Empty(Directory.GetFiles(folder.File("s/claims")));
        Assert.Equal(12, SweepTests.ResultsOf(folder.File("s")).Select(r => JsonNode.Parse(r)!["Digest"]!.ToString()).Distinct().Count());
        // The logs of both sweeps hold the same records, but for their times: no step was made twice.
        for (int run = 0; run < 12; run++)
            Assert.Equal(Log("whole", run), Log("s", run));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Process Start() => Shell.Start(folder.Path, "exec $W sweep run s --checkpoint-every 60");

    // A result that is there stays as it is, to the byte and to its costs: nobody trains the run again.
    private void Keep(Dictionary<string, string> first)
    {
        foreach (string file in Directory.GetFiles(folder.File("s/runs"), "result.json", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Assert.Equal(first.GetValueOrDefault(file, text), text);
            first[file] = text;
        }
    }

    private int Results() => Directory.GetFiles(folder.File("s/runs"), "result.json", SearchOption.AllDirectories).Length;

    private string[] Log(string sweep, int run) =>
    [
        .. File.ReadLines(folder.File($"{sweep}/runs/{run:D3}/metrics.jsonl")).Select(line =>
        {
            var record = JsonNode.Parse(line)!.AsObject();
            Assert.True(record.Remove("StepSeconds"));
            return record.ToJsonString();
        }),
    ];

    private string Written()
    {
        try
        {
            return !Directory.Exists(folder.File("s/runs")) ? "" : string.Join(' ', new DirectoryInfo(folder.File("s"))
                .EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is ".checkpoint" or ".json" or ".claim")
                .Select(file => file.FullName).Order(StringComparer.Ordinal));
        }
        catch (IOException)
        {
            return ""; // a file has gone while it was listed
        }
    }

    private async Task<WorkbookProcess> Sweep(string arguments)
    {
        var run = await WorkbookProcess.RunAsync(folder.Path, "", Cancel, ["sweep", .. arguments.Split(' ')]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }
}
