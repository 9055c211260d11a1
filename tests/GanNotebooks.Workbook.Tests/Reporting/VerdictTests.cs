using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Reporting;

/// <summary>The box at the top of a page does not give an exercise away.</summary>
public sealed class VerdictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void For_PrintedSolution_HidesItsAnswer()
    {
        string file = folder.Write("00-x.ipynb", Of(Prose("# 00 · X")));
        var check = new CheckReport(1, "a check of the course", "0.125", "0.125", "", true, "r");
        var report = new NotebookReport("00-x", "00-x.ipynb", RunStatus.Passed, 1, 1, 0, "quick", "cpu", null, null, null, [],
            [check, check with { Claim = "Exercise 00.1", Expected = "0.75", Got = "0.75", Exercise = "00.1", Printed = true }]);

        string html = VerdictHtml.For(new Chapter(NotebookFile.Read(file), folder.Path, report, false, "00-x.html"));

        Assert.Contains("0.125", html, StringComparison.Ordinal);
        Assert.Contains("Exercise 00.1", html, StringComparison.Ordinal);
        Assert.DoesNotContain("0.75", html, StringComparison.Ordinal);
    }
}
