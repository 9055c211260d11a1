using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace GanNotebooks.Workbook.Book;

/// <summary>Gives each term of the glossary and each symbol of the notation an anchor and an entry of its own in the search.</summary>
internal static class OwnEntries
{
    /// <summary>Paragraphs that begin with a term in bold: "**Batch.** The samples …".</summary>
    public static string Terms(string html) => Marked(html, "p", term =>
        term.FirstElementChild is { LocalName: "strong" } name && term.FirstChild == name ? name.TextContent.TrimEnd('.', ' ') : null);

    /// <summary>Rows of tables: the symbol in the first column, its meaning in the second.</summary>
    public static string Symbols(string html) => Marked(html, "tbody tr", row =>
        row.Children is [var symbol, var meaning, ..] ? $"{Plain(symbol)} · {Plain(meaning)}" : null);

    private static string Marked(string html, string selector, Func<IElement, string?> name)
    {
        using var document = new HtmlParser().ParseDocument($"<body>{html}");
        var taken = document.QuerySelectorAll("[id]").Select(element => element.Id!).Distinct().ToDictionary(id => id, _ => 2);
        foreach (var element in document.QuerySelectorAll(selector))
        {
            if (name(element) is not { Length: > 0 } entry)
                continue;
            if (string.IsNullOrEmpty(element.Id))
                element.Id = Html.Anchor(entry, taken);
            element.SetAttribute(SearchIndex.EntryAttribute, entry);
        }

        return document.Body!.InnerHtml;
    }

    private static string Plain(IElement cell)
    {
        var copy = (IElement)cell.Clone();
        foreach (var formula in copy.QuerySelectorAll(".math").ToList())
            formula.TextContent = SearchText.OfFormula(formula.TextContent, words: false);
        return string.Join(' ', copy.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
