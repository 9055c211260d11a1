using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Tests.Slides;

namespace GanNotebooks.Workbook.Tests.Linting;

/// <summary>Slide metadata in a notebook of the course.</summary>
public sealed class SlideRulesTests : IDisposable
{
    private readonly GoodNotebook notebook = new();

    public void Dispose() => notebook.Dispose();

    [Fact]
    public void Check_SlideMetadata_IsAccepted()
    {
        Type(0, "slide");
        Type(1, "skip");
        Type(4, "fragment");
        Type(5, "-");
        notebook.Cell(4)["metadata"]!["tags"] = new JsonArray("slide-code");
        Insert(4, "**3 minutes.**\n\nAsk the room. " + string.Concat(Enumerable.Repeat("word ", 400))); // no prose of the lesson
        Insert(Count, "**1 minute.**"); // the last cell of the lesson is the one before

        Assert.Empty(notebook.Check().Select(finding => finding.ToString()));
    }

    [Fact]
    public void Check_UnknownSlideType_IsNamed()
    {
        Type(4, "slides");

        Assert.Equal("cell [3]: slide_type 'slides' is none of slide, subslide, fragment, skip, notes, - [slides]",
            Assert.Single(notebook.Check()).ToString());
    }

    [Theory]
    [InlineData("**3 minutes**")]
    [InlineData("**about 3 minutes.**")]
    [InlineData("3 min")]
    public void Check_MinutesThatAreNotRead_AreNamed(string note)
    {
        Insert(4, note);

        Assert.Contains("write `**3 minutes.**`", Assert.Single(notebook.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NotesBeforeAnySlide_AreNamed()
    {
        Type(0, "skip");
        Insert(1, "Say hello.");

        Assert.Equal([LintRule.Slides], notebook.Check().Select(finding => finding.Rule));
    }

    [Fact]
    public void Check_NotesWithoutAFold_AreNamed()
    {
        Insert(4, "The answer is 0.5.", folded: false);

        Assert.Contains("fold them between `<details>", Assert.Single(notebook.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NotesInACodeCell_AreNamed()
    {
        Type(4, "notes");

        Assert.Contains(notebook.Check(), finding => finding.Message == "notes for the presenter must be Markdown");
    }

    [Theory]
    [InlineData("""{ "slide_type": "slide", "other": 1 }""")]
    [InlineData("""{ "slide_type": 5 }""")]
    [InlineData("\"slide\"")]
    public void Check_OtherThingsBesideTheType_AreForeign(string slideshow)
    {
        notebook.Cell(4)["metadata"]!["slideshow"] = JsonNode.Parse(slideshow);

        Assert.Equal([LintRule.Metadata], notebook.Check().Select(finding => finding.Rule));
    }

    [Fact]
    public void Check_TagOfCodeOnAMarkdownCell_IsForeign()
    {
        notebook.Cell(5)["metadata"]!["tags"] = new JsonArray("slide-code");

        Assert.Equal([LintRule.Metadata], notebook.Check().Select(finding => finding.Rule));
    }

    [Fact]
    public void Fix_SlideMetadata_Stays()
    {
        Type(0, "slide");
        Type(4, "fragment");
        notebook.Cell(4)["metadata"]!["tags"] = new JsonArray("x", "slide-code");
        notebook.Cell(4)["metadata"]!["vscode"] = true;
        Assert.NotEmpty(notebook.Check());

        Assert.True(NotebookFixer.Fix(notebook.Path));

        var cell = NotebookFile.Read(notebook.Path).Cells[4];
        Assert.Empty(Linter.Check(notebook.Path));
        Assert.Equal(SlideType.Fragment, SlideMetadata.Of(cell));
        Assert.True(SlideMetadata.ShowsCode(cell));
        Assert.Null(cell.Json["metadata"]!["vscode"]);
    }

    private int Count => ((JsonArray)notebook.Root["cells"]!).Count;

    private void Type(int at, string type) => notebook.Cell(at)["metadata"]!["slideshow"] = new JsonObject { ["slide_type"] = type };

    private void Insert(int at, string note, bool folded = true)
    {
        var cell = SlideText.Prose(folded ? $"{SpeakerNote.FoldBegins}\n\n{note}\n\n{SpeakerNote.FoldEnds}" : note, "notes");
        cell["id"] = $"note-{at}";
        ((JsonArray)notebook.Root["cells"]!).Insert(at, cell);
    }
}
