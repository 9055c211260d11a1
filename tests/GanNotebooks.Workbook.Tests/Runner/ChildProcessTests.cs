using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>A notebook's process, ended from outside.</summary>
[Trait("Category", "Slow")]
public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_MemoryGrows_IsEndedAtTheLimit()
    {
        const string hog = """
            var hog = new List<byte[]>();
            while (hog.Count < 100)
            {
                hog.Add(Enumerable.Repeat((byte)1, 20_000_000).ToArray());
                await Task.Delay(30);
            }
            """;
        var report = await RunAsync("hog", options => options with { MemoryLimit = 500_000_000 }, Code(hog));

        Assert.Equal((RunStatus.Crashed, "OutOfMemory", "cell [1]"), (report.Status, report.Failure!.Name, report.Failure.Cell));
        Assert.InRange(report.PeakMemoryBytes, 500_000_000, 1_500_000_000);
    }

    [Fact]
    public async Task Run_ThreadLeftRunning_EndsWithTheLastCell()
    {
        var report = await RunAsync("thread", options => options,
            Code("new System.Threading.Thread(() => { while (true) System.Threading.Thread.Sleep(100); }).Start();"));

        Assert.Equal(RunStatus.Passed, report.Status);
        Assert.InRange(report.PeakMemoryBytes, 1, 1_000_000_000);
    }

    private async Task<NotebookReport> RunAsync(string name, Func<RunOptions, RunOptions> change, params (CellKind, string)[] cells)
    {
        var options = new RunOptions(TestPaths.Repository, folder.File("out")) { Timeout = TimeSpan.FromSeconds(60) };
        Directory.CreateDirectory(options.ExecutedFolder);
        return await new NotebookRunner(change(options), new MemoryUse(), new PlainView(TextWriter.Null))
            .RunAsync(folder.Write(name + ".ipynb", Of(cells)), TestContext.Current.CancellationToken);
    }
}
