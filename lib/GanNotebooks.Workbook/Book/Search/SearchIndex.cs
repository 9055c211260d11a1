using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// The texts of the book for its search, section by section, as a script: a page that is opened from disk may not fetch data, but it may
/// run a script beside it. Terms of the glossary, symbols and names of the library are entries of their own.
/// </summary>
internal static class SearchIndex
{
    /// <summary>What gives an element an entry of its own. The element has an anchor, and its value is the entry's heading.</summary>
    public const string EntryAttribute = "data-entry";

    /// <summary>Letters of a section that are searched.</summary>
    private const int TextAtMost = 20_000;

    private const string Wanted =
        "h2[id], h3[id], p, li, td, summary, figcaption, .gan-caption, details.source code, [" + EntryAttribute + "]";

    // The file is a script of its own, so nothing in it can close an element of the page.
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The script. Each entry has the page's title, a heading or "", a link, the text, and the names that its code uses.</summary>
    public static string Script(IEnumerable<BookPage> pages)
    {
        var entries = pages.SelectMany(Entries).Select(entry => new[] { entry.Title, entry.Heading, entry.Link, entry.Text, entry.Names });
        return "window.bookIndex = " + JsonSerializer.Serialize(entries, Format) + ";\n";
    }

    private static List<Entry> Entries(BookPage page)
    {
        string file = Uri.EscapeDataString(page.File);
        var parts = new List<Part> { new("", file) };
        using var document = new HtmlParser().ParseDocument(page.Body);
        foreach (var element in document.QuerySelectorAll(Wanted))
        {
            if (element.LocalName is "h2" or "h3" && element.Id is { } anchor)
                parts.Add(new Part(Text(element), $"{file}#{Uri.EscapeDataString(anchor)}"));
            else if (element.LocalName == "code")
                parts[^1].Use(element);
            else if (element.Closest("table.gan-checks") is null && element.ParentElement?.Closest("li, td, summary") is null)
                parts[^1].Say(Text(element));
        }

        var own = document.QuerySelectorAll($"[{EntryAttribute}]").Where(element => element.Id is not null)
            .Select(element => new Entry(page.Title, element.GetAttribute(EntryAttribute)!, $"{file}#{Uri.EscapeDataString(element.Id!)}",
                Text(element), ""));
        return [.. parts.Select(part => part.ToEntry(page.Title)), .. own];
    }

    private static string Text(IElement element)
    {
        var text = new StringBuilder();
        Add(element);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        void Add(INode node)
        {
            if (node is IText words)
                text.Append(words.Data);
            else if (node is IElement { LocalName: "script" or "style" or "button" })
                return;
            else if (node is IElement { ClassList: var classes } formula && classes.Contains("math"))
                text.Append(SearchText.OfFormula(formula.TextContent));
            else
                node.ChildNodes.ToList().ForEach(Add);
        }
    }

    private sealed record Entry(string Title, string Heading, string Link, string Text, string Names);

    private sealed class Part(string heading, string link)
    {
        private readonly StringBuilder text = new();
        private readonly SortedSet<string> names = new(StringComparer.Ordinal);

        public void Say(string words)
        {
            if (text.Length < TextAtMost)
                text.Append(words).Append(' ');
        }

        // A name stands as it is written and in its words; single letters find nothing.
        public void Use(IElement code)
        {
            string spaced = string.Concat(code.TextContent.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '));
            names.UnionWith(spaced.Split(' ').Where(name => name.Length > 2 && char.IsLetter(name[0])));
        }

        public Entry ToEntry(string title) => new(title, heading, link, text.ToString().TrimEnd(), string.Join(' ', names));
    }
}
