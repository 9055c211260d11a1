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

    private static string Of(string text, int longest)
    {
        var line = new StringBuilder();
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            if (line.Length >= longest)
                return line.Append('…').ToString();
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format)
                line.Append($"\\u{(int)c:x4}");
            else
                line.Append(char.IsSurrogate(c) ? '\ufffd' : c);
        }

        return line.ToString();
    }
}
