using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class TimeLeftTests
{
    private static readonly Dictionary<string, double> nothing = [];

    [Fact]
    public void Of_NothingKnown_IsNull() => Assert.Null(new TimeLeft(["a", "b"], nothing, 1).Of(nothing));

    [Fact]
    public void Of_RunBefore_IsTheSumOfWhatIsLeftOverTheJobs()
    {
        var left = new TimeLeft(["a", "b", "c"], new Dictionary<string, double> { ["a"] = 10, ["b"] = 20, ["c"] = 30 }, 2);
        left.End("a", 12);

        Assert.Equal(22, left.Of(new Dictionary<string, double> { ["b"] = 6 })!.Value.TotalSeconds, 9);
    }

    [Fact]
    public void Of_FirstRun_TakesTheMeanOfThoseThatEnded()
    {
        var left = new TimeLeft(["a", "b", "c"], nothing, 1);
        left.End("a", 12);

        Assert.Equal(20, left.Of(new Dictionary<string, double> { ["b"] = 4 })!.Value.TotalSeconds, 9);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(12, ", about 20 s left")]
    [InlineData(95, ", about 2 min left")]
    public void TimeLeft_InWords_IsRounded(double seconds, string text) =>
        Assert.Equal(text, ReportText.TimeLeft(TimeSpan.FromSeconds(seconds)));
}
