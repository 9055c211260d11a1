using System.Net;
using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>Small helpers for writing HTML by hand.</summary>
internal static class Html
{
    /// <summary>Letters of an anchor; a heading may be as long as a page.</summary>
    private const int AnchorAtMost = 200;

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    /// <summary>A table that scrolls by itself when the page is narrow.</summary>
    /// <param name="label">What it is, for screen readers.</param>
    /// <param name="rows">Finished rows.</param>
    public static string Table(string label, string style, IEnumerable<string> columns, string rows) => $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{Escape(label)}"><table class="{style}">
        <thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{Escape(column)}</th>"))}</tr></thead>
        <tbody>
        {rows}</tbody></table></div>
        """;

    public static string Row(params IEnumerable<string> cells) => $"<tr>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>\n";

    /// <summary>A heading's anchor: lower case letters and digits with hyphens, unique among those taken.</summary>
    /// <param name="text">The heading.</param>
    /// <param name="taken">Anchors of the page so far, with the number that the next copy of each begins to count at.</param>
    public static string Anchor(string text, IDictionary<string, int> taken)
    {
        var slug = new StringBuilder();
        foreach (char letter in text.ToLowerInvariant())
        {
            if (slug.Length == AnchorAtMost)
                break;
            if (char.IsLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        string stem = slug.ToString().Trim('-') is { Length: > 0 } made ? made : "section";
        if (taken.TryAdd(stem, 2))
            return stem;
        int copy = taken[stem];
        while (!taken.TryAdd($"{stem}-{copy}", 2))
            copy++;
        taken[stem] = copy + 1;
        return $"{stem}-{copy}";
    }
}
