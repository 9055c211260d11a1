namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>`workbook slides`, run as a reader runs it.</summary>
[Trait("Category", "Slow")]
public sealed class SlidesCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SlidesCommandTests()
    {
        string text = SlideText.Of(SlideText.Prose("# 05 · Title", "slide"), SlideText.Prose("## A\n\nwords", "slide"),
            SlideText.Prose("**5 minutes.**", "notes"));
        folder.Write("GanNotebooks.sln", "");
        folder.Write("notebooks/05-ran.ipynb", text);
        folder.Write("notebooks/06-open.ipynb", text);
        folder.Write("out/notebooks/05-ran.ipynb", text);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Slides_AllNotebooks_WritesThoseThatRanAndNamesTheOthers()
    {
        var run = await RunAsync();

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("05-ran.html  2 slides, 5 minutes", run.Output, StringComparison.Ordinal);
        Assert.Equal("not run yet, and so without a deck: 06-open\n", run.Errors);
        Assert.Equal(["05-ran.html", "index.html"], Written());
    }

    [Fact]
    public async Task Slides_NotebookThatWasNotRun_SaysHowToRunIt()
    {
        var run = await RunAsync("06");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal("not run yet, so there are no outputs to show: 06-open. `workbook run 06` runs them.\n", run.Errors);
        Assert.False(Directory.Exists(folder.File("out/slides")));
    }

    [Fact]
    public async Task Slides_FolderIsALink_WritesNothingThroughIt()
    {
        Directory.CreateDirectory(folder.File("elsewhere"));
        Directory.CreateSymbolicLink(folder.File("out/slides"), folder.File("elsewhere"));
        var run = await RunAsync("05");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("elsewhere")));
    }

    [Fact]
    public async Task Slides_CheckAndHandout_MeasureAndPrint()
    {
        Assert.SkipWhen(Printing.HeadlessBrowser.Program is null, "skipped: no chromium");
        var good = await RunAsync("05", "--check", "--handout");
        Assert.Equal("", good.Errors);
        Assert.Equal(ExitCode.Success, good.ExitCode);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync(folder.File("out/slides/05-ran.pdf"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        folder.Write("notebooks/05-ran.ipynb", SlideText.Of(SlideText.Prose("# 05 · Title", "slide"),
            SlideText.Prose("## Long\n\n" + string.Concat(Enumerable.Repeat("word ", 900)), "slide")));
        var full = await RunAsync("05", "--check");
        Assert.Equal(ExitCode.Failed, full.ExitCode);
        Assert.Contains("slide 2 \"Long\" is ", full.Output, StringComparison.Ordinal);
    }

    // Notes are the presenter's: a page of the book has none, and neither has its search.
    [Fact]
    public async Task Book_NotebookWithNotes_LeavesThemOut()
    {
        string text = SlideText.Of(SlideText.Prose("# 05 · Title", "slide"), SlideText.Prose("Tell them a secret.", "notes"),
            SlideText.Prose("## A\n\nwords", "slide"));
        folder.Write("notebooks/05-ran.ipynb", text);
        folder.Write("out/notebooks/05-ran.ipynb", text);
        var run = await WorkbookProcess.RunAsync(folder.Path, folder.File("out"), CancellationToken.None, "book");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.All(Directory.EnumerateFiles(folder.File("out/book"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("Tell them a secret", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private IEnumerable<string> Written() =>
        Directory.EnumerateFiles(folder.File("out/slides")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private Task<WorkbookProcess> RunAsync(params string[] arguments) =>
        WorkbookProcess.RunAsync(folder.Path, folder.File("out"), CancellationToken.None, ["slides", .. arguments]);
}
