using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Runtime;

/// <summary>
/// A decimal comma in the answer to an exercise. The compiler says "Identifier expected" to it, which helps no beginner. The workbook's
/// runner compiles this file, too.
/// </summary>
internal static partial class DecimalComma
{
    /// <summary>A sentence for a cell that did not compile; null when it is no exercise, or has no such number.</summary>
    /// <param name="code">The code of the cell.</param>
    public static string? Help(string code)
    {
        if (!code.Contains("Exercise.Answer", StringComparison.Ordinal))
            return null;
        var number = Number().Match(Comment().Replace(code, ""));
        return number.Success
            ? string.Create(CultureInfo.InvariantCulture,
                $"C# writes a decimal point, not a comma: {number.Groups[1].Value}.{number.Groups[2].Value} in place of {number.Value}.")
            : null;
    }

    [GeneratedRegex(@"(?<![\w.,])(\d+),(\d+)(?![\w.,])")]
    private static partial Regex Number();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
