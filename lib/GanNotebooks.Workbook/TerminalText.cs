using System.Globalization;
using System.Text;

namespace GanNotebooks.Workbook;

/// <summary>
/// Text of strangers for a terminal: the names of files, the messages of exceptions, what a cell writes. A terminal obeys control
/// characters: they change colours, move the cursor over lines that stand above, set the window's title. Here they become visible.
/// </summary>
internal static class TerminalText
{
    private const char PictureOfControl = '\u2400', PictureOfDelete = '\u2421';

    /// <summary>
    /// The text with its control characters as signs, such as ␛ for escape. A new line begins with blanks, so that no text looks like a
    /// line of this program.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsControl))
            return text;
        var seen = new StringBuilder(text.Length + 16);
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '\n' => seen.Append("\n           "),
                '\t' => seen.Append(' '),
                < ' ' => seen.Append((char)(PictureOfControl + letter)),
                '\u007f' => seen.Append(PictureOfDelete),
                _ when IsControl(letter) => seen.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => seen.Append(letter),
            };
        }

        return seen.ToString();
    }

    // Also what turns the direction of writing, ends a line or has no width: U+2028, U+202E, U+200B and their like.
    private static bool IsControl(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
