using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Slides;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>
/// Where a slide begins and ends. Slides are written as "a b | c" for subslides, "/" between columns, "+x" for a fragment.
/// </summary>
public sealed class SlideCutterTests
{
    // The same cells as nbconvert's SlidesExporter (7.16) nests them: its template and `prepare` read, its rules one by one.
    [Theory]
    [InlineData("a:slide b:- c:slide", "a b / c")]
    [InlineData("a:- b c:slide d", "a b / c d")] // the first cell that is seen begins a slide, whatever it says
    [InlineData("a:fragment b:slide", "a / b")]
    [InlineData("a:subslide b:subslide c:slide", "a | b / c")]
    [InlineData("a:slide b:fragment c:- d:fragment e:subslide f", "a +b c +d | e f")] // a cell without a type stays in its fragment
    [InlineData("a:slide b:fragment c:skip d", "a +b d")]
    [InlineData("a:skip b:- c:slide", "b / c")]
    [InlineData("a:skip b:skip", "")]
    [InlineData("a:slide b:unheard c", "a b c")]
    public void Cut_Metadata_AsNbconvertNests(string cells, string slides) => Assert.Equal(slides, Shape(Cut(cells)));

    [Fact]
    public void Cut_Notes_BelongToTheirSlideAndAreNotSeen()
    {
        var columns = Cut("n:notes a:slide b:notes c:fragment d:notes e:subslide f:skip g:notes");

        Assert.Equal("a +c | e", Shape(columns));
        Assert.Equal([["b", "d"], ["g"]], columns[0].Slides.Select(slide => slide.Notes)); // notes before any slide belong to none
    }

    [Fact]
    public void Cut_SkippedHeading_NamesTheSlidesBelowIt()
    {
        var columns = Cut(
            SlideText.Prose("# 05 · Title", "slide"), SlideText.Prose("## First\n\nText.\n\n### Not this", "skip"),
            SlideText.Code("one", "slide"), SlideText.Prose("End.\n\n## Second", "slide"), SlideText.Code("two", "subslide"));

        Assert.Equal(["", "## First", "## First", "## Second"], columns.SelectMany(c => c.Slides).Select(slide => slide.Section));
    }

    [Fact]
    public void Cut_Notes_DoNotEndAFragment() => Assert.Equal("a +b d", Shape(Cut("a:slide b:fragment c:notes d")));

    [Fact]
    public void Cut_NoMetadata_HeadingsBeginSlidesAndTextBelowThemSubslides()
    {
        var columns = Cut(
            SlideText.Prose("# 05 · Title\n\n**Claim.** One."), SlideText.Code("setup"), SlideText.Prose("## First\n\nText."),
            SlideText.Code("one"), SlideText.Prose("More."), SlideText.Code("two"),
            SlideText.Prose("End of it.\n\n## Second\n\n```\n## no heading\n```\n\n### Third\n\nText."),
            SlideText.Prose("## Exercises\n\nOne."),
            SlideText.Code("exercise"), SlideText.Prose("## Summary\n\nFive lines."));

        Assert.Equal(["# 05 · Title", "## First", "More.", "End of it.", "## Second", "### Third", "## Summary"],
            columns.SelectMany(c => c.Slides).Select(slide => slide.Cells.First().Source.TrimStart().Split('\n')[0]));
        Assert.Equal([1, 3, 2, 1], columns.Select(column => column.Slides.Count));
        Assert.Equal(["one"], columns[1].Slides[0].Cells.Where(cell => cell.Kind is CellKind.Code).Select(cell => cell.Source));
    }

    [Theory]
    [InlineData("**3 minutes.**\nText", 3.0)]
    [InlineData("**1 minute.**", 1.0)]
    [InlineData("\n**2.5 minutes.** Text on the same line", 2.5)]
    [InlineData("<details><summary>For the speaker</summary>\n\n**2 minutes.**\n\nText\n\n</details>", 2.0)]
    [InlineData("<details><summary>For the speaker</summary>\n\nText\n\n</details>", null)]
    [InlineData("Text first\n**3 minutes.**", null)]
    [InlineData("**3 minutes**", null)]
    [InlineData("**0 minutes.**", null)]
    [InlineData("**9999 minutes.**", null)]
    [InlineData("**three minutes.**", null)]
    public void MinutesOf_FirstLine_IsRead(string note, double? minutes) => Assert.Equal(minutes, SpeakerNote.MinutesOf(note));

    [Theory]
    [InlineData("**3 minutes**", true)]
    [InlineData("3 min.", true)]
    [InlineData("**about 3 minutes.**", true)]
    [InlineData("**2,5 minutes.**", true)]
    [InlineData("**0 minutes.**", true)]
    [InlineData("**3 minutes.**", false)]
    [InlineData("Ask: how many minutes does it train?", false)]
    [InlineData("**Ask** for one minute of silence.", false)]
    [InlineData("", false)]
    public void IsMisspelled_FirstLine_MeansMinutesAndIsNotRead(string note, bool misspelled) =>
        Assert.Equal(misspelled, SpeakerNote.IsMisspelled(note));

    [Fact]
    public void Cut_FoldedNotes_AreSaidWithoutTheFold() => Assert.Equal(["**2 minutes.**\n\nText"], Cut(SlideText.Prose("# A", "slide"),
        SlideText.Prose("<details><summary>For the speaker</summary>\n\n**2 minutes.**\n\nText\n\n</details>\n", "notes"))[0]
        .Slides[0].Notes);

    [Fact]
    public void Minutes_OfASlide_AreSummedOverItsNotes()
    {
        var slides = Cut(SlideText.Prose("# A", "slide"), SlideText.Prose("**2 minutes.**", "notes"), SlideText.Prose("words", "notes"),
            SlideText.Prose("**1.5 minutes.**", "notes"), SlideText.Prose("b", "slide"));

        Assert.Equal([3.5, 0], slides.SelectMany(column => column.Slides).Select(slide => slide.Minutes));
    }

    private static IReadOnlyList<SlideColumn> Cut(string cells) => Cut([.. cells.Split(' ').Select(cell => cell.Split(':'))
        .Select(cell => SlideText.Prose(cell[0], cell.ElementAtOrDefault(1)))]);

    private static IReadOnlyList<SlideColumn> Cut(params JsonObject[] cells) =>
        SlideCutter.Cut(NotebookFile.Parse("05-sample.ipynb", SlideText.Of(cells)));

    private static string Shape(IEnumerable<SlideColumn> columns) => string.Join(" / ",
        columns.Select(column => string.Join(" | ", column.Slides.Select(slide => string.Join(" ",
            slide.Pieces.Select(piece => (piece.IsFragment ? "+" : "") + string.Join(" ", piece.Cells.Select(cell => cell.Source))))))));
}
