namespace GanNotebooks.Tests.Exercises;

/// <summary>What a reader is told about an answer.</summary>
public sealed class ExerciseTests
{
    private static readonly ExerciseCatalogue course = ExerciseCatalogue.Read();
    private readonly ExerciseTries tries = ExerciseTries.Parse(null);

    [Fact]
    public void Answer_None_IsOpenAndSaysHowToAnswer()
    {
        var row = Give("04.1", null);
        Assert.Null(row.Passed);
        Assert.Equal("Replace null by your answer (exactly) and run the cell again.", row.Reason);
    }

    [Fact]
    public void Answer_Right_SaysRightAndTheReason()
    {
        var row = Give("04.1", 0.75);
        Assert.True(row.Passed);
        Assert.Equal(("0.75", "Right: p/(p + q) = 0.3/0.4."), (row.Expected, row.Reason));
    }

    // The first wrong answer is told no more than its direction; the reason comes with the third.
    [Fact]
    public void Answer_ThreeWrongOnes_SayMoreFromOneToTheNext()
    {
        Assert.Equal("Not yet: 0.5 is too small.", Give("04.1", 0.5).Reason);
        Assert.Equal("Not yet: 0.6 is too small. Hint: D* compares p with the sum of p and q.", Give("04.1", 0.6).Reason);
        Assert.Equal("Not yet: 0.9 is too large. Open \"Solution\" above this cell. The reason: p/(p + q) = 0.3/0.4.",
            Give("04.1", 0.9).Reason);
    }

    [Fact]
    public void Answer_SameWrongOneAgain_IsNoNewTry()
    {
        string first = Give("04.1", 0.5).Reason;
        Assert.Equal(first, Give("04.1", 0.5).Reason);
        Give("04.1", 0.6);
        Assert.Contains("Hint:", Give("04.1", 0.5).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("The reason", Give("04.1", 0.6).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_SlipOfWriting_IsNoTry()
    {
        Assert.Null(Give("04.4", 0.69).Value);
        Give("04.2", 0, "double? a = 1 / 3;");
        Give("04.1", 75);
        Assert.DoesNotContain("Hint:", Give("04.1", 0.5).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Hint:", Give("04.4", 0.5).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Hint:", Give("04.2", 0.9).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_SlipOfThought_IsNamedAtTheThirdTryToo()
    {
        Give("04.4", 0.5);
        Give("04.4", 0.6);
        Assert.Contains("The size is right, the sign is not. Open \"Solution\"", Give("04.4", -0.6931).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WrongOneElsewhere_IsNoTryHere()
    {
        Give("04.2", 0.5);
        Give("04.2", 0.6);
        Assert.Equal("Not yet: 0.5 is too small.", Give("04.1", 0.5).Reason);
    }

    [Fact]
    public void Answer_AfterTriesOfAnEarlierRun_ContinuesTheirCount()
    {
        var earlier = ExerciseTries.Parse("""{"04.1":["0.5","0.6"]}""");
        Assert.Contains("The reason:", Exercise.Answer(course.Find("04.1"), 0.9, earlier, null).Rows[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"04.1": 3}""")]
    [InlineData("""{"04.1": null}""")]
    public void Tries_ThatCannotBeRead_CountAsNone(string json) =>
        Assert.Equal(1, ExerciseTries.Parse(json).Add("04.1", 0.5));

    [Theory]
    [InlineData(double.NaN, "Not yet: this is not a number (NaN).")]
    [InlineData(double.NegativeInfinity, "Not yet: −∞ is infinite; a finite number is asked for.")]
    public void Answer_NoFiniteNumber_IsNamed(double answer, string told) => Assert.Equal(told, Give("04.4", answer).Reason);

    [Theory]
    [InlineData("03.2", 424_999, false, "too small")]
    [InlineData("03.2", 425_000, true, "Right")]
    [InlineData("03.2", 475_000, true, "Right")]
    [InlineData("03.2", 475_001, false, "too large")]
    public void Answer_Measured_IsRightInItsRange(string id, double answer, bool right, string told)
    {
        var row = Give(id, answer);
        Assert.Equal(right, row.Passed);
        Assert.Contains(told, row.Reason, StringComparison.Ordinal);
    }

    // Slips of writing are named at once.
    [Theory]
    [InlineData("04.2", 0, "double? a = 1 / 3;", "In C# 1 / 3 divides whole numbers and gives 0. Write 1.0 / 3.")]
    [InlineData("04.2", 0, "double? a = 1/(1 + 2);", "Did you divide two whole numbers?")]
    [InlineData("04.2", 0, null, "Did you divide two whole numbers?")]
    [InlineData("10.1", 12, "double? a = 12_000 * 64 / 60_000;", "Did you divide two whole numbers?")]
    [InlineData("04.2", 0, "double? a = 0; // 1/3", "0 is too small")]
    [InlineData("04.2", 0.5, "double? a = 1.0/2;", "0.5 is too large")]
    [InlineData("04.1", 75, "", "75 is a percentage: write the share, 0.75.")]
    [InlineData("12.3", 10, "", "10 is a percentage")]
    [InlineData("04.2", 33.33, "", "33.33 is a percentage: write the share, 0.3333.")]
    [InlineData("04.2", 33, "", "33 is a percentage: write the share, 0.33.")]
    [InlineData("04.4", 0.693, "", "Right so far, but 0.693 needs 1 more digit: the tolerance is 0.0001.")]
    [InlineData("04.4", 0.69, "", "needs 2 more digits")]
    [InlineData("13.4", 0.87, "", "Right so far, but 0.87 needs 1 more digit")]
    [InlineData("13.5", -4344, "", "Right so far, but −4344 needs 1 more digit: the tolerance is 0.1.")]
    [InlineData("04.1", 0.8, "", "0.8 is too large")] // one digit says nothing
    [InlineData("06.1", 139, "", "139 is too small")]
    public void Answer_SlipOfWriting_IsNamedAtTheFirstTry(string id, double answer, string? code, string told) =>
        Assert.Contains(told, Give(id, answer, code).Reason, StringComparison.Ordinal);

    // Slips of thought are named with the hint.
    [Theory]
    [InlineData("04.1", 0.25, "That is q/(p + q), the share of the fakes.")]
    [InlineData("04.4", -0.6931, "The size is right, the sign is not.")]
    [InlineData("09.1", 0.39794, "This is the logarithm to base 10.")]
    [InlineData("02.1", 0.736966, "This is the logarithm to base 2.")]
    [InlineData("09.2", 0.4005, "k/n")]
    public void Answer_SlipOfThought_IsNamedAtTheSecondTry(string id, double answer, string told)
    {
        Assert.DoesNotContain(told, Give(id, answer).Reason, StringComparison.Ordinal);
        Give(id, 12.345);
        Assert.Contains(told, Give(id, answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_UnknownExercise_SaysHowIdsLook() =>
        Assert.Contains("\"00.1\"", Assert.Throws<ArgumentException>(() => Exercise.Answer("99.1", 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Table_WrongAnswer_IsNoFailedCheck()
    {
        var table = Exercise.Answer(course.Find("04.1"), 0.5, tries, null);
        Assert.False(table.Rows[0].Fails);
        Assert.Equal("✗ not yet", table.Rows[0].Verdict);
        Assert.DoesNotContain("gan-fails", table.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("0.75", table.ToHtml(), StringComparison.Ordinal);
    }

    private CheckRow Give(string id, double? answer, string? code = "") =>
        Exercise.Answer(course.Find(id), answer, tries, code).Rows.Single();
}
