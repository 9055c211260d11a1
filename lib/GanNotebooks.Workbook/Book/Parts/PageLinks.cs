using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// Turns links between files of the repository into links between pages of the book: notebooks and Markdown pages lead to their HTML,
/// pictures are taken along, drawings become a part of the page, and what is not part of the book becomes text.
/// </summary>
/// <param name="sourceFolder">Where the links start.</param>
/// <param name="pictures">The pictures of the book.</param>
/// <param name="pages">The book's pages by the full path of their source.</param>
internal sealed class PageLinks(string sourceFolder, BookPictures pictures, IReadOnlyDictionary<string, string> pages)
{
    public void Rewrite(LinkInline link)
    {
        string url = link.Url ?? "";
        var (path, fragment) = Split(url);
        // A colon before any slash is a scheme: https, mailto, data.
        if (path == "" || path.Split('/')[0].Contains(':', StringComparison.Ordinal))
        {
            if (link.IsImage && !SafeUrl.IsDataPicture(url))
                ToText(link, path);
            return;
        }

        string? file = FileOf(path);
        if (file is not null && pages.TryGetValue(file, out string? page))
            link.Url = Uri.EscapeDataString(page) + fragment;
        else if (file is not null && link.IsImage && pictures.Drawing(file, sourceFolder) is { } drawing)
            link.ReplaceBy(new HtmlInline($"<span class=\"drawing\">{drawing.ReplaceLineEndings(" ")}</span>"), copyChildren: false);
        else if (file is not null && link.IsImage && pictures.Take(file, sourceFolder) is { } picture)
            link.Url = picture;
        else
            ToText(link, path);
    }

    // A link may contain anything, such as %00.
    private string? FileOf(string path)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(sourceFolder, Uri.UnescapeDataString(path)));
        }
        catch (Exception error) when (error is ArgumentException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static (string Path, string Fragment) Split(string url)
    {
        int hash = url.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? (url, "") : (url[..hash], url[hash..]);
    }

    private static void ToText(LinkInline link, string path)
    {
        var span = new EmphasisInline { DelimiterChar = '_', DelimiterCount = 1 };
        span.GetAttributes().AddClass("file");
        span.GetAttributes().AddProperty("title", path);
        if (link.FirstChild is null)
            span.AppendChild(new LiteralInline(path));
        link.ReplaceBy(span, copyChildren: true);
    }
}
