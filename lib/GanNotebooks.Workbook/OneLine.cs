using System.Globalization;
using System.Text;

namespace GanNotebooks.Workbook;

/// <summary>Texts of strangers in a message: on one line, of bounded length, without signs that a terminal would obey.</summary>
internal static class OneLine
{
    private const int LongestValue = 60, LongestMessage = 1000;

    /// <summary>A value that the reader gave, to be quoted in a message.</summary>
    public static string Value(string text) => Of(text, LongestValue);

    /// <summary>A whole message.</summary>
    public static string Message(string text) => Of(text.Trim(), LongestMessage);

    /// <summary>A text of a notebook, on as many lines as it has.</summary>
    public static string Printable(string text) => Of(text, int.MaxValue, "\n\t");

    // A terminal does something at these, or shows what follows in another order.
    private static bool IsObeyed(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Of(string text, int longest, string kept = "")
    {
        var line = new StringBuilder();
        foreach (char c in kept.Contains('\n', StringComparison.Ordinal) ? text : text.ReplaceLineEndings(" "))
        {
            if (line.Length >= longest)
                return line.Append('…').ToString();
            if (!kept.Contains(c, StringComparison.Ordinal) && IsObeyed(c))
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                line.Append(c);
        }

        return line.ToString();
    }
}
