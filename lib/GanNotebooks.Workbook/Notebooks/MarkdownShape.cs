namespace GanNotebooks.Workbook.Notebooks;

/// <summary>Whether Markdown may be given to Markdig, whose time grows with the square of some signs.</summary>
internal static class MarkdownShape
{
    /// <summary>Letters of a piece of Markdown. The longest of the course has 9,000.</summary>
    public const int LettersAtMost = 200_000;

    /// <summary>Open brackets, and signs of tags: 25,000 open links take Markdig five seconds.</summary>
    public const int SignsAtMost = 5000;

    /// <summary>Whether it is short enough, and has few enough of those signs.</summary>
    public static bool IsParsable(string markdown) => markdown.Length <= LettersAtMost
        && markdown.AsSpan().Count('[') <= SignsAtMost && markdown.AsSpan().Count('<') <= SignsAtMost;
}
