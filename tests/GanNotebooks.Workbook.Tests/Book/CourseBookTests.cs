namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>The course's own book, when out/book was made before (`.ci/run` does so): every page of it.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class CourseBookTests(SampleBook browser)
{
    private const string none = "none";

    private static string Folder => Path.Combine(TestPaths.Repository.Output, "book");

    public static TheoryData<string> Pages => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.html").Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)]
        : [none];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfTheCourse_IsSoundFitsAndMoves(string name)
    {
        Assert.SkipWhen(name == none, "skipped: no out/book; `workbook run` makes it");
        foreach (var (width, dark) in new[] { (390, false), (390, true), (1600, true), (1600, false) })
        {
            var page = await browser.OpenAsync(Path.Combine(Folder, name + ".html"), width, dark, answered: true);
            await PageChecks.IsSoundAsync(page);
            await PageChecks.FitsAsync(page, width);
            await page.ScreenshotAsync($"course-{name}-{width}{(dark ? "-dark" : "")}");
            if (dark && width == 390)
                await PageChecks.IsAccessibleAsync(page);
            if (width == 1600 && !dark)
            {
                await PageChecks.LinksLeadSomewhereAsync(page, Folder);
                await PageChecks.MoveSlidersAsync(page);
            }

            Assert.Empty(page.Complaints);
            await page.Page.Context.CloseAsync();
        }
    }
}
