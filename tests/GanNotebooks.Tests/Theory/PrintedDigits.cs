namespace GanNotebooks.Tests.Theory;

/// <summary>Compares with a number as a table prints it: right to half a unit of its last digit.</summary>
internal static class PrintedDigits
{
    private const double Tie = 0.5 * (1 + 1e-9); // a tie may be printed either way

    public static void AssertReproduces(string printed, double actual)
        => Assert.True(PrintedNumber.UnitsOff(printed, actual) <= Tie, $"printed {printed}, got {actual:g6}");
}
