using System.Globalization;
using System.Text.RegularExpressions;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks;

/// <summary>
/// Typical slips. A slip of writing is named at once, because it says nothing about the question; a slip of thought is named together with
/// the hint.
/// </summary>
internal static partial class ExerciseSlips
{
    // A number with more decimals was computed, not typed.
    private const int DecimalsTyped = 8;

    private const double Closeness = 2e-3;

    /// <summary>Per cent in place of a share.</summary>
    public static string? Percentage(ExerciseQuestion question, double given) => question.High <= 1
        && (question.Accepts(given / 100) || TooFewDigits(question, given / 100) is not null)
        ? $"{Number.Show(given, "G10")} is a percentage: write the share, {Number.Show(given / 100, "G10")}."
        : null;

    /// <summary>A slip of the catalogue, the wrong sign, another base of the logarithm; null for none of them.</summary>
    public static string? OfThought(ExerciseQuestion question, double given)
    {
        if (question.Slips.FirstOrDefault(slip => IsNear(given, slip.Answer, question)) is { } known)
            return known.Help;
        if (question.Accepts(-given))
            return "The size is right, the sign is not.";
        if (!question.Logarithm)
            return null;
        int? other = question.Accepts(given * Math.Log(10)) ? 10 : question.Accepts(given * Math.Log(2)) ? 2 : null;
        return other is { } wrong ? $"This is the logarithm to base {wrong}. Math.Log is the natural one, which is meant here." : null;
    }

    /// <summary>A quotient of whole numbers, which C# rounds towards zero.</summary>
    public static string? IntegerDivision(ExerciseQuestion question, double given, string? code)
    {
        string text = AnswerHelp.WithoutComments(code ?? "");
        foreach (Match quotient in WholeQuotient().Matches(text))
        {
            if (long.TryParse(quotient.Groups[1].Value, CultureInfo.InvariantCulture, out long above)
                && long.TryParse(quotient.Groups[2].Value, CultureInfo.InvariantCulture, out long below)
                && below != 0 && above % below != 0)
            {
                return $"In C# {above} / {below} divides whole numbers and gives {above / below}. Write {above}.0 / {below}.";
            }
        }

        bool mayDivide = code is null || text.Contains('/', StringComparison.Ordinal);
        return mayDivide && question.Expected is { } expected && expected != Math.Round(expected) && given == Math.Truncate(expected)
            ? "Did you divide two whole numbers? In C# 1 / 3 gives 0; write 1.0 / 3."
            : null;
    }

    /// <summary>
    /// The answer as far as it goes, rounded or cut off. At least two digits are asked for, or 0.8 would be the beginning of 0.75.
    /// </summary>
    public static string? TooFewDigits(ExerciseQuestion question, double given)
    {
        if (question.Expected is not { } expected || expected == Math.Round(expected) || !double.IsFinite(given))
            return null;
        string text = Math.Abs(given).ToString("R", CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal), decimals = point < 0 ? 0 : text.Length - point - 1;
        int digits = text.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;
        if (text.Contains('E', StringComparison.Ordinal) || decimals > DecimalsTyped || digits < 2
            || Math.Abs(given - expected) >= 0.999 * Math.Pow(10, -decimals))
        {
            return null;
        }

        int needed = Enumerable.Range(0, 13).FirstOrDefault(n => question.Accepts(Math.Round(expected, n)), 12);
        return needed <= decimals
            ? null
            : $"Right so far, but {Number.Show(given, "G10")} needs {needed - decimals} more "
                + $"digit{(needed - decimals == 1 ? "" : "s")}: the tolerance is {Number.Show(question.Tolerance, "G2")}.";
    }

    private static bool IsNear(double given, double slip, ExerciseQuestion question) =>
        Math.Abs(given - slip) <= Math.Max(question.Expected is null ? 0 : question.Tolerance, Closeness * Math.Abs(slip));

    [GeneratedRegex(@"(?<![\w.]|[eE][+-])(\d+)\s*/\s*(\d+)(?![\w.])")]
    private static partial Regex WholeQuotient();
}
