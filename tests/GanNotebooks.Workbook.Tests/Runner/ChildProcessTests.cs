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
            while (true)
            {
                if (hog.Count < 50)
                    hog.Add(Enumerable.Repeat((byte)1, 20_000_000).ToArray());
                await Task.Delay(30);
            }
            """;
        var report = await RunAsync("hog", options => options with { MemoryLimit = 500_000_000 }, Code(hog));

        Assert.Equal((RunStatus.Crashed, "OutOfMemory", "cell [1]"), (report.Status, report.Failure!.Name, report.Failure.Cell));
        Assert.InRange(report.PeakMemoryBytes, 500_000_000, 2_500_000_000);
    }

    [Fact]
    public async Task Run_ThreadLeftRunning_EndsWithTheLastCell()
    {
        var report = await RunAsync("thread", options => options,
            Code("new System.Threading.Thread(() => { while (true) System.Threading.Thread.Sleep(100); }).Start();"));

        Assert.Equal(RunStatus.Passed, report.Status);
        Assert.InRange(report.PeakMemoryBytes, 1, 1_000_000_000);
    }

    // The process of the cell holds no pipe of the runner for longer than the runner waits: it ends hours later, if at all.
    [Fact]
    public async Task Run_ProcessOfACellOutlivesIt_IsNotWaitedFor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts sleep");
        var report = await RunAsync("orphan", options => options, Code("""
            var sleeper = System.Diagnostics.Process.Start("setsid", "sleep 100000");
            var pipe = new System.IO.FileInfo("/proc/self/fd/" + Environment.GetCommandLineArgs()[^1]);
            System.IO.File.WriteAllText("sleeper", $"{sleeper.Id} {pipe.LinkTarget}");
            """));
        Assert.Equal(RunStatus.Passed, report.Status);
        string[] said = (await File.ReadAllTextAsync(folder.File("sleeper"), TestContext.Current.CancellationToken)).Split(' ');
        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(said[0], null)); // still there: nothing waited for its end
        try
        {
            Assert.StartsWith("pipe:", said[1], StringComparison.Ordinal);
            Assert.DoesNotContain(Directory.EnumerateFiles($"/proc/{left.Id}/fd"), file => new FileInfo(file).LinkTarget == said[1]);
        }
        finally
        {
            left.Kill();
        }
    }

    [Fact]
    public async Task Run_ProcessOfACellOutlivesTheTimeLimit_IsNotWaitedFor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts sleep");
        var report = await RunAsync("orphan", options => options with { Timeout = TimeSpan.FromSeconds(15) }, Code("""
            var sleeper = System.Diagnostics.Process.Start("setsid", "sleep 100000");
            System.IO.File.WriteAllText("sleeper", $"{sleeper.Id}");
            while (true) { }
            """));
        Assert.Equal(RunStatus.TimedOut, report.Status);
    }

    // Whatever goes wrong in the runner over one notebook is the failure of that notebook.
    [Fact]
    public async Task Run_RunnerFailsOverANotebook_IsTheReportOfThatNotebook()
    {
        var options = new RunOptions(TestPaths.Repository, folder.File("out"));
        string first = folder.Write("first.ipynb", Of(Code("1"))), second = folder.Write("second.ipynb", Of(Code("2")));
        var report = await new CourseRunner(options, new BadView("first")).RunAsync([first, second], () => { },
            TestContext.Current.CancellationToken);
        Assert.Equal([RunStatus.Crashed, RunStatus.Passed], report.Notebooks.Select(notebook => notebook.Status));
        Assert.Contains("bad view", report.Notebooks[0].Failure!.Message, StringComparison.Ordinal);
        Assert.True(report.Finished);
    }

    [Fact]
    public async Task Run_BookCannotBeWritten_ReportIsWhole()
    {
        var options = new RunOptions(TestPaths.Repository, folder.File("out"));
        string first = folder.Write("first.ipynb", Of(Code("1")));
        await Assert.ThrowsAsync<IOException>(() => new CourseRunner(options, new PlainView(TextWriter.Null)).RunAsync([first],
            () => throw new IOException("no room"), TestContext.Current.CancellationToken));
        Assert.True(ReportFile.Read(options.ReportPath) is { Finished: true, Passed: true });
    }

    private sealed class BadView(string victim) : IRunView
    {
        public void Start(TimeLeft timeLeft)
        {
        }

        public void Begin(Workbook.Notebooks.Notebook notebook)
        {
        }

        public void Cell(Workbook.Notebooks.Notebook notebook, int number, int count)
        {
            if (notebook.Name == victim)
                throw new InvalidOperationException("bad view");
        }

        public void Progress(Workbook.Notebooks.Notebook notebook, Workbook.NotebookProcess.ChildEvent.Progress progress)
        {
        }

        public void End(Workbook.Notebooks.Notebook notebook, NotebookReport report)
        {
        }

        public void Tell(NotebookReport report)
        {
        }
    }

    // The command line reads and writes notebooks; torch is the business of the notebooks' own processes.
    [Fact]
    public async Task Run_Parent_NeverLoadsTheLibrary()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        string path = folder.Write("parent.ipynb", Of(Code("""
            string parent = System.IO.File.ReadLines("/proc/self/status").First(l => l.StartsWith("PPid:"))[5..].Trim();
            var files = System.IO.File.ReadLines($"/proc/{parent}/maps").Select(l => l.Split('/')[^1]).Distinct();
            string.Join(" ", files.Where(f => f.Contains("torch") || f.Contains("GanNotebooks") || f == "workbook.dll"))
            """)));
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken,
            "run", path, "--out", folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("\"workbook.dll\"", run.Executed("parent"), StringComparison.Ordinal);
    }

    private async Task<NotebookReport> RunAsync(string name, Func<RunOptions, RunOptions> change, params (CellKind, string)[] cells)
    {
        var options = new RunOptions(TestPaths.Repository, folder.File("out")) { Timeout = TimeSpan.FromMinutes(20) };
        Directory.CreateDirectory(options.ExecutedFolder);
        return await new NotebookRunner(change(options), new MemoryUse(), new PlainView(TextWriter.Null))
            .RunAsync(folder.Write(name + ".ipynb", Of(cells)), TestContext.Current.CancellationToken);
    }
}
