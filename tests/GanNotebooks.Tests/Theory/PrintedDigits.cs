using System.Globalization;

namespace GanNotebooks.Tests.Theory;

/// <summary>Compares with a number as a table prints it: right to half a unit of its last digit.</summary>
internal static class PrintedDigits
{
    public static void AssertReproduces(string printed, double actual)
    {
        var expected = double.Parse(printed, CultureInfo.InvariantCulture);
        var tolerance = LastUnit(printed) / 2 * (1 + 1e-9); // the factor: a tie may be printed either way
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"printed {printed}, got {actual:g6}");
    }

    private static double LastUnit(string printed)
    {
        var parts = printed.Split('e');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        return Math.Pow(10, exponent - (point < 0 ? 0 : parts[0].Length - point - 1));
    }
}
