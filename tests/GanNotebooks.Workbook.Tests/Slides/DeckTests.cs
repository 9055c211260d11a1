using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using GanNotebooks.Workbook.Slides;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>What a deck shows of a notebook.</summary>
public sealed class DeckTests : IDisposable
{
    private const string Opening =
        "# 05 · The title\n\n**Claim.** It holds for $q = p$.\n\n**You will learn** a lot.\n\n[Next](06-next.ipynb)";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_TitleSlide_HasTitleClaimAndAllMinutes()
    {
        var deck = Deck(SlideText.Prose(Opening, "slide"), SlideText.Prose("**2 minutes.** Welcome.", "notes"),
            SlideText.Prose("## A", "slide"), SlideText.Prose("**1.5 minutes.**", "notes"), SlideText.Prose("**4 minutes.**", "notes"));

        var title = deck.QuerySelector(".slides > section")!;
        Assert.Equal("05 · The title", title.QuerySelector("h1")!.TextContent);
        Assert.Equal("7.5 minutes", title.QuerySelector(".minutes")!.TextContent);
        Assert.Contains("It holds for", title.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("You will learn", title.TextContent, StringComparison.Ordinal);
        Assert.Equal(["120", "330"], deck.QuerySelectorAll(".slides > section").Select(slide => slide.GetAttribute("data-timing")));
        Assert.Contains("Welcome.", title.QuerySelector("aside.notes")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OpeningIsSkipped_HasATitleSlideAllTheSame()
    {
        var deck = Deck(SlideText.Prose(Opening, "skip"), SlideText.Prose("## A", "slide"));

        Assert.Equal(2, deck.QuerySelectorAll(".slides > section").Length);
        Assert.Equal("05 · The title", deck.QuerySelector(".slides > section h1")!.TextContent);
        Assert.Null(deck.QuerySelector(".minutes"));
    }

    [Fact]
    public void Write_CodeCells_ShowOutputsAndCodeOnlyWhereTagged()
    {
        var deck = Deck(SlideText.Prose(Opening, "slide"), SlideText.Code("hidden()", "slide", value: "first output"),
            SlideText.Code("seen()", "slide", value: "second output", shown: true), SlideText.Code("silent()", "slide", value: null));

        string text = deck.QuerySelector(".slides")!.TextContent;
        Assert.Contains("first output", text, StringComparison.Ordinal);
        Assert.Contains("second output", text, StringComparison.Ordinal);
        Assert.Contains("seen()", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden()", text, StringComparison.Ordinal);
        Assert.Equal(3, deck.QuerySelectorAll(".slides > section").Length); // a cell that shows nothing is no slide
    }

    [Fact]
    public void Write_SubslidesAndFragments_AreNestedAsRevealWants()
    {
        var deck = Deck(SlideText.Prose(Opening, "slide"), SlideText.Prose("## A", "slide"), SlideText.Prose("b", "fragment"),
            SlideText.Prose("c", "subslide"), SlideText.Prose("say it", "notes"));

        Assert.Equal(2, deck.QuerySelectorAll(".slides > section").Length);
        Assert.Equal(2, deck.QuerySelectorAll(".slides > section > section").Length);
        Assert.Equal("b", deck.QuerySelector(".slides > section > section .fragment")!.TextContent.Trim());
        Assert.Equal("say it", deck.QuerySelector(".slides > section > section > aside.notes")!.TextContent.Trim());
        Assert.Equal("A", deck.QuerySelectorAll(".kicker").Single().TextContent); // a slide without a heading says where it belongs
    }

    [Fact]
    public void Write_MarkdownWithASection_AddsNoSlide()
    {
        var deck = Deck(SlideText.Prose(Opening, "slide"), SlideText.Prose("## A\n\n<section>\n\nb\n\n</section>", "slide"));

        Assert.Equal(2, deck.QuerySelectorAll(".slides section").Length);
    }

    [Fact]
    public void Write_Pictures_StandInTheDeck()
    {
        byte[] png = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        folder.Write("notebooks/images/pixel.png", "");
        File.WriteAllBytes(folder.File("notebooks/images/pixel.png"), png);
        var deck = Deck(SlideText.Prose(Opening, "slide"), SlideText.Prose("## A\n\n![a pixel](images/pixel.png)", "slide"));

        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(png), deck.QuerySelector(".slides img")!.GetAttribute("src"));
        Assert.Equal(["05-sample.html", "index.html"],
            Directory.EnumerateFileSystemEntries(folder.File("out/slides")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void Write_OutputOfASolution_IsFolded()
    {
        var solved = SlideText.Code("double? answer = null;", "slide", value: "0.75");
        solved["metadata"]!["gan_notebooks_solution"] = true;

        Assert.Contains("0.75", Deck(SlideText.Prose(Opening, "slide"), solved).QuerySelector("details.solution")!.TextContent,
            StringComparison.Ordinal);
    }

    // Notes are written after a run, again and again: text and metadata are the source's, outputs those of the run.
    [Fact]
    public void Write_SourceChangedSinceItsRun_HasItsTextAndTheOutputsOfTheRun()
    {
        JsonObject[] ran =
            [SlideText.Prose(Opening), SlideText.Prose("## Old"), SlideText.Code("one()", value: "of one"), SlideText.Code("two()")];
        JsonObject[] now =
        [
            SlideText.Prose(Opening, "slide"), SlideText.Prose("## New", "slide"), SlideText.Code("one()"), SlideText.Code("other()"),
            SlideText.Prose("**3 minutes.**", "notes"),
        ];
        var report = Write(SlideText.Source(now), SlideText.Of(ran));

        var deck = Parse();
        Assert.Equal("New", deck.QuerySelector("h2")!.TextContent);
        Assert.Contains("of one", deck.QuerySelector(".slides")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, report.Decks.Single().Minutes);
        Assert.Equal(["05-sample.ipynb: 1 code cell changed since its run; run it again for their outputs"], report.Remarks);
    }

    [Fact]
    public void Write_Index_ListsDecksWithSlidesAndMinutes()
    {
        Deck(SlideText.Prose(Opening, "slide"), SlideText.Prose("## A", "slide"), SlideText.Prose("**45 minutes.**", "notes"));

        var index = new HtmlParser().ParseDocument(File.ReadAllText(folder.File("out/slides/index.html")));
        Assert.Equal(["05 · The title", "2", "45 minutes"], index.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        Assert.Equal("05-sample.html", index.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    // In a page "</script" ends a script, whatever it stands in.
    [Fact]
    public void Write_Scripts_EndWhereTheyEnd()
    {
        Deck(SlideText.Prose(Opening, "slide"));

        string text = File.ReadAllText(folder.File("out/slides/05-sample.html"));
        var scripts = new HtmlParser().ParseDocument(text).QuerySelectorAll("script");
        Assert.Equal(7, scripts.Length); // view, reveal.js, notes, KaTeX, formulas, figures, slides
        Assert.All(scripts, script => Assert.DoesNotContain("<!--", script.TextContent, StringComparison.Ordinal));
        Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("Hakim El Hattab", text, StringComparison.Ordinal); // its licence wants to be there
    }

    private IDocument Deck(params JsonObject[] cells)
    {
        Write(SlideText.Source(cells), SlideText.Of(cells));
        return Parse();
    }

    private DeckReport Write(string source, string executed)
    {
        folder.Write("GanNotebooks.sln", "");
        string path = folder.Write("notebooks/05-sample.ipynb", source);
        folder.Write("out/notebooks/05-sample.ipynb", executed);
        return new DeckWriter(new Repository(folder.Path), folder.File("out")).Write([path], [path]);
    }

    private IDocument Parse() => new HtmlParser().ParseDocument(File.ReadAllText(folder.File("out/slides/05-sample.html")));
}
