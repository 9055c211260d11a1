using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class StatedTimeLimitTests
{
    private static readonly RunOptions options = new(new Repository("/clone"), "/clone/out");

    [Theory]
    [InlineData("**Time** 4 minutes on two CPU cores.", 720)]
    [InlineData("**Time:** about 2.5 minutes", 450)]
    [InlineData("**Time** 1 minute on two CPU cores, ten to read.", 180)]
    [InlineData("**Time** 0.5 minutes", 120)]
    [InlineData("No time at all.", 180)]
    public void Of_StatedMinutes_IsThreeTimesThatAndAtLeastTwoMinutes(string opening, double seconds) =>
        Assert.Equal(new TimeLimit(TimeSpan.FromSeconds(seconds), OnTheClock: false), TimeLimit.Of(Notebook(opening), options));

    [Fact]
    public void Of_FullProfile_IsNone() =>
        Assert.Null(TimeLimit.Of(Notebook("**Time** 4 minutes"), options with { Profile = RunProfile.Full }));

    [Fact]
    public void Of_TimeoutGiven_IsThat() =>
        Assert.Equal(new TimeLimit(TimeSpan.FromSeconds(7), OnTheClock: true),
            TimeLimit.Of(Notebook("**Time** 4 minutes"),
                options with { Profile = RunProfile.Full, Timeout = TimeSpan.FromSeconds(7) }));

    private static Notebook Notebook(string opening) => NotebookFile.Parse("x.ipynb", Of(Prose("# 00 · X\n\n" + opening)));
}
