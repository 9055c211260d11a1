namespace GanNotebooks.Data;

/// <summary>Names and values of a reader's files, to be quoted in a message: on one line and not too long.</summary>
internal static class OwnText
{
    private const int Longest = 60;

    public static string Shown(string text)
    {
        string line = string.Concat(text.Take(Longest + 1).Select(letter => char.IsControl(letter) ? '?' : letter));
        return line.Length > Longest ? line[..Longest] + "…" : line;
    }
}
