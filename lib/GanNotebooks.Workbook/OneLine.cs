namespace GanNotebooks.Workbook;

/// <summary>Texts of strangers in a message: on one line, of bounded length, and <see cref="TerminalText.Visible"/>.</summary>
internal static class OneLine
{
    private const int LongestValue = 60, LongestMessage = 1000;

    /// <summary>A value that the reader gave, to be quoted in a message.</summary>
    public static string Value(string text) => Of(text, LongestValue);

    /// <summary>A whole message.</summary>
    public static string Message(string text) => Of(text.Trim(), LongestMessage);

    private static string Of(string text, int longest)
    {
        bool isLong = text.Length > longest;
        return TerminalText.Visible((isLong ? text[..longest] : text).ReplaceLineEndings(" ")) + (isLong ? "…" : "");
    }
}
