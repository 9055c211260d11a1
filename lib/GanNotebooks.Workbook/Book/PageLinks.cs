using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// Turns links between files of the repository into links between pages of the book: notebooks and Markdown pages lead to their HTML,
/// pictures are taken along, and what is not part of the book becomes text.
/// </summary>
internal sealed class PageLinks(string sourceFolder, string bookFolder, IReadOnlyDictionary<string, string> pages)
{
    public void Rewrite(LinkInline link)
    {
        var (path, fragment) = Split(link.Url ?? "");
        // A colon before any slash is a scheme: https, mailto, data.
        if (path == "" || path.Split('/')[0].Contains(':', StringComparison.Ordinal))
            return;
        string file = Path.GetFullPath(Path.Combine(sourceFolder, Uri.UnescapeDataString(path)));
        if (pages.TryGetValue(file, out string? page))
            link.Url = page + fragment;
        else if (link.IsImage && File.Exists(file))
            link.Url = Take(file);
        else
            ToText(link, path);
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
        link.ReplaceBy(span, copyChildren: true);
    }

    private string Take(string file)
    {
        string name = Path.GetFileName(file);
        string folder = Path.Combine(bookFolder, "files");
        Directory.CreateDirectory(folder);
        File.Copy(file, Path.Combine(folder, name), overwrite: true);
        return "files/" + Uri.EscapeDataString(name);
    }
}
