namespace GanNotebooks.Tests;

public sealed class PrintedNumberTests
{
    [Theory]
    [InlineData("2.6e-6", 2.64e-6, 0.4)]
    [InlineData(".284", 0.2845, 0.5)]
    [InlineData("261", 260, 1)]
    [InlineData("1.0", 1.0, 0)]
    [InlineData("2.56e4", 2.561e4, 0.1)]
    public void UnitsOff_Value_IsMeasuredInTheLastPrintedDigit(string printed, double value, double units)
        => Assert.Equal(units, PrintedNumber.UnitsOff(printed, value), 1e-9); // a division of rounded decimals

    [Fact]
    public void UnitsOff_NaN_IsNeverSmall() => Assert.True(double.IsNaN(PrintedNumber.UnitsOff("1.0", double.NaN)));

    [Fact]
    public void UnitsOff_NoNumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => PrintedNumber.UnitsOff("", 1));
        Assert.Throws<FormatException>(() => PrintedNumber.UnitsOff("one", 1));
    }
}
