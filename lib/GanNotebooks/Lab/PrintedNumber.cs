using System.Globalization;

namespace GanNotebooks;

/// <summary>A number as a table prints it. The number of its digits indicates its precision.</summary>
public static class PrintedNumber
{
    /// <summary>
    /// Returns |value − printed| in units of the last printed digit. A correctly rounded table is reproduced when the result is at most
    /// 1/2.
    /// </summary>
    /// <param name="printed">The digits as printed, such as <c>2.6e-6</c> or <c>.284</c>.</param>
    /// <param name="value">The computed value.</param>
    /// <returns>The difference, not negative; NaN if the value is NaN.</returns>
    public static double UnitsOff(string printed, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(printed);
        string[] parts = printed.Split('e');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        return Math.Abs(value - double.Parse(printed, CultureInfo.InvariantCulture)) / Math.Pow(10, exponent - decimals);
    }
}
