using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

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
        Assert.StartsWith(text,
            new TimeLimit(TimeSpan.FromSeconds(100), onTheClock).Told(TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(elapsed)),
            StringComparison.Ordinal);

    // An answer that waits is ended as soon as one that works; on a busy machine one that works is never taken for one that waits.
    [Theory]
    [InlineData(59, 0, null)]
    [InlineData(61, 0, "it was still waiting after 61 s")]
    [InlineData(61, 1, null)]
    [InlineData(500, 59, null)]
    [InlineData(500, 61, "it was still running after 61 s of work")]
    [InlineData(62, 120, "it was still running after 62 s of work")]
    [InlineData(601, 30, "it was still running after 30 s of work")]
    public void Over_OfAnAnswer_CountsWorkOrWaiting(double elapsed, double processor, string? told)
    {
        var limit = new TimeLimit(TimeSpan.FromSeconds(60), OnTheClock: false, OfAnswer: true);
        var (clock, work) = (TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(processor));

        Assert.Equal(told is not null, limit.IsOver(clock, work));
        if (told is not null)
            Assert.Equal(told, limit.Told(clock, work));
    }

    // An answer has its own time from its beginning; each next answer begins anew, and other cells have only the notebook's.
    [Fact]
    public void Watch_Answers_HaveTheirOwnTime()
    {
        NotebookCell? running = null;
        var (first, second) = (Answer("double? a = 1;"), Answer("double? b = 2;"));
        var watch = new TimeWatch(Seconds(200), Seconds(50) with { OfAnswer = true }, () => running);

        Assert.Null(At(watch, 60));
        running = first;
        Assert.Null(At(watch, 61));
        Assert.Null(At(watch, 110));
        running = second;
        Assert.Null(At(watch, 120));
        Assert.Null(At(watch, 169));
        Assert.Equal("it was still running after 50 s, half of --timeout", At(watch, 171, ofAnswer: true));
        running = null;
        Assert.Null(At(watch, 199));
        Assert.StartsWith("still running after 200 s;", At(watch, 201), StringComparison.Ordinal);
    }

    // The notebook's time may end in the middle of an answer that is all right: it is not the answer's time that is over.
    [Fact]
    public void Watch_NotebooksTimeEndsDuringAnAnswer_IsTheNotebooks()
    {
        NotebookCell? running = null;
        var watch = new TimeWatch(Seconds(200), Seconds(50) with { OfAnswer = true }, () => running);

        Assert.Null(At(watch, 190));
        running = Answer("double? a = 1;");
        Assert.Null(At(watch, 191));
        Assert.StartsWith("still running after 200 s;", At(watch, 201, ofAnswer: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_WithoutALimitOfTheNotebook_LimitsAnswersOnly()
    {
        NotebookCell? running = null;
        var watch = new TimeWatch(null, Seconds(50) with { OfAnswer = true }, () => running);

        Assert.Null(At(watch, 1e6));
        running = Answer("double? a = 1;");
        Assert.Null(At(watch, 1e6 + 1));
        Assert.NotNull(At(watch, 1e6 + 52, ofAnswer: true));
    }

    private static NotebookCell Answer(string code) => NotebookFile.Parse("a.ipynb", Of(Code(code))).Cells[0];

    private static TimeLimit Seconds(double seconds) => new(TimeSpan.FromSeconds(seconds), OnTheClock: true);

    private static string? At(TimeWatch watch, double seconds, bool ofAnswer = false)
    {
        var over = watch.Over(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
        Assert.Equal(ofAnswer, over?.OfAnswer ?? false);
        return over?.Words;
    }
}
