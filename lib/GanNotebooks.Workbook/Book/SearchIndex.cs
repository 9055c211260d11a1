using System.Text.Encodings.Web;
using System.Text.Json;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// Titles and headings as a script: a page that is opened from disk may not fetch data, but it may run a script beside it.
/// </summary>
internal static class SearchIndex
{
    // The file is a script of its own, so nothing in it can close an element of the page.
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Script(IEnumerable<BookPage> pages)
    {
        var entries = pages.SelectMany(page => page.Headings
            .Where(heading => heading.Level is 2 or 3)
            .Select(heading => new[] { page.Title, heading.Text, $"{Uri.EscapeDataString(page.File)}#{heading.Anchor}" })
            .Prepend([page.Title, "", Uri.EscapeDataString(page.File)]));
        return "window.bookIndex = " + JsonSerializer.Serialize(entries, Format) + ";\n";
    }
}
