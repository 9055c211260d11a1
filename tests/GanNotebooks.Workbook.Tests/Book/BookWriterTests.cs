using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed class BookWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_RepositoryWithDocs_HasThemAsPagesLinkedFromTheIndex()
    {
        folder.Write("notebooks/README.md", "# The map\n\n[Hosts](../docs/hosts.md#open)");
        folder.Write("notebooks/glossary.md", "# Glossary\n\nTerms.");
        folder.Write("docs/hosts.md", "# Hosts\n\n## Open\n\nSee [terms](../notebooks/glossary.md) and [long runs](long-runs.md).");
        folder.Write("docs/long-runs.md", "# Long runs\n\n[Results](../data/results/README.md)");

        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        writer.Write([]);

        string index = File.ReadAllText(writer.Index);
        Assert.Contains("<a href=\"hosts.html#open\">Hosts</a>", index, StringComparison.Ordinal);
        string hosts = File.ReadAllText(Path.Combine(writer.Folder, "hosts.html"));
        Assert.Contains("<h1>Hosts</h1>", hosts, StringComparison.Ordinal);
        Assert.Contains("<a href=\"glossary.html\">terms</a>", hosts, StringComparison.Ordinal);
        Assert.Contains("<a href=\"long-runs.html\">long runs</a>", hosts, StringComparison.Ordinal);
        // What is not a page of the book is no link there.
        Assert.DoesNotContain("href=\"../data", File.ReadAllText(Path.Combine(writer.Folder, "long-runs.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RepositoryWithoutDocs_HasAnIndexAndTheLibrary()
    {
        folder.Write("notebooks/README.md", "# The map");

        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        writer.Write([]);

        Assert.Equal(["index.html", "library.html"],
            Directory.EnumerateFiles(writer.Folder, "*.html").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_TermsAndSymbols_AreEntriesOfTheSearchWithAnchorsOfTheirOwn()
    {
        folder.Write("notebooks/glossary.md", "# Glossary\n\n**Mode collapse.** Too few modes. (09)\n\n**Batch.** Samples. (01)");
        folder.Write("notebooks/notation.md", "# Notation\n\n| symbol | meaning |\n|---|---|\n"
            + "| $W_1(p, q)$ | transport |\n| $D^*$ | the best |");

        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        writer.Write([]);

        string index = File.ReadAllText(Path.Combine(writer.Folder, "assets", "index.js"));
        Assert.Contains("\"Mode collapse\",\"glossary.html#mode-collapse\"", index, StringComparison.Ordinal);
        Assert.Contains("\"W1(p, q) · transport\",\"notation.html#w1-p-q-transport\"", index, StringComparison.Ordinal);
        Assert.DoesNotContain("#\"", index, StringComparison.Ordinal);
        Assert.Contains("id=\"mode-collapse\"", File.ReadAllText(Path.Combine(writer.Folder, "glossary.html")), StringComparison.Ordinal);
    }
}
