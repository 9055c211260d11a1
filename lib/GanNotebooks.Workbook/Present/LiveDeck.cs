using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using GanNotebooks.Workbook.Slides;

namespace GanNotebooks.Workbook.Present;

/// <summary>The deck of an executed notebook as a page whose cells can be changed and run.</summary>
internal static class LiveDeck
{
    private const string Prefix = "present/";
    private const int LongestLabel = 60;

    /// <summary>The page.</summary>
    /// <param name="repository">The clone.</param>
    /// <param name="contents">All notebooks that may have a deck, in order.</param>
    /// <param name="path">The notebook.</param>
    /// <param name="output">The folder with executed copies.</param>
    /// <param name="preset">The lab's preset that belongs to the notebook; null for none.</param>
    /// <returns>The page, and what a presenter should know; null when the notebook was not run.</returns>
    public static (string Page, string? Remark)? Render(
        Repository repository, IReadOnlyList<string> contents, string path, string output, string? preset)
    {
        var executed = new OutputNames(contents);
        string copy = Path.Combine(output, "notebooks", executed.Of(path) + ".ipynb");
        if (DeckSource.Load(path, copy, executed.Shown(repository, path), DeckIndex.File) is not { } source)
            return null;
        return DeepStack.Run(() =>
        {
            var deck = Deck.Of(source, DeckIndex.File);
            // Other decks are not served: links to them become text.
            var links = new PageLinks(source.Chapter.Folder, new BookPictures(null, repository.Root), new Dictionary<string, string>());
            string page = DeckTemplate.Render(deck, new DeckHtml(deck, links, source.Notebook).Render(), Parts(source.Notebook, preset));
            string? remark = source.Changed == 0 ? null
                : $"{Count.Of(source.Changed, "code cell")} changed since the run; what is shown of them is older until they run here";
            return (page, remark);
        });
    }

    private static LiveParts Parts(Notebook notebook, string? preset)
    {
        var data = new JsonObject
        {
            ["lab"] = PresentSite.LabPage + "#present=1" + (preset is null ? "" : "&preset=" + preset),
            ["cells"] = new JsonArray([.. notebook.CodeCells.Select(cell => new JsonObject
            {
                ["index"] = cell.Index, ["number"] = cell.Number, ["label"] = Label(cell.Source),
                ["source"] = cell.Source, ["code"] = CodeHighlighter.ToHtml(cell.Source.TrimEnd()),
            })]),
        };
        // The text of an element: "<" must not end it. JSON of .NET writes it as an escape.
        string body = $"<script type=\"application/json\" id=\"live-cells\">{data.ToJsonString(JsonSerializerOptions.Default)}</script>\n";
        return new LiveParts(Assets.Read(Prefix + "present.css"), body, Assets.Read(Prefix + "present.js"));
    }

    // The first line that says something.
    private static string Label(string source)
    {
        string line = source.Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0) ?? "";
        return line.Length <= LongestLabel ? line : line[..LongestLabel] + "…";
    }
}
