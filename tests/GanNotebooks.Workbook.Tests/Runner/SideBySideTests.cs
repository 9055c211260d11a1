using System.Diagnostics;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>Several notebooks at a time.</summary>
[Trait("Category", "Slow")]
public sealed class SideBySideTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_TwoJobs_RunSideBySideAndAreToldInTheirOrder()
    {
        // Each waits for the other, and the first one also for the end of the second.
        Write("first", Meet("first", "second") + Wait("out/notebooks/second.ipynb"));
        Write("second", Meet("second", "first"));
        Write("third", "1 + 1");
        var run = await RunAsync("2", "first", "second", "third");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["first", "second", "third"], run.Report.Notebooks.Select(notebook => notebook.Notebook));
        Assert.Equal(["first", "second", "third"],
            run.Output.Split('\n').Where(line => line.StartsWith("passed", StringComparison.Ordinal))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.Equal(2, run.Report.Jobs);
        Assert.True(run.Report.PeakMemoryBytes > run.Report.Notebooks.Max(notebook => notebook.PeakMemoryBytes),
            "two at a time hold more than one");
    }

    [Theory]
    [InlineData(2, 2, true)]
    [InlineData(2, 2, false, 1)] // a notebook of two threads waits for the other
    [InlineData(1, 2, false, 2)] // and nobody starts beside it
    [InlineData(1, 2, true, 1)]
    [InlineData(1, 2, false, 1, 1)]
    [InlineData(2, 3, true, 1)]
    public void HasPlaces_RunningNotebooks_CountWithTheirThreads(int wanted, int jobs, bool starts, params int[] running) =>
        Assert.Equal(starts, CourseRunner.HasPlaces(running, wanted, jobs));

    // The first one asks for both places: nobody may run beside it. The others wait for each other, so they need a place each.
    [Fact]
    public async Task Run_NotebookWithTwoThreads_RunsAloneWithTwoJobs()
    {
        const string lab = "class Lab { public static void Open(string name, int threads) { } }\n";
        Write("first", lab + "Lab.Open(\"first\", threads: 2);\n"
            + $"if (System.IO.File.Exists({Quoted("second")})) throw new InvalidOperationException(\"not alone\");");
        Write("second", Meet("second", "third"));
        Write("third", Meet("third", "second"));
        var run = await RunAsync("2", "first", "second", "third");

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Run_OneFails_TheOthersGoOn()
    {
        Write("first", "throw new InvalidOperationException(\"broken\");");
        Write("second", "1 + 1");
        Write("third", "1 + 1");
        var run = await RunAsync("2", "first", "second", "third");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([RunStatus.Failed, RunStatus.Passed, RunStatus.Passed], run.Report.Notebooks.Select(notebook => notebook.Status));
    }

    [Fact]
    public async Task Run_Interrupted_StopsAllThatRun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        var cancel = TestContext.Current.CancellationToken;
        foreach (string? name in new[] { "first", "second" })
            Write(name, $"System.IO.File.WriteAllText(\"{name}.running\", Environment.ProcessId.ToString());\nwhile (true) {{ }}");
        Write("third", "1 + 1");
        using var process = WorkbookProcess.Start(TestPaths.Repository.Root,
            ["run", .. Files("first", "second", "third"), "--jobs", "2", "--out", folder.File("out")]);
        var children = new List<int>();
        foreach (string? name in new[] { "first", "second" })
        {
            while (!File.Exists(folder.File(name + ".running"))
                || (await File.ReadAllTextAsync(folder.File(name + ".running"), cancel)).Length == 0)
            {
                await Task.Delay(50, cancel);
            }

            children.Add(int.Parse(await File.ReadAllTextAsync(folder.File(name + ".running"), cancel),
                System.Globalization.CultureInfo.InvariantCulture));
        }

        Shell.Signal(process, "TERM");
        await process.WaitForExitAsync(cancel);

        var report = ReportFile.Read(folder.File("out/report.json"));
        Assert.Equal(143, process.ExitCode);
        Assert.Equal([RunStatus.Stopped, RunStatus.Stopped, RunStatus.NotRun], report.Notebooks.Select(notebook => notebook.Status));
        Assert.All(children, child => Assert.Throws<ArgumentException>(() => Process.GetProcessById(child)));
    }

    [Fact]
    public async Task Run_RealNotebooksSideBySide_ChecksAreThoseOfOneAfterTheOther()
    {
        string[] names = ["04-optimal-discriminator", "18-pytorch-interop"];
        var together = await ReportsAsync("2");
        var alone = await ReportsAsync("1");

        Assert.All(names, name => Assert.NotEmpty(alone[name].Checks));
        Assert.All(names, name => Assert.Equal(alone[name].Checks, together[name].Checks));

        async Task<Dictionary<string, NotebookReport>> ReportsAsync(string jobs)
        {
            var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File(jobs), TestContext.Current.CancellationToken,
                ["run", .. names, "--jobs", jobs, "--device", "cpu", "--timeout", "600", "--out", folder.File(jobs)]);
            return run.Report.Notebooks.ToDictionary(notebook => notebook.Notebook);
        }
    }

    [Fact]
    public async Task Run_MoreJobsThanNotebooks_TakesAsManyAsThereAre()
    {
        Write("first", "1 + 1");
        Write("second", "1 + 1");
        var run = await RunAsync("100", "first", "second");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(2, run.Report.Jobs);
    }

    [Fact]
    public async Task Run_TwoOfOneName_KeepsBothApart()
    {
        folder.Write("a/same.ipynb", Of(Prose("# From a"), Code("1")));
        folder.Write("b/same.ipynb", Of(Prose("# From b"), Code("double? a = null;\nExercise.Answer(\"04.1\", a)")));
        folder.Write("b/solutions/same.csx", "// exercise: c1\n3\n");
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken,
            "run", folder.File("a/same.ipynb"), folder.File("b/same.ipynb"), "--out", folder.File("out"));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal([("same", "a/same.ipynb"), ("same-2", "b/same.ipynb")],
            run.Report.Notebooks.Select(report => (report.Notebook, report.File)));
        Assert.Contains("# From a", run.Executed("same"), StringComparison.Ordinal);
        Assert.Contains("# From b", run.Executed("same-2"), StringComparison.Ordinal);
        string[] pages = [.. new[] { "same", "same-2" }.Select(name => File.ReadAllText(folder.File($"out/book/{name}.html")))];
        Assert.Contains("<h1>From a</h1>", pages[0], StringComparison.Ordinal);
        Assert.Contains("<h1>From b</h1>", pages[1], StringComparison.Ordinal);
        Assert.DoesNotContain("not run", pages[1], StringComparison.Ordinal);
        // A file beside the notebook ran instead of what the notebook shows: the terminal says so.
        Assert.Contains("1 printed solution used", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutIsAFile_SaysSo()
    {
        Write("first", "1 + 1");
        folder.Write("out", "a file");
        var run = await RunAsync("1", "first");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a file", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ErrorInAnImportedFile_NamesTheFileAndItsLine()
    {
        folder.Write("own.csx", "var a = 1;\nNothing.Such();");
        Write("first", "#!import own.csx");
        var run = await RunAsync("1", "first");

        Assert.Contains("cell [1], line 1: CS0103: own.csx, line 2: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task Run_JobsThatAreNone_SaysWhatIsExpected(string jobs)
    {
        var run = await RunAsync(jobs);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--jobs must be a whole number, 1 or larger, not '{jobs}'", run.Errors, StringComparison.Ordinal);
    }

    private string Meet(string own, string other) => $"System.IO.File.WriteAllText({Quoted(own)}, \"\");\n" + Wait(other);

    private string Wait(string file) => $"while (!System.IO.File.Exists({Quoted(file)})) await Task.Delay(50);\n";

    private string Quoted(string file) => "@\"" + folder.File(file) + "\"";

    private void Write(string name, string code) => folder.Write(name + ".ipynb", Of(Code(code)));

    private IEnumerable<string> Files(params string[] names) => names.Select(name => folder.File(name + ".ipynb"));

    private Task<WorkbookProcess> RunAsync(string jobs, params string[] names) => WorkbookProcess.RunAsync(
        TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken,
        ["run", .. Files(names), "--jobs", jobs, "--out", folder.File("out")]);
}
