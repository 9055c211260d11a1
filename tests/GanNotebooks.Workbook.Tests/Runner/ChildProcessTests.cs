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

    // A child, one in a session of its own, one whose parent has ended, and one without an environment.
    [Theory]
    [InlineData("sleep 100000 & echo $! > sleeper; wait", "", nameof(RunStatus.Passed))]
    [InlineData("setsid sleep 100000 & echo $! > sleeper; wait", "", nameof(RunStatus.Passed))]
    [InlineData("(setsid sleep 100000 & echo $! > sleeper)", "", nameof(RunStatus.Passed))]
    [InlineData("env -i sleep 100000 & echo $! > sleeper; wait", "", nameof(RunStatus.Passed))]
    [InlineData("(setsid sleep 100000 & echo $! > sleeper)", "throw new Exception();", nameof(RunStatus.Failed))]
    [InlineData("(setsid sleep 100000 & echo $! > sleeper)", "Environment.FailFast(null);", nameof(RunStatus.Crashed))]
    [InlineData("(setsid sleep 100000 & echo $! > sleeper)", "while (true) { }", nameof(RunStatus.TimedOut))]
    public async Task Run_CellLeavesAProcess_ItEndsWithTheNotebook(string script, string end, string status)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts sleep");
        var report = await RunAsync("orphan", options => status is nameof(RunStatus.TimedOut)
            ? options with { Timeout = TimeSpan.FromSeconds(15) }
            : options, Code($$"""
                System.Diagnostics.Process.Start("sh", ["-c", "{{script}}"]);
                while (!System.IO.File.Exists("sleeper") || System.IO.File.ReadAllText("sleeper") == "")
                    System.Threading.Thread.Sleep(10);
                {{end}}
                """));
        int sleeper = int.Parse(await File.ReadAllTextAsync(folder.File("sleeper"), TestContext.Current.CancellationToken), null);
        try
        {
            Assert.Equal(status, report.Status.ToString());
            Assert.False(IsAlive(sleeper), "the process still runs");
        }
        finally
        {
            if (IsAlive(sleeper))
                System.Diagnostics.Process.GetProcessById(sleeper).Kill();
        }
    }

    // The runner reads the pipe of events until its end: a process that had it would hold up the run.
    [Fact]
    public async Task Run_CellStartsAProcess_ItDoesNotHaveThePipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var report = await RunAsync("pipe", options => options, Code("""
            var sleeper = System.Diagnostics.Process.Start("sleep", "100000");
            string pipe = new System.IO.FileInfo("/proc/self/fd/" + Environment.GetCommandLineArgs()[^1]).LinkTarget;
            if (!pipe.StartsWith("pipe:") || System.IO.Directory.EnumerateFiles($"/proc/{sleeper.Id}/fd")
                    .Any(file => new System.IO.FileInfo(file).LinkTarget == pipe))
                throw new Exception();
            """));
        Assert.Equal(RunStatus.Passed, report.Status);
    }

    // A process that has ended stays in the list as a zombie until somebody asks for its exit code.
    private static bool IsAlive(int id)
    {
        string status = $"/proc/{id}/status";
        try
        {
            return File.Exists(status)
                && File.ReadLines(status).First(line => line.StartsWith("State:", StringComparison.Ordinal)) is var state
                && !state.Contains('Z', StringComparison.Ordinal) && !state.Contains('X', StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
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
