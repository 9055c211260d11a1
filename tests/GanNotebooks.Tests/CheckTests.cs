using GanNotebooks.Plotting;

namespace GanNotebooks.Tests;

public sealed class CheckTests
{
    // A reader must see why a check fails, and need not read twelve digits where six say it.
    [Theory]
    [InlineData(0.98765432109, "0.987654")]
    [InlineData(1.0000000001, "1.0000000001")]
    [InlineData(-3e-5, "−3E-05")]
    public void Below_Shown_IsShortUnlessItHidesTheDifference(double got, string shown)
    {
        string text = got <= 1
            ? Check.Below("c", 1, got, "r").ToText()
            : Assert.Throws<CheckFailedException>(() => Check.Below("c", 1, got, "r")).Row.Got;
        Assert.Contains(shown.Replace("E-", "E−", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1, "0.123457")]
    [InlineData(1e-9, "0.12345678901")]
    public void Near_Shown_ResolvesTheTolerance(double tolerance, string shown) =>
        Assert.Contains($"  {shown}  ", Check.Near("c", 0.12345678901234, 0.12345678901234, tolerance, "r").ToText(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1.0, 1.0, 0.0, true)]
    [InlineData(1.0, 1.1, 0.1001, true)]
    [InlineData(1.0, 0.9, 0.1001, true)]
    [InlineData(1.0, 1.11, 0.1, false)]
    [InlineData(1.0, 0.89, 0.1, false)]
    [InlineData(1.0, double.NaN, 1e300, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0, true)]
    [InlineData(double.PositiveInfinity, 1e308, 1, false)]
    public void Near_ExpectedGotTolerance_HoldsWithinIt(double expected, double got, double tolerance, bool holds) =>
        AssertHolds(holds, () => Check.Near("c", expected, got, tolerance, "r"));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1.0000001, false)]
    [InlineData(double.NaN, false)]
    public void Below_Got_HoldsUpToTheLimit(double got, bool holds) => AssertHolds(holds, () => Check.Below("c", 1, got, "r"));

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.9999999, false)]
    [InlineData(double.NaN, false)]
    public void Above_Got_HoldsFromTheLimit(double got, bool holds) => AssertHolds(holds, () => Check.Above("c", 1, got, "r"));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-0.001, false)]
    [InlineData(1.001, false)]
    [InlineData(double.NaN, false)]
    public void Between_Got_HoldsInsideBothLimits(double got, bool holds) => AssertHolds(holds, () => Check.Between("c", 0, 1, got, "r"));

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void OverSeeds_AtLeast_CountsTheSeedsThatAgree(int atLeast, bool holds) =>
        AssertHolds(holds, () => Check.OverSeeds("c", [1, 2, 3], seed => seed, 0, 2, atLeast, "r"));

    // A check of a recorded number cannot fail for a reader: the table says which ones are such.
    [Fact]
    public void Recorded_ChecksBehindIt_AreMarkedAndTheOthersAreNot()
    {
        var table = Check.Below("live", 1, 0, "r").Recorded().Below("read from a file", 1, 0, "r").Near("another", 1, 1, 0, "r");
        Assert.Equal([false, true, true], table.Rows.Select(r => r.Recorded));
        Assert.Equal(["✓ holds", "✓ holds, record", "✓ holds, record"], table.Rows.Select(r => r.Verdict));
        Assert.Contains("✓ holds, record", table.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Recorded_CheckThatIsNotMet_Fails() => AssertHolds(false, () => Check.Recorded().Below("c", 1, 2, "r"));

    [Fact]
    public void Exactly_Different_Fails() => AssertHolds(false, () => Check.Exactly("c", 1, 2, "r"));

    [Fact]
    public void That_False_Fails() => AssertHolds(false, () => Check.That("c", false, "r"));

    [Fact]
    public void Failure_Message_NamesClaimExpectedGotToleranceReason()
    {
        var error = Assert.Throws<CheckFailedException>(() => Check.Near("area is 1", 1, 1.5, 0.25, "because so"));
        foreach (string? part in new[] { "area is 1", "Expected 1", "got 1.5", "0.25", "because so" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    // .NET Interactive prints ToString() below the table, and our runner finds the line of the cell in StackTrace.
    [Fact]
    public void Failure_Text_IsOneSentenceAndItsStackTheReadersOwn()
    {
        var error = Assert.Throws<CheckFailedException>(() => Check.Near("area is 1", 1, 1.5, 0.25, "r"));
        Assert.Equal(error.Message, error.ToString());
        Assert.DoesNotContain('\n', error.ToString());
        Assert.Contains(nameof(Failure_Text_IsOneSentenceAndItsStackTheReadersOwn), error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("at GanNotebooks.Check", error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("at System.", error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_ToHtml_MarksTheRowThatFailsAndNoOther()
    {
        var table = Check.That("first", true, "r");
        Assert.Throws<CheckFailedException>(() => table.That("second", false, "r"));
        Assert.Matches("<tr><td[^>]*>✓ holds.*<tr class=\"gan-fails\"[^>]*><td[^>]*><strong[^>]*>✗ FAILS</strong>", table.ToHtml());
    }

    [Theory]
    [InlineData(0.71605857863, 0.74605857863, "0.7161 … 0.7461")]
    [InlineData(1.2, 2.07944154268, "1.2 … 2.079")]
    [InlineData(0.73, 0.73, "0.73")]
    [InlineData(-1, 1, "−1 … 1")]
    [InlineData(0.72999, 1, "0.72999 … 1")] // with four digits, the value 0.73 would look like the limit
    [InlineData(0, 60000, "0 … 60000")]
    public void OverSeeds_Limits_AreFourDigitsUnlessTheyHideTheDifference(double low, double high, string shown) =>
        Assert.StartsWith(shown + " in at least", Check.OverSeeds("c", [1, 2], _ => 0.73, low, high, 0, "r").Rows[0].Expected,
            StringComparison.Ordinal);

    public static TheoryData<object, string> NegativeValues => new()
    {
        { -1, "−1" }, { -1L, "−1" }, { -0.5f, "−0.5" }, { -2.5m, "−2.5" }, { (-1, 2), "(−1, 2)" }, { 1e-5f, "1E−05" }, { "-1", "-1" },
        { new DateOnly(2014, 6, 10), "06/10/2014" },
    };

    [Theory]
    [MemberData(nameof(NegativeValues))]
    public void Exactly_NegativeNumber_HasAMinusSignInExpectedAndGot(object value, string shown)
    {
        var row = Check.Exactly("c", value, value, "r").Rows[0];
        Assert.Equal((shown, shown), (row.Expected, row.Got));
    }

    // Half of an executed notebook's tables used to be the style of each cell.
    [Fact]
    public void Table_ToHtml_HasItsStyleOnce()
    {
        var checks = new CheckTable();
        for (int i = 0; i < 20; i++)
            checks.That("claim", true, "reason");
        Assert.All([checks.ToHtml(), new Table("T", "a", "b").Rows(Enumerable.Range(0, 20), i => [i, i]).ToHtml()],
            html => Assert.Equal(2, html.Split("padding").Length));
    }

    [Fact]
    public void Table_ToHtml_EscapesWhatItShows() =>
        Assert.Contains("a &lt; b", Check.That("a < b", true, "r").ToHtml(), StringComparison.Ordinal);

    private static void AssertHolds(bool holds, Func<CheckTable> check)
    {
        if (holds)
            Assert.True(check().Rows[^1].Passed);
        else
            Assert.Throws<CheckFailedException>(check);
    }
}
