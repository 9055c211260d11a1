using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>The book in a real browser, from disk.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class BrowserTests(SampleBook sample)
{
    [Theory]
    [InlineData("index", 390, false)]
    [InlineData("index", 1600, false)]
    [InlineData("90-sample", 390, false)]
    [InlineData("90-sample", 390, true)]
    [InlineData("90-sample", 1600, false)]
    [InlineData("90-sample", 1600, true)]
    [InlineData("91-broken", 390, false)]
    [InlineData("91-broken", 1600, true)]
    public async Task Page_FromDisk_IsSoundAndFits(string name, int width, bool dark)
    {
        var page = await OpenAsync(name, width, dark);

        await PageChecks.IsSoundAsync(page);
        await PageChecks.FitsAsync(page, width);
        await PageChecks.LinksLeadSomewhereAsync(page, sample.Folder);
        await page.ScreenshotAsync($"sample-{name}-{width}{(dark ? "-dark" : "")}");
        await PageChecks.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Figures_OnAPage_AreDrawnAndSlidersChangeThem()
    {
        var page = await OpenAsync("90-sample", 1600);

        Assert.Equal(2,
            await page.AskAsync<int>(
                "() => document.querySelectorAll('.gan-figure .main-svg').length > 1 "
                    + "? document.querySelectorAll('.gan-figure').length : 0"));
        Assert.Equal(1, await PageChecks.MoveSlidersAsync(page));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Play_Animation_MovesTheSlider()
    {
        var page = await OpenAsync("90-sample", 1600);

        await page.Page.ClickAsync("button:has-text('Play')");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('input[type=range]').value === '2'");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Search_WordOfAHeading_FindsItAndEnterGoesThere()
    {
        var page = await OpenAsync("index", 1600);

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("third level");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#hits a').length > 0");
        Assert.Equal("A third level", await page.AskAsync<string>("() => document.querySelector('#hits a').firstChild.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        // Asked of the page itself: a navigation event can be missed, an address cannot.
        await page.Page.WaitForFunctionAsync("() => location.href.endsWith('90-sample.html#a-third-level')", null,
            new() { Timeout = 120_000, PollingInterval = 200 });
    }

    [Fact]
    public async Task Keyboard_FirstTab_OffersToSkipToTheText()
    {
        var page = await OpenAsync("90-sample", 1600);

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the text", await page.AskAsync<string>("() => document.activeElement.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.AskAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task Menu_OnAPhone_OpensAndEscapeClosesIt()
    {
        var page = await OpenAsync("90-sample", 390);

        Assert.False(await page.Page.IsVisibleAsync("#contents"));
        await page.Page.ClickAsync("button.menu");
        Assert.True(await page.Page.IsVisibleAsync("#contents"));
        Assert.Equal("true", await page.Page.GetAttributeAsync("button.menu", "aria-expanded"));
        await page.ScreenshotAsync("sample-menu-390");
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Page.IsVisibleAsync("#contents"));
    }

    [Fact]
    public async Task Print_Page_HidesContentsAndOpensHintsButNoSolutions()
    {
        var page = await OpenAsync("90-sample", 1600);

        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.Page.EvaluateAsync("() => window.dispatchEvent(new Event('beforeprint'))");
        Assert.False(await page.Page.IsVisibleAsync("#contents"));
        Assert.Equal(["Solution"], await page.AskAsync<string[]>(
            "() => [...document.querySelectorAll('.prose details:not([open]) > summary')].map(e => e.textContent)"));
        Assert.False(await page.Page.IsVisibleAsync("details.solution"));
        Assert.False(await page.Page.IsVisibleAsync("details.source"));
        Assert.True(await page.Page.IsVisibleAsync(".gated"));
    }

    [Fact]
    public async Task ExecutedNotebook_OnItsOwn_BringsPlotlyExactlyOnce()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(sample.Folder, "..", "notebooks", "90-sample.ipynb"),
            TestContext.Current.CancellationToken);

        Assert.Equal(2, text.Split("data-gan-notebooks=\\\"plotly\\\"").Length);
        Assert.Equal(2, text.Split("function ganFigures()").Length);
        Assert.InRange(text.Length, 100_000, 800_000);
        Assert.InRange(new FileInfo(Path.Combine(sample.Folder, "90-sample.html")).Length, 1, 500_000);
        Assert.InRange(new FileInfo(Path.Combine(sample.Folder, "assets", "plotly.js")).Length, 1_000_000, 1_500_000); // the bundle
    }

    private Task<WatchedPage> OpenAsync(string page, int width, bool dark = false) =>
        sample.OpenAsync(Path.Combine(sample.Folder, page + ".html"), width, dark);
}
