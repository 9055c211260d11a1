using System.Globalization;

namespace GanNotebooks.Tests.Theory;

/// <summary>Comparison with a number as printed: half a unit of its last digit, no more.</summary>
public static class Printed
{
    public static void Agrees(string printed, double value)
    {
        double expected = double.Parse(printed, CultureInfo.InvariantCulture);
        string mantissa = printed.Split('e')[0];
        int decimals = mantissa.Contains('.', StringComparison.Ordinal)
            ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        int exponent = printed.Contains('e', StringComparison.Ordinal) ? int.Parse(printed.Split('e')[1], CultureInfo.InvariantCulture) : 0;
        double tolerance = 0.5 * Math.Pow(10, exponent - decimals) * (1 + 1e-9);
        Assert.True(Math.Abs(expected - value) <= tolerance,
            $"printed {printed}, computed {value.ToString("R", CultureInfo.InvariantCulture)}");
    }
}
