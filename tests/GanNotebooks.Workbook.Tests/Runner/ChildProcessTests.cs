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
        string code = $$"""
            System.Diagnostics.Process.Start("sh", ["-c", "{{script}}"]);
            while (!System.IO.File.Exists("sleeper") || System.IO.File.ReadAllText("sleeper") == "")
                System.Threading.Thread.Sleep(10);
            {{end}}
            """;
        // On a busy machine the time may be over before the cell has begun: then it gets twice the time.
        NotebookReport report;
        var limit = TimeSpan.FromSeconds(15);
        do
        {
            var given = limit;
            report = await RunAsync("orphan",
                options => status is nameof(RunStatus.TimedOut) ? options with { Timeout = given } : options, Code(code));
            limit *= 2;
        }
        while (status is nameof(RunStatus.TimedOut) && new FileInfo(folder.File("sleeper")) is not { Exists: true, Length: > 0 });

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

    // A cell can find the pipe of events. What it writes there is no crash of the runner.
    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"event\":\"none\"}")]
    [InlineData("{\"event\":\"started\"}")]
    [InlineData("{\"event\":\"started\",\"cell\":77,\"solved\":false}")]
    [InlineData("{\"event\":\"started\",\"cell\":-1,\"solved\":false}")]
    [InlineData("{\"event\":\"stream\",\"cell\":0,\"name\":null,\"text\":null}")]
    [InlineData("{\"event\":\"stream\",\"cell\":0,\"name\":\"stdout\",\"text\":\"\\ud800\"}")]
    [InlineData("{\"event\":\"shown\",\"cell\":0,\"id\":null,\"data\":{\"text/plain\":null}}")]
    [InlineData("{\"event\":\"failed\",\"cell\":0,\"name\":\"\",\"message\":\"\",\"line\":1,\"trace\":[null]}")]
    [InlineData("{\"event\":\"finished\",\"cell\":0,\"seconds\":1e999,\"status\":\"Passed\"}")]
    [InlineData("{\"event\":\"finished\",\"cell\":0,\"seconds\":1,\"status\":77}")]
    [InlineData("{\"event\":\"check\",\"cell\":0,\"row\":{\"claim\":\"\\ud800\"}}")]
    [InlineData("{\"event\":\"check\",\"cell\":0,\"row\":{\"a\":1,\"a\":2}}")]
    public async Task Run_ForgedEvent_IsNamedInOneMessage(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "writes into a handle by its number");
        var report = await RunAsync("forged", options => options, Code($$""""
            string pipe = "/proc/self/fd/" + Environment.GetCommandLineArgs()[^1];
            System.IO.File.WriteAllText(pipe, """{{line}}""" + "\n");
            System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);
            """"));
        Assert.Equal((RunStatus.Crashed, "ForgedEvents", ForgedEventException.Words),
            (report.Status, report.Failure!.Name, report.Failure.Message));
    }

    [Fact]
    public async Task Run_EndlessEvent_TakesNoMoreMemoryThanTheLongestOne()
    {
        using var endless = new EndlessStream(limit: 4L * EventLines.BytesAtMost);
        await Assert.ThrowsAsync<ForgedEventException>(() => new EventLines(endless).ReadAsync(_ => { },
            TestContext.Current.CancellationToken));
        Assert.InRange(endless.Position, EventLines.BytesAtMost, EventLines.BytesAtMost + (1 << 20));
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

    // One notebook of a book that runs again is one report that is replaced.
    [Fact]
    public async Task Run_OneNotebookOfABook_ReportKeepsTheOthers()
    {
        string[] course = [.. new[] { "00-a", "01-b", "02-c" }.Select(name => folder.Write($"notebooks/{name}.ipynb", Of(Code("1"))))];
        var options = new RunOptions(new Repository(folder.Path), folder.File("out"))
        {
            Contents = course,
            Names = new OutputNames(course),
        };
        await RunOnce(course);
        folder.Write("notebooks/01-b.ipynb", Of(Code("throw new Exception();")));
        await RunOnce(course[1..2]);
        File.Delete(course[2]);
        options = options with { Contents = course[..2] };
        var returned = await RunOnce(course[..1]);

        var report = ReportFile.Read(options.ReportPath);
        Assert.Equal([("00-a", RunStatus.Passed, false), ("01-b", RunStatus.Failed, true)],
            report.Notebooks.Select(one => (one.Notebook, one.Status, one.Earlier)));
        Assert.True(report is { Passed: true, Finished: true });
        Assert.Equal(["00-a"], returned.Notebooks.Select(one => one.Notebook));

        Task<RunReport> RunOnce(string[] paths) => new CourseRunner(options, new PlainView(TextWriter.Null)).RunAsync(paths, () => { },
            TestContext.Current.CancellationToken);
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

    private sealed class EndlessStream(long limit) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, limit - Position);
            buffer.AsSpan(offset, read).Fill((byte)'x');
            Position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class BadView(string victim) : IRunView
    {
        public void Again(Workbook.Notebooks.Notebook notebook, int number)
        {
        }

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
