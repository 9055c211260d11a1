using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>The runner can fail: each broken notebook fails for its own reason, and none stops the others.</summary>
[Trait("Category", "Slow")]
public sealed class BrokenNotebookTests(BrokenRun broken) : IClassFixture<BrokenRun>
{
    [Fact]
    public void Run_SomeNotebooksFail_ExitCodeIsOne() => Assert.Equal(1, broken.Run.ExitCode);

    [Fact]
    public void Run_SomeNotebooksFail_EveryNotebookIsInTheReport() => Assert.Equal(
        Directory.EnumerateFiles(TestPaths.Broken, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
        broken.Run.Report.Notebooks.Select(notebook => notebook.Notebook));

    [Theory]
    [InlineData("compile-error", nameof(RunStatus.Failed), "cell [3]", 3, "CS0029")]
    [InlineData("exception", nameof(RunStatus.Failed), "cell [3]", 2, "3 is odd")]
    [InlineData("nuget-reference", nameof(RunStatus.Failed), "cell [2]", 1, "fetches no packages")]
    [InlineData("torch-shape", nameof(RunStatus.Failed), "cell [2]", 2, "cannot be multiplied (2x3 and 2x3)")]
    [InlineData("failed-check", nameof(RunStatus.Failed), "cell [2]", 4, "two is three")]
    [InlineData("endless-loop", nameof(RunStatus.TimedOut), "cell [3]", 0, "still running after 120 s")]
    [InlineData("native-abort", nameof(RunStatus.Crashed), "cell [3]", 0, "exit code 134")]
    [InlineData("stack-overflow", nameof(RunStatus.Crashed), "cell [2]", 0, "Stack overflow")]
    [InlineData("exit", nameof(RunStatus.Crashed), "cell [2]", 0, "process ended")]
    [InlineData("stderr-flood", nameof(RunStatus.Failed), "cell [3]", 1, "after the flood")]
    [InlineData("fsharp-cell", nameof(RunStatus.Failed), "cell [2]", 1, "`#!fsharp`: the workbook's own runner runs C# only")]
    [InlineData("magic-command", nameof(RunStatus.Failed), "cell [2]", 2, "`#!time`: the workbook's own runner knows no such command")]
    [InlineData("import-notebook", nameof(RunStatus.Failed), "cell [1]", 1, "imports C# files (.csx, .cs) and no notebooks")]
    [InlineData("lone-surrogate", nameof(RunStatus.Unreadable), "", 0, "half of a surrogate pair")]
    [InlineData("duplicate-key", nameof(RunStatus.Unreadable), "", 0, "a name stands twice in one object")]
    [InlineData("invalid-utf8", nameof(RunStatus.Unreadable), "", 0, "not UTF-8 text (byte ")]
    [InlineData("invalid-json", nameof(RunStatus.Unreadable), "", 0, "not valid JSON (line 4")]
    [InlineData("not-a-notebook", nameof(RunStatus.Unreadable), "", 0, "not a notebook")]
    [InlineData("unknown-cell-kind", nameof(RunStatus.Unreadable), "", 0, "cell 2 is raw")]
    [InlineData("other-language", nameof(RunStatus.Unreadable), "", 0, "cell 3 is code in fsharp")]
    public void Run_BrokenNotebook_NamesCellLineAndReason(string notebook, string status, string cell, int line, string reason)
    {
        var report = broken.Run.ReportOf(notebook);

        Assert.Equal(status, report.Status.ToString());
        Assert.Equal((cell, line), (report.Failure!.Cell, report.Failure.Line));
        Assert.Contains(reason, report.Failure.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{notebook}.ipynb: {report.Failure}", broken.Run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good")]
    [InlineData("missing-build")]
    [InlineData("absurd-time")]
    [InlineData("brackets")]
    public void Run_GoodNotebookAmongBroken_Passes(string notebook) => Assert.Equal(RunStatus.Passed, broken.Run.ReportOf(notebook).Status);

    [Fact]
    public void Run_CellAfterFailure_IsNotRun() =>
        Assert.Equal([CellStatus.Passed, CellStatus.Passed, CellStatus.Failed, CellStatus.NotRun],
            broken.Run.ReportOf("exception").Cells.Select(cell => cell.Status));

    [Fact]
    public void Run_TorchRefuses_ItsOwnStackIsNotShown() => Assert.DoesNotContain("frame #", broken.Run.Output, StringComparison.Ordinal);

    [Fact]
    public void Run_Crash_KeepsWhatWasShownBefore() =>
        Assert.Contains("before the abort", broken.Run.Executed("native-abort"), StringComparison.Ordinal);

    [Fact]
    public void Run_FailedCheck_IsInTheReportWithItsNumbers() =>
        Assert.Equal(new CheckReport(2, "two is three", "3", "2", "0.5", false, "off by 1"), broken.Run.ReportOf("failed-check").Checks[1]);

    [Fact]
    public void Run_Flood_IsCut() =>
        Assert.InRange(broken.Run.Executed("stderr-flood").Length, EventWriter.StreamLimit, 2 * EventWriter.StreamLimit);

    [Fact]
    public void Run_Exception_TraceNamesNotebookCellAndLine()
    {
        string executed = broken.Run.Executed("exception");

        Assert.Contains("at Half(Int32 x) in exception.ipynb[2]:line 2", executed, StringComparison.Ordinal);
        Assert.Contains("at exception.ipynb[3]:line 2", executed, StringComparison.Ordinal);
        Assert.DoesNotContain("Submission#", executed, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnyNotebook_NothingWrittenHasThisMachinesPaths()
    {
        string[] foreign = [TestPaths.Repository.Root, broken.Out, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/"];
        foreach (string? file in Directory.EnumerateFiles(broken.Out, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".ipynb" or ".html" or ".json"))
        {
            string text = File.ReadAllText(file);
            Assert.All(foreign, path => Assert.DoesNotContain(path, text, StringComparison.Ordinal));
        }
    }
}
