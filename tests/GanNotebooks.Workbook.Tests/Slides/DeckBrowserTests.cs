using GanNotebooks.Workbook.Slides;
using GanNotebooks.Workbook.Tests.Book;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>A deck in a real browser, from disk.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class DeckBrowserTests(SampleBook book) : IDisposable
{
    private SampleDeck? made;

    private SampleDeck Sample => made ??= new SampleDeck(book);

    public void Dispose() => made?.Dispose();

    [Theory]
    [InlineData(1280, 720, false)]
    [InlineData(1280, 720, true)]
    [InlineData(1920, 1080, false)]
    [InlineData(390, 844, false)]
    public async Task Deck_FromDisk_IsSoundOnEverySlide(int width, int height, bool dark)
    {
        var page = await OpenAsync(width, height, dark);

        int slides = await page.AskAsync<int>("() => deck.getTotalSlides()");
        Assert.Equal(Sample.Deck.Slides.Count(), slides);
        for (int at = 0; at < slides; at++)
        {
            await page.AskAsync<bool>($"() => {{ const i = deck.getIndices(deck.getSlides()[{at}]); deck.slide(i.h, i.v); return true }}");
            await page.Page.WaitForFunctionAsync(Drawn, null, Patient);
            await page.ScreenshotAsync($"deck-{at}-{width}{(dark ? "-dark" : "")}");
            Assert.Equal(0, await page.AskAsync<int>(Outside));
        }

        Assert.Empty(await page.AskAsync<string[]>(
            "() => [...document.querySelectorAll('.math:not(.typeset), .katex-error')].map(e => e.textContent)"));
        Assert.Equal(dark ? "dark" : "light", await page.AskAsync<string>("() => document.documentElement.dataset.theme"));
        Assert.Equal(dark ? "rgb(22, 23, 26)" : "rgb(253, 252, 250)", await page.AskAsync<string>(
            "() => getComputedStyle(document.querySelector('.reveal-viewport')).backgroundColor"));
        Assert.Empty(page.Complaints); // no error, and no request but for files
    }

    // What the last row of a room can read.
    [Fact]
    public async Task Figures_OnSlides_HaveLargeLettersAndPanelsOfOneHeight()
    {
        var page = await OpenAsync();
        int slides = await page.AskAsync<int>("() => deck.getTotalSlides()");
        for (int at = 0; at < slides; at++)
        {
            await page.AskAsync<bool>($"() => {{ const i = deck.getIndices(deck.getSlides()[{at}]); deck.slide(i.h, i.v); return true }}");
            await page.Page.WaitForFunctionAsync(Drawn, null, Patient);
        }

        const string figures = "[...document.querySelectorAll('.slides [role=img][id]')].filter(f => f.layout?.meta)";
        Assert.True(await page.AskAsync<int>($"() => {figures}.length") > 3);
        Assert.Empty(await page.AskAsync<string[]>($"() => {figures}.filter(f => f.layout.font.size < 16).map(f => f.id)"));
        Assert.Equal(0, await page.AskAsync<int>("() => [...document.querySelectorAll('.gan-panels')].filter(p => "
            + "new Set([...p.querySelectorAll('[data-room]')].map(f => f.dataset.room)).size > 1).length"));
    }

    [Fact]
    public async Task Keys_TurnSlidesShowFragmentsAllSlidesAndTheOtherTheme()
    {
        var page = await OpenAsync();

        await PressAsync(page, "ArrowRight", "deck.getIndices().h === 1");
        Assert.Equal("hidden", await page.AskAsync<string>("() => getComputedStyle(document.querySelector('.fragment')).visibility"));
        await PressAsync(page, "ArrowRight", "getComputedStyle(document.querySelector('.fragment')).visibility === 'visible'");
        await PressAsync(page, "ArrowDown", "deck.getIndices().v === 1");
        await PressAsync(page, "Escape", "deck.isOverview()");
        await page.ScreenshotAsync("deck-overview");
        await PressAsync(page, "Escape", "!deck.isOverview()");
        await PressAsync(page, "t", "document.documentElement.dataset.theme === 'dark'");
        await PressAsync(page, "End", "deck.isLastSlide()");
        await page.Page.WaitForFunctionAsync($"() => location.hash === '#/{Sample.Deck.Columns.Count - 1}'", null, Patient);
        Assert.Empty(page.Complaints);
    }

    // The plugin's window and its frames are of files, too, and the policy of the deck holds in them.
    [Fact]
    public async Task SpeakerView_FromDisk_ShowsNotesAndFollowsAndTurnsTheDeck()
    {
        var page = await OpenAsync();
        var said = new List<string>();
        var speaker = await page.Page.RunAndWaitForPopupAsync(() => page.Page.Keyboard.PressAsync("s"));
        speaker.Console += (_, message) => Note(said, message.Type is "error", message.Text);
        speaker.PageError += (_, error) => said.Add(error);
        speaker.Request += (_, request) => Note(said, !request.Url.StartsWith("file:", StringComparison.Ordinal)
            && !request.Url.StartsWith("data:", StringComparison.Ordinal), request.Url);
        await speaker.WaitForFunctionAsync($"() => document.querySelector('.value')?.textContent.includes('{SampleDeck.Welcome}')", null,
            Patient);
        Assert.Equal(1, await speaker.EvaluateAsync<int>("() => document.querySelectorAll('.value math').length"));
        Assert.Equal(2, await speaker.EvaluateAsync<int>("() => document.querySelectorAll('iframe').length"));
        Assert.Equal("block", await speaker.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.pacing')).display"));

        await PressAsync(page, "ArrowRight", "deck.getIndices().h === 1");
        await speaker.WaitForFunctionAsync("() => document.querySelector('.value').textContent.includes('The second note')", null, Patient);
        var current = speaker.Frames.First(frame => frame.Url.Contains("postMessageEvents", StringComparison.Ordinal));
        await current.WaitForFunctionAsync("() => window.deck && deck.getIndices().h === 1", null, new() { Timeout = WatchedPage.Hang });
        await speaker.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, "deck-speaker.png") });
        await speaker.Keyboard.PressAsync("ArrowLeft");
        await page.Page.WaitForFunctionAsync("() => deck.getIndices().h === 0", null, Patient);

        Assert.Empty(said);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task PrintPdf_EverySlide_IsAPageWithItsFigure()
    {
        var page = await OpenAsync(query: "?print-pdf");

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.pdf-page').length > 0", null, Patient);
        await page.Page.WaitForFunctionAsync(Drawn, null, Patient);
        Assert.Equal(Sample.Deck.Slides.Count(), await page.AskAsync<int>("() => document.querySelectorAll('.pdf-page').length"));
        Assert.Equal(0, await page.AskAsync<int>("() => [...document.querySelectorAll('.fragment')].filter(e => "
            + "getComputedStyle(e).visibility !== 'visible').length"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Handout_HasNotesBelowSlidesAndNoSolutions()
    {
        var page = await OpenAsync(query: "?print&handout");

        Assert.Equal(Sample.Deck.Slides.Count(), await page.AskAsync<int>("() => document.querySelectorAll('.part > section').length"));
        Assert.True(await page.Page.IsVisibleAsync($"text={SampleDeck.Welcome}"));
        Assert.False(await page.Page.IsVisibleAsync("text=forty-two"));
        Assert.True(await page.Page.IsVisibleAsync("text=This comes later."));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Index_FromDisk_IsSoundAndLeadsToTheDeck()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.NewPageAsync();
        var said = new List<string>();
        page.Console += (_, message) => Note(said, message.Type is "error" or "warning", message.Text);
        await page.GotoAsync(new Uri(Sample.Index).AbsoluteUri);
        await page.ClickAsync("text=Every kind of slide");
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached, Timeout = WatchedPage.Hang });

        Assert.Empty(said);
    }

    [Fact]
    public async Task OverflowCheck_ManyWords_NamesTheSlideAndOnlyThat()
    {
        Assert.SkipWhen(Printing.HeadlessBrowser.Program is null, "skipped: no chromium");
        using var full = new SampleDeck(book, words: 900);
        var cancel = TestContext.Current.CancellationToken;

        Assert.Empty(await OverflowCheck.Find().RunAsync(Sample.File, cancel));
        string fault = Assert.Single(await OverflowCheck.Find().RunAsync(full.File, cancel));
        Assert.Matches("^slide 3 \"Words\" is [0-9]+ pixels too high, with 901 words$", fault);
    }

    private static string Screenshots => Directory.CreateDirectory(
        Path.Combine(OutputFolder.Of(TestPaths.Repository, null, "--out", _ => { }), "screenshots")).FullName;

    private static PageWaitForFunctionOptions Patient => new() { Timeout = WatchedPage.Hang, PollingInterval = 100 };

    // Every figure on the slide that is seen.
    private const string Drawn = """
        () => [...document.querySelectorAll('section.present .gan-figure [role=img], .pdf-page .gan-figure [role=img]')]
          .every(f => !f.offsetParent || f.querySelector('svg, img, canvas'))
        """;

    // What stands outside of the slide that is seen.
    private const string Outside = """
        () => { const slide = deck.getCurrentSlide(), box = slide.getBoundingClientRect();
          return [...slide.querySelectorAll('.slide > *, .output, table, img, .js-plotly-plot')].filter(e => e.offsetParent)
            .map(e => e.getBoundingClientRect())
            .filter(r => r.right > box.right + 1 || r.bottom > box.bottom + 1 || r.left < box.left - 1 || r.top < box.top - 1).length }
        """;

    private static void Note(List<string> said, bool bad, string text)
    {
        if (bad)
            said.Add(text);
    }

    private static async Task PressAsync(WatchedPage page, string key, string until)
    {
        await page.Page.Keyboard.PressAsync(key);
        await page.Page.WaitForFunctionAsync($"() => {until}", null, Patient);
    }

    private Task<WatchedPage> OpenAsync(int width = 1280, int height = 720, bool dark = false, string query = "") =>
        book.OpenAsync(Sample.File, width, dark, height: height, query: query);
}
