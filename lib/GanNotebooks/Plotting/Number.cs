using System.Globalization;

namespace GanNotebooks.Plotting;

/// <summary>How numbers are written in tables and checks: the same in every culture.</summary>
internal static class Number
{
    public static string Show(object? value) => value switch
    {
        null => "",
        double d => Show(d),
        float f => Show(f),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string Show(double value, string format = "G6") => value switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => (value + 0.0).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'), // + 0: minus zero is zero
    };
}
