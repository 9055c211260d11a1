using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>No notebook takes the page of another or of the book itself.</summary>
public sealed class BookNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_NotebooksWithTheNamesOfTheBooksPages_EachHasItsOwnPage()
    {
        folder.Write("notebooks/README.md", "# The map");
        folder.Write("notebooks/notation.md", "# Notation");
        folder.Write("docs/hosts.md", "# Hosts");
        folder.Write("docs/Index.md", "# A page called index");
        string[] notebooks = [.. new[] { "index", "notation", "Hosts", "a/same", "b/same", "b/SAME" }.Select(name =>
            folder.Write($"strange/{name}.ipynb", Of(Prose($"# Notebook {name}\n\n[there](index.ipynb)"))))];

        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        Assert.Empty(writer.Write(notebooks));

        Assert.Equal(
            [
                ("Hosts-2", "Notebook Hosts"), ("Index-2", "A page called index"), ("SAME-3", "Notebook b/SAME"), ("hosts", "Hosts"),
                ("index", "GAN Notebooks"), ("index-3", "Notebook index"), ("library", "The library"), ("notation", "Notation"),
                ("notation-2", "Notebook notation"),
                ("same", "Notebook a/same"), ("same-2", "Notebook b/same"),
            ],
            Directory.EnumerateFiles(writer.Folder, "*.html").OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
                .Select(file => (Path.GetFileNameWithoutExtension(file), HostileBook.Open(file).QuerySelector("h1")!.TextContent)));
        Assert.Contains("<a href=\"index-3.html\">there</a>", File.ReadAllText(Path.Combine(writer.Folder, "Hosts-2.html")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EqualNames_AreNumberedInTheirOrder()
    {
        var names = new OutputNames(["a/x.ipynb", "b/x.ipynb", "b/x-2.ipynb", "a/x.ipynb"]);

        Assert.Equal(["x", "x-2", "x-2-2"], new[] { "a/x.ipynb", "b/x.ipynb", "b/x-2.ipynb" }.Select(names.Of));
        Assert.Equal("y", names.Of("c/y.ipynb"));
    }

    // A disk allows 255 bytes. Ending, number and the name of a temporary file need room.
    [Theory]
    [InlineData('x')]
    [InlineData('ä')]
    [InlineData('語')]
    public void Of_LongNames_LeaveRoomAndStayDifferent(char letter)
    {
        string name = new(letter, 248 / System.Text.Encoding.UTF8.GetByteCount([letter]));
        string[] paths = [$"a/{name}.ipynb", $"b/{name}.ipynb", $"a/{name[1..]}1.ipynb"];
        var names = new OutputNames(paths);
        string[] made = [.. paths.Select(names.Of)];

        Assert.Distinct(made);
        Assert.All(made, one => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(one), 170, 190));
        Assert.All(made, one => Assert.StartsWith(one.Split('-')[0], name, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_CopyOfAnotherNotebookWithTheSameName_IsNotShown()
    {
        var writer = WriteWithReport("""{"file": "00-x.ipynb"}""");

        string page = File.ReadAllText(Path.Combine(writer.Folder, "00-x.html"));
        Assert.Contains("<h1>Ours</h1>", page, StringComparison.Ordinal);
        Assert.Contains("not run", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"cells": null}""")]
    [InlineData("""{"checks": null}""")]
    [InlineData("""{"checks": [null]}""")]
    [InlineData("""{"status": 99}""")]
    [InlineData("""{"status": "Wonderful"}""")]
    [InlineData("""{"seconds": "many"}""")]
    [InlineData("""{"profile": null, "failure": {}}""")]
    public void Write_CopyWithABrokenReport_FrontPageIsWhole(string change)
    {
        var writer = WriteWithReport(change);

        Assert.Contains("This run", File.ReadAllText(writer.Index), StringComparison.Ordinal);
        Assert.DoesNotContain("could not be made", File.ReadAllText(writer.Index), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ReportOfTheNotebookItself_IsShown() =>
        Assert.Contains("Every cell ran.", File.ReadAllText(Path.Combine(WriteWithReport("{}").Folder, "00-x.html")),
            StringComparison.Ordinal);

    private BookWriter WriteWithReport(string change)
    {
        var report = ReportFile.ToNode(new NotebookReport("00-x", "notebooks/00-x.ipynb", RunStatus.Passed, 1, 1, 1, "quick", "cpu", 1,
            null, null, [], []));
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(change)!)
            report[name] = value?.DeepClone();
        var copy = Document(Prose("# A stranger's"));
        copy["metadata"]![NotebookRunner.ReportKey] = report;
        string notebook = folder.Write("notebooks/00-x.ipynb", Of(Prose("# Ours")));
        folder.Write("out/notebooks/00-x.ipynb", NotebookFile.ToText(copy));
        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        Assert.Empty(writer.Write([notebook]));
        return writer;
    }
}
