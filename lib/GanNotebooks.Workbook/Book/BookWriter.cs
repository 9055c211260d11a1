using System.Text;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Book;

/// <summary>Writes the static site: one page per notebook, an index, notation, glossary and the pages of docs/ if there are any.</summary>
internal sealed class BookWriter(Repository repository, string output)
{
    private static readonly string[] Matter = ["notation.md", "glossary.md"];

    public string Folder { get; } = Path.Combine(output, "book");

    public string Index => Path.Combine(Folder, "index.html");

    /// <param name="notebooks">The source files, in reading order.</param>
    public void Write(IReadOnlyList<string> notebooks)
    {
        Directory.CreateDirectory(Folder);
        var chapters = notebooks
            .Select(path => Chapter.Load(path, Path.Combine(output, "notebooks", Path.GetFileName(path)))).OfType<Chapter>().ToList();
        var extras = Matter.Select(name => Path.Combine(repository.Notebooks, name)).Where(File.Exists)
            .Concat(DocumentPages()).ToList();
        var targets = new Dictionary<string, string>();
        foreach (string path in notebooks)
            targets[Path.GetFullPath(path)] = Path.GetFileNameWithoutExtension(path) + ".html";
        foreach (string? path in extras)
            targets[path] = Path.GetFileNameWithoutExtension(path) + ".html";
        targets[IndexPage.MapOf(repository)] = "index.html";

        BookPage[] pages =
        [
            IndexPage.Create(repository, chapters, new PageLinks(repository.Notebooks, Folder, targets)),
            .. chapters.Select(chapter => ChapterPage.Create(chapter, new PageLinks(chapter.Folder, Folder, targets))),
            .. extras.Select(path => MarkdownPage(path, new PageLinks(Path.GetDirectoryName(path)!, Folder, targets))),
        ];
        var template = new PageTemplate(pages);
        foreach (var page in pages)
            File.WriteAllText(Path.Combine(Folder, page.File), template.Render(page), new UTF8Encoding(false));
        Assets.Write(Folder,
            chapters.Select(chapter => PlotlyInline.Find(chapter.Notebook.Root)).FirstOrDefault(script => script is not null));
        File.WriteAllText(Path.Combine(Folder, "assets", "index.js"), SearchIndex.Script(pages));
    }

    private IEnumerable<string> DocumentPages()
    {
        string folder = Path.Combine(repository.Root, "docs");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal) : [];
    }

    private static BookPage MarkdownPage(string path, PageLinks links)
    {
        string text = File.ReadAllText(path);
        var markdown = new MarkdownText(links);
        string body = $"<section class=\"prose\">\n{markdown.Render(text, dropTitle: true)}</section>\n";
        string name = Path.GetFileNameWithoutExtension(path);
        string title = text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? name;
        return new BookPage(name + ".html", MarkdownText.Plain(title), MarkdownText.Line(title), "", body, markdown.Headings);
    }
}

/// <summary>Which notebooks a book has.</summary>
internal static class BookContents
{
    /// <summary>
    /// A run of course notebooks makes a book of the whole course, in which the others keep what their own last run said. A run of
    /// notebooks from elsewhere makes a book of just those.
    /// </summary>
    public static IReadOnlyList<string> Of(Repository repository, IReadOnlyList<string> ran)
    {
        var course = NotebookFinder.Find(repository, []);
        return ran.Count == 0 || ran.Any(course.Contains) ? [.. course.Union(ran)] : ran;
    }
}
