namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>Where <c>run</c> and <c>book</c> would follow a link or replace what they have not written, they refuse.</summary>
public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void RequireOwn_NewFolderAndOwnOutput_IsAccepted()
    {
        OutputFolder.RequireOwn(folder.Path, "--out");
        folder.Write("book/index.html", "<html>");
        folder.Write("book/assets/book.css", "");
        folder.Write("report.json", """{ "finished": true, "notebooks": [] }""");
        OutputFolder.RequireOwn(folder.Path, "--out");
    }

    // The course's book and report are not those of one notebook from elsewhere.
    [Theory]
    [InlineData("out", "notebooks/00-a.ipynb")]
    [InlineData("out", "notebooks/00-a.ipynb", "mine/own.ipynb")]
    [InlineData("out/own", "mine/own.ipynb")]
    [InlineData("out/own", "notebooks/copies/00-a.ipynb")]
    public void Of_NotebooksOfTheReader_HaveAFolderOfTheirOwn(string expected, params string[] notebooks)
    {
        string[] paths = [.. notebooks.Select(folder.File)];
        var repository = new Repository(folder.Path);
        Assert.Equal(folder.File(expected), OutputFolder.Of(repository, paths, null, "--out", Assert.Fail));
        Assert.Equal(folder.File("there"), OutputFolder.Of(repository, paths, folder.File("there"), "--out", Assert.Fail));
    }

    [Theory]
    [InlineData("book/index.html", "mine")]
    [InlineData("report.json", "{}")]
    [InlineData("report.json", "mine")]
    public void RequireOwn_ForeignFile_IsRefusedByName(string name, string content)
    {
        folder.Write(name, content);
        Assert.Contains(Path.GetFileName(name),
            Assert.Throws<UsageException>(() => OutputFolder.RequireOwn(folder.Path, "--out")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("book")]
    [InlineData("notebooks")]
    [InlineData("book/assets")]
    public void RequireOwn_Link_IsRefusedByName(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        string elsewhere = Directory.CreateDirectory(folder.File("elsewhere")).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        Directory.CreateSymbolicLink(folder.File(name), elsewhere);
        Assert.Contains("is a link to", Assert.Throws<UsageException>(() => OutputFolder.RequireOwn(folder.Path, "--out")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void RequireOwn_LinkForTheTriesOfExercises_IsRefusedByName()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.CreateSymbolicLink(folder.File("exercise-tries.json"), folder.Write("elsewhere", "mine"));
        Assert.Contains("exercise-tries.json is a link to",
            Assert.Throws<UsageException>(() => OutputFolder.RequireOwn(folder.Path, "--out")).Message, StringComparison.Ordinal);
    }
}
