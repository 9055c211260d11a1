using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// Options that are numbers, with a range. Numbers are read in one way on every machine: digits, a decimal point, an exponent. A comma is
/// refused, because it is a decimal comma to one reader and a separator of thousands to another.
/// </summary>
internal static class NumberOptions
{
    /// <summary>The most of what is only counted: steps.</summary>
    public const int Many = 1_000_000_000;

    /// <summary>An option that is a whole number; null when it is not given.</summary>
    public static Option<int?> Whole(string name, string description, int least = 1, int most = Many) =>
        new(name) { Description = description, HelpName = "number", CustomParser = result => ReadWhole(result, name, least, most) };

    /// <summary>An option that is a whole number and has a default.</summary>
    public static Option<int> Whole(string name, string description, int usual, int least, int most) => new(name)
    {
        Description = description, HelpName = "number", DefaultValueFactory = _ => usual,
        CustomParser = result => ReadWhole(result, name, least, most) ?? usual,
    };

    /// <summary>An option that is a number; null when it is not given.</summary>
    /// <param name="least">The least value.</param>
    /// <param name="most">The largest value.</param>
    public static Option<double?> Real(string name, string description, double least, double most) =>
        new(name) { Description = description, HelpName = "number", CustomParser = result => ReadReal(result, name, least, most) };

    private static int? ReadWhole(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        const NumberStyles style = NumberStyles.AllowLeadingSign;
        if (!System.Numerics.BigInteger.TryParse(text.Length <= 40 ? text : "", style, CultureInfo.InvariantCulture, out var number)
            || number < least)
        {
            result.AddError($"{name} must be a whole number, {least} or larger, not '{OneLine.Value(text)}'.{Comma(text)}");
        }
        else if (number > most)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be at most {most}, not '{OneLine.Value(text)}'."));
        }
        else
        {
            return (int)number;
        }

        return null;
    }

    private static double? ReadReal(ArgumentResult result, string name, double least, double most)
    {
        string text = result.Tokens[0].Value;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
            return number;
        result.AddError(string.Create(CultureInfo.InvariantCulture,
            $"{name} must be a positive number, from {least} to {most}, not '{OneLine.Value(text)}'.{Comma(text)}"));
        return null;
    }

    private static string Comma(string text) =>
        text.Contains(',', StringComparison.Ordinal) ? " A decimal point is written '.', and thousands are not separated." : "";
}
