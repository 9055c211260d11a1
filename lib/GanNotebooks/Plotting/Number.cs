using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Plotting;

/// <summary>Writes numbers in tables and checks, the same in every culture.</summary>
internal static partial class Number
{
    public static string Show(object? value) => value switch
    {
        null => "",
        double d => Show(d),
        float f => Show(f),
        IFormattable other => WithMinus(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => value.ToString() ?? "",
    };

    public static string Show(double value, string format = "G6") => value switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => (value + 0.0).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'), // + 0: minus zero is zero
    };

    /// <summary>The text of a value with minus signs where it has hyphens before numbers; hyphens in words and dates stay.</summary>
    public static string WithMinus(string text) => Hyphen().Replace(text, "−");

    [GeneratedRegex(@"(?<![\p{L}\p{N}\p{Pd}_)\]])-(?=[\d.])|(?<=\dE)-(?=\d)")]
    private static partial Regex Hyphen();
}
