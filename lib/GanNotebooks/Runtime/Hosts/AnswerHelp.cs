using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Runtime;

/// <summary>
/// Answers to exercises that are no number of C#: a decimal comma, a text, a percentage, a decimal, a function without its class. The
/// compiler says "Identifier expected" or "CS0103" to them, which helps no beginner. The workbook's runner compiles this file, too.
/// </summary>
internal static partial class AnswerHelp
{
    /// <summary>A sentence for a cell that did not compile; null when it is no exercise, or has none of these.</summary>
    /// <param name="code">The code of the cell.</param>
    public static string? Of(string code) => code.Contains("Exercise.Answer", StringComparison.Ordinal) ? OfAnswer(code) : null;

    /// <summary>The same for a cell that is known to answer an exercise.</summary>
    /// <param name="code">The code of the cell.</param>
    public static string? OfAnswer(string code)
    {
        string text = WithoutComments(code);
        if (Comma().Match(text) is { Success: true } comma)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"C# writes a decimal point, not a comma: {comma.Groups[1].Value}.{comma.Groups[2].Value} in place of {comma.Value}.");
        }
        if (Quoted().IsMatch(text))
            return "An answer is a number, without quotation marks: 0.75, or an expression such as 3.0 / 4 or Math.Log(2).";
        if (Percent().Match(text) is { Success: true } percent)
            return $"C# has no per cent: write {percent.Groups[1].Value} / 100.0 in place of {percent.Value}.";
        if (Money().Match(text) is { Success: true } money)
            return $"The letter makes it a decimal, and a double is asked for: write {money.Groups[1].Value} in place of {money.Value}.";
        if (SmallLetter().Match(text) is { Success: true } small)
        {
            string name = small.Groups[1].Value;
            return $"Functions begin with a capital letter: Math.{char.ToUpperInvariant(name[0])}{name[1..]} in place of Math.{name}.";
        }

        return Function().Match(text) is { Success: true } function
            ? $"Functions of numbers are in Math: Math.Log is the natural logarithm; also Math.Exp, Math.Sqrt, Math.Pow, Math.Abs. "
                + $"There is no {function.Groups[1].Value} for a number here."
            : null;
    }

    /// <summary>The code of a cell without its comments to the end of a line.</summary>
    public static string WithoutComments(string code) => Comment().Replace(code, "");

    [GeneratedRegex(@"(?<![\w.,])(\d+),(\d+)(?![\w.,])")]
    private static partial Regex Comma();

    [GeneratedRegex(@"=\s*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.])(\d+(?:\.\d+)?)\s*%(?!\s*[\w(])")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<![\w.])(\d+(?:\.\d+)?)[mM]\b")]
    private static partial Regex Money();

    [GeneratedRegex(@"(?<![\w.])(ln|log|exp|sqrt|pow|abs|Log|Ln|Exp|Sqrt|Pow|Abs)\s*\(\s*-?\d")]
    private static partial Regex Function();

    [GeneratedRegex(@"(?<![\w.])Math\.(log|exp|sqrt|pow|abs|log2|log10)\b")]
    private static partial Regex SmallLetter();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
