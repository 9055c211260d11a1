using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Slides;

/// <summary>Writes decks and the page that lists them.</summary>
/// <param name="repository">The repository.</param>
/// <param name="output">The output folder, in which <c>notebooks</c> holds the executed copies.</param>
internal sealed class DeckWriter(Repository repository, string output)
{
    /// <summary>What a page of the slides says about its maker.</summary>
    public const string Generator = "workbook slides";

    /// <summary>Where the decks lie.</summary>
    public string Folder { get; } = Path.Combine(output, "slides");

    /// <summary>The page that lists the decks.</summary>
    public string Index => Path.Combine(Folder, DeckIndex.File);

    /// <summary>Writes the decks of some notebooks, and a page that lists all decks that are there.</summary>
    /// <param name="contents">All notebooks that may have a deck, in order.</param>
    /// <param name="wanted">Those whose decks are written.</param>
    /// <returns>What was made, and what a presenter should know.</returns>
    public DeckReport Write(IReadOnlyList<string> contents, IReadOnlyList<string> wanted) =>
        DeepStack.Run(() => WriteAll(contents, wanted));

    /// <summary>The path of a deck.</summary>
    public string PathOf(Deck deck) => Path.Combine(Folder, deck.File);

    private DeckReport WriteAll(IReadOnlyList<string> contents, IReadOnlyList<string> wanted)
    {
        Directory.CreateDirectory(Folder);
        var names = new OutputNames(contents, [Path.GetFileNameWithoutExtension(DeckIndex.File)]);
        var executed = new OutputNames(contents);
        bool Exists(string path) => wanted.Contains(path) || File.Exists(Path.Combine(Folder, names.Of(path) + ".html"));
        var files = contents.Where(Exists).ToDictionary(Path.GetFullPath, path => names.Of(path) + ".html");
        List<Deck> made = [], listed = [];
        var remarks = new List<string>();
        foreach (string path in contents.Where(Exists))
        {
            string file = files[Path.GetFullPath(path)];
            string copy = Path.Combine(output, "notebooks", executed.Of(path) + ".ipynb");
            if (DeckSource.Load(path, copy, executed.Shown(repository, path), file) is not { } source)
                continue;
            var deck = Deck.Of(source, file);
            listed.Add(deck);
            if (!wanted.Contains(path))
                continue;
            var links = new PageLinks(source.Chapter.Folder, new BookPictures(null, repository.Root), files);
            AtomicFile.WriteText(PathOf(deck), DeckTemplate.Render(deck, new DeckHtml(deck, links).Render()));
            made.Add(deck);
            if (source.Changed > 0)
            {
                remarks.Add($"{Path.GetFileName(path)}: {Count.Of(source.Changed, "code cell")} changed since its run; "
                    + "run it again for their outputs");
            }
        }

        AtomicFile.WriteText(Index, DeckIndex.Render(listed));
        return new DeckReport(made, remarks);
    }
}

/// <summary>The decks that were written, and what a presenter should know about them.</summary>
internal sealed record DeckReport(IReadOnlyList<Deck> Decks, IReadOnlyList<string> Remarks);
