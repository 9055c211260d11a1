using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Book;

/// <summary>Writes the static site: one page per notebook, an index, notation, glossary and the pages of docs/ if there are any.</summary>
internal sealed class BookWriter(Repository repository, string output)
{
    private const string IndexFile = "index.html";

    // Pages that no file of the repository has.
    private static readonly string[] OwnPages =
        [Path.GetFileNameWithoutExtension(IndexFile), Path.GetFileNameWithoutExtension(LibraryPage.File)];

    private static readonly string[] Matter = ["notation.md", "glossary.md"];

    public string Folder { get; } = Path.Combine(output, "book");

    public string Index => Path.Combine(Folder, IndexFile);

    /// <summary>Writes all pages. One that cannot be made is replaced by a page that says why, and the others are written.</summary>
    /// <param name="notebooks">The source files, in reading order.</param>
    /// <returns>A line for each page that could not be made.</returns>
    public IReadOnlyList<string> Write(IReadOnlyList<string> notebooks) => DeepStack.Run(() => WriteAll(notebooks));

    private List<string> WriteAll(IReadOnlyList<string> notebooks)
    {
        Directory.CreateDirectory(Folder);
        var problems = new List<string>();
        var targets = PageNames(notebooks, out var extras);
        var names = new OutputNames(notebooks);
        var pictures = new BookPictures(Folder, repository.Root);
        var chapters = notebooks.Select(path => Chapter.Load(path, Path.Combine(output, "notebooks", names.Of(path) + ".ipynb"),
            names.Shown(repository, path), targets[Path.GetFullPath(path)])).OfType<Chapter>().ToList();
        PageLinks Links(string folder) => new(folder, pictures, targets);

        var library = LibraryPage.Create();
        var session = WriteSession();
        BookPage[] pages =
        [
            Safely(IndexFile, "Overview", () => IndexPage.Create(repository, chapters, Links(repository.Notebooks), pictures, session)),
            .. chapters.Select(chapter => Safely(chapter.Page, chapter.Notebook.Name,
                () => ChapterPage.Create(chapter, Links(chapter.Folder))) with { IsChapter = true }),
            .. extras.Select(path => Safely(targets[path], Path.GetFileNameWithoutExtension(path),
                () => MarkdownPage(path, targets[path], Links(Path.GetDirectoryName(path)!)))),
            .. library is null ? (BookPage[])[] : [library],
        ];
        var template = new PageTemplate(pages);
        foreach (var page in pages)
        {
            try
            {
                AtomicFile.WriteText(Path.Combine(Folder, page.File), template.Render(page));
            }
            catch (Exception error) when (error is PathTooLongException or ArgumentException)
            {
                problems.Add($"{page.File}: {error.Message}");
            }
        }

        try
        {
            Assets.Write(Folder, pages.Any(page => page.NeedsPlotly), pages.Any(page => page.NeedsWholePlotly));
        }
        catch (FileNotFoundException)
        {
            problems.Add($"assets/plotly.js: the library is not built, so some figures are not drawn. Run: {Repository.BuildCommand}");
        }

        Assets.WriteText(Folder, "index.js", SearchIndex.Script(pages));
        return problems;

        BookPage Safely(string file, string title, Func<BookPage> make)
        {
            try
            {
                return make();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                problems.Add($"{file}: {error.GetType().Name}: {error.Message}");
                return new BookPage(file, title, Html.Escape(title), "",
                    $"<section class=\"prose\"><p>This page could not be made: {Html.Escape(error.Message)}</p></section>\n", []);
            }
        }
    }

    /// <summary>Writes the recorded session and what draws it; returns null where there is none.</summary>
    private RecordedSession? WriteSession()
    {
        if (LabSession.Load() is not { } session)
            return null;
        Directory.CreateDirectory(Path.Combine(Folder, "assets"));
        Assets.WriteText(Folder, LabSession.DataFile, LabSession.Script(session));
        Assets.WriteText(Folder, LabModules.File, LabModules.Script);
        return session;
    }

    /// <summary>The page of each source file. The book's own pages have their names, and a notebook of such a name gets a number.</summary>
    private Dictionary<string, string> PageNames(IReadOnlyList<string> notebooks, out List<string> extras)
    {
        extras = [.. Matter.Select(name => Path.Combine(repository.Notebooks, name)).Where(File.Exists).Concat(DocumentPages())];
        var own = new OutputNames(extras, OwnPages);
        var targets = extras.ToDictionary(path => path, path => own.Of(path) + ".html");
        var others = new OutputNames(notebooks, targets.Values.Select(file => Path.GetFileNameWithoutExtension(file)).Concat(OwnPages));
        foreach (string path in notebooks)
            targets[Path.GetFullPath(path)] = others.Of(path) + ".html";
        targets[IndexPage.MapOf(repository)] = IndexFile;
        return targets;
    }

    private IEnumerable<string> DocumentPages()
    {
        string folder = Path.Combine(repository.Root, "docs");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal) : [];
    }

    private static BookPage MarkdownPage(string path, string file, PageLinks links)
    {
        string text = RegularFile.ReadText(path);
        var markdown = new MarkdownText(links);
        string name = Path.GetFileNameWithoutExtension(path);
        string content = markdown.Render(text, dropTitle: true);
        content = name switch { "glossary" => OwnEntries.Terms(content), "notation" => OwnEntries.Symbols(content), _ => content };
        string body = $"<section class=\"prose\">\n{content}</section>\n";
        string title = text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? name;
        return new BookPage(file, MarkdownText.Plain(title), MarkdownText.Line(title), "", body, markdown.Headings);
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
