using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Slides;
using GanNotebooks.Workbook.Tests.Book;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>
/// A deck with every kind of slide: words, formulae, code, and all figures and tables that a real run of the sample book made.
/// </summary>
internal sealed class SampleDeck : IDisposable
{
    /// <summary>What the presenter reads on the first slide.</summary>
    public const string Welcome = "Welcome to the sample";

    private readonly TemporaryFolder folder = new();

    /// <param name="book">The book whose outputs are shown.</param>
    /// <param name="words">Words of one slide; many of them overflow it.</param>
    public SampleDeck(SampleBook book, int words = 60)
    {
        var ran = NotebookFile.Read(Path.Combine(book.Folder, "..", "notebooks", "92-figures.ipynb"));
        var figures = ran.CodeCells.Skip(2).Select(cell => (JsonObject)cell.Json.DeepClone()).ToList();
        JsonObject[] cells =
        [
            SlideText.Prose("# 05 · Every kind of slide\n\n**Claim.** A deck shows $q = p$, and $D^* = \\frac{p}{p+q}$.", "slide"),
            SlideText.Prose($"**2 minutes.** {Welcome}. Here $\\int p \\log \\frac{{p}}{{m}}$ is a formula.", "notes"),
            SlideText.Prose("## A formula\n\n$$C(G) = -\\log 4 + 2\\,\\mathrm{JSD}(p, q)$$\n\n"
                + "Words with `code` and a [link](https://example.org/).", "slide"),
            SlideText.Prose("This comes later.", "fragment"),
            SlideText.Prose("**3 minutes.** The second note.", "notes"),
            SlideText.Code("var seen = 1;", "subslide", shown: true),
            SlideText.Prose("## Words\n\n" + string.Join(' ', Enumerable.Repeat("word", words)), "slide"),
            .. figures.SelectMany((cell, at) => new[] { SlideText.Prose($"## Output {at + 1}\n\nA line above it.", "slide"), cell }),
            SlideText.Prose("## The end\n\n| a | b |\n|---|---|\n| $x$ | 2 |\n\n"
                + "<details><summary>Solution</summary>\n\nforty-two\n\n</details>", "slide"),
        ];
        folder.Write("GanNotebooks.sln", "");
        string source = folder.Write("notebooks/05-every.ipynb", SlideText.Source(cells));
        folder.Write("out/notebooks/05-every.ipynb", SlideText.Of(cells));
        var writer = new DeckWriter(new Repository(folder.Path), folder.File("out"));
        Deck = writer.Write([source], [source]).Decks.Single();
        File = writer.PathOf(Deck);
        Index = writer.Index;
    }

    public Deck Deck { get; }

    public string File { get; }

    public string Index { get; }

    public void Dispose() => folder.Dispose();
}
