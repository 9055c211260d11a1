using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Reporting;

/// <summary>Checks of recorded numbers cannot fail for a reader, so reports count them apart.</summary>
public sealed class RecordChecksTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)] // a notebook that was run before records were marked
    public void CheckReport_MarkOfTheLibrary_IsRead(string mark, bool recorded) =>
        Assert.Equal(recorded, CheckReport.From(3, JsonNode.Parse($$"""
            {"claim":"c","expected":"1","got":"1","tolerance":"","passed":true,"reason":"r","recorded":{{mark}}}
            """)!.AsObject()).Recorded);

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, ", 1 of them a record")]
    [InlineData(7, ", 7 of them records")]
    public void Records_Count_IsNamedInWords(int count, string words) => Assert.Equal(words, ReportText.Records(count, ", "));

    [Fact]
    public void NotebookReport_RecordsThatPass_AreCounted()
    {
        var check = new CheckReport(1, "c", "1", "1", "", true, "r");
        var report = new NotebookReport("00-x", "00-x.ipynb", RunStatus.Passed, 1, 1, 0, "quick", "cpu", null, null, null, [],
            [check, check with { Recorded = true }, check with { Recorded = true, Passed = false }]);
        Assert.Equal((2, 1), (report.ChecksPassed, report.ChecksRecorded));
        Assert.Contains("2 of 3 checks, 1 of them a record", ReportText.Lines(report).First(), StringComparison.Ordinal);
    }
}
