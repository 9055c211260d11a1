using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData(false, 99, 99, false)]
    [InlineData(false, 101, 50, false)]
    [InlineData(false, 101, 101, true)]
    [InlineData(false, 999, 1, false)]
    [InlineData(false, 1001, 1, true)]
    [InlineData(true, 99, 500, false)]
    [InlineData(true, 101, 1, true)]
    public void IsOver_OfAHundredSeconds_AsksTheClockOnlyWhenThatWasMeant(bool onTheClock, double elapsed, double processor, bool over) =>
        Assert.Equal(over,
            new TimeLimit(TimeSpan.FromSeconds(100), onTheClock).IsOver(TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(processor)));

    [Theory]
    [InlineData(true, 101, "still running after 100 s;")]
    [InlineData(false, 400, "still running after 100 s of processor time")]
    [InlineData(false, 1001, "still running after 1001 s;")]
    public void Told_Over_SaysWhatWasMeasured(bool onTheClock, double elapsed, string text) =>
        Assert.StartsWith(text, new TimeLimit(TimeSpan.FromSeconds(100), onTheClock).Told(TimeSpan.FromSeconds(elapsed)),
            StringComparison.Ordinal);
}
