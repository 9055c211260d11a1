using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Book;

/// <summary>What the front page says about each notebook: one card with a picture, the claim, and the time it takes.</summary>
internal static partial class CourseMap
{
    // Pictures of the cards: NN-name.png beside the notebooks. Those drawn on white paper are turned on a dark page.
    private const string PictureFolder = "images/cards", PlotFolder = PictureFolder + "/plots";

    private const int LettersAtMost = 180;

    /// <summary>The cards, in reading order.</summary>
    /// <param name="chapters">The notebooks.</param>
    /// <param name="map">Markdown of the map of the course, whose table has a sentence for each notebook; or "".</param>
    /// <param name="pictures">The pictures of the book.</param>
    public static string Cards(IEnumerable<Chapter> chapters, string map, BookPictures pictures)
    {
        var sentences = Rows().Matches(map).DistinctBy(row => row.Groups[1].Value)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Trim());
        return $"<ol class=\"cards\">\n{string.Concat(chapters.Select(Card))}</ol>\n";

        string Card(Chapter chapter)
        {
            string name = Path.GetFileNameWithoutExtension(chapter.Notebook.Name);
            string picture = string.Concat(new[] { PictureFolder, PlotFolder }.Select(folder => Picture(folder, name, chapter)));
            string claim = sentences.TryGetValue(name, out string? sentence) ? sentence : ClaimOf(chapter.Notebook);
            string time = TimeOf(chapter.Notebook);
            return $"""
                <li><a href="{Uri.EscapeDataString(chapter.Page)}"><span class="picture">{picture}</span><strong>{chapter.TitleMarkup}</strong></a>
                <p>{MarkdownText.Line(Begin(claim))}</p>
                {(time == "" ? "" : $"<p class=\"facts\">{Html.Escape(time)}</p>")}</li>

                """;
        }

        string Picture(string folder, string name, Chapter chapter)
        {
            string file = Path.Combine(chapter.Folder, folder, name + ".png");
            return File.Exists(file) && pictures.Take(file, chapter.Folder) is { } address
                ? $"<img src=\"{Html.Escape(address)}\" alt=\"\"{(folder == PlotFolder ? " class=\"plot\"" : "")}>"
                : "";
        }
    }

    /// <summary>The map without its first table, which the cards replace.</summary>
    public static string WithoutTable(string map) => FirstTable().Replace(map, "", 1);

    /// <summary>The sentences that fit on a card, at least one.</summary>
    private static string Begin(string text)
    {
        if (text.Length <= LettersAtMost)
            return text;
        int end = text.LastIndexOf(". ", LettersAtMost, StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private static string ClaimOf(Notebook notebook) => Paragraph(notebook, "**Claim.**");

    private static string TimeOf(Notebook notebook) => Paragraph(notebook, "**Time**").TrimEnd('.');

    // A paragraph of the opening cell, without the words that mark it.
    private static string Paragraph(Notebook notebook, string mark)
    {
        string opening = notebook.Cells.FirstOrDefault(cell => cell.Kind is CellKind.Markdown)?.Source ?? "";
        return opening.Split('\n').FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal)) is { } line
            ? line[mark.Length..].Trim()
            : "";
    }

    [GeneratedRegex(@"^\|\s*\[[^\]]*\]\(([^)\s]+)\.ipynb\)\s*\|([^|]*)\|", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(^\|[^\n]*\n)+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex FirstTable();
}
