using GanNotebooks.Workbook.Slides;
using GanNotebooks.Workbook.Tests.Book;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>The course's own decks, when out/slides was made before (`.ci/run` does so).</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class CourseDeckTests
{
    private const string none = "none";

    private static string Folder => Path.Combine(TestPaths.Repository.Output, "slides");

    public static TheoryData<string> Decks => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*-*.html").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [none];

    // A deck that is cut at headings holds whole sections: only one that its author has designed must fit.
    [Theory]
    [MemberData(nameof(Decks))]
    public async Task Deck_OfTheCourse_FitsOnItsSlides(string name)
    {
        Assert.SkipWhen(name == none, "skipped: no out/slides; `workbook slides` makes it");
        Assert.SkipWhen(Printing.HeadlessBrowser.Program is null, "skipped: no chromium");
        string file = Path.Combine(Folder, name);
        bool designed = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
            .Contains("data-cut=\"metadata\"", StringComparison.Ordinal);

        var faults = await OverflowCheck.Find().RunAsync(file, TestContext.Current.CancellationToken);
        if (designed)
            Assert.Empty(faults);
    }
}
