using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>What a reader does with a page: folds, questions, search, links, keys, colours.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class ReadingTests(SampleBook sample)
{
    private const string CheckLine = "() => document.querySelector('details.checks > summary').textContent";
    private const string ShownCode = "() => [...document.querySelectorAll('details.source')].filter(e => e.open).length";

    [Fact]
    public async Task CodeAndChecks_OnAPage_AreFoldedToALineThatCounts()
    {
        var page = await OpenAsync("90-sample");

        Assert.Equal(0, await page.AskAsync<int>(ShownCode));
        Assert.Equal("✓ 1 check holds", await page.AskAsync<string>(CheckLine));
    }

    // A saved picture of a film did not say which moment of it was seen.
    [Fact]
    public async Task SavedFilm_NamesItsMomentInThePictureAndInTheFile()
    {
        var page = await OpenAsync("92-figures");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('figure:has(output[id$=-label]) .main-svg')");
        string step = await page.AskAsync<string>("""
            () => { const draw = window.Plotly.toImage; window.Plotly.toImage = (f, o) => { window.stamps = f.layout.annotations.map(a => a.text); return draw(f, o) };
              return document.querySelector('figure:has(output[id$=-label]) output').textContent }
            """);
        var saved = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Page.Locator("figure:has(output[id$=-label])").First.GetByText("PNG", new() { Exact = true }).ClickAsync());

        Assert.Matches("^step [0-9]+$", step);
        Assert.EndsWith($"-{step.Replace(' ', '-')}.png", saved.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal([step], await page.AskAsync<string[]>("() => window.stamps"));
    }

    [Fact]
    public async Task FailedCell_OnAPage_ShowsItsCode()
    {
        var page = await OpenAsync("91-broken");

        Assert.Equal(["2"],
            await page.AskAsync<string[]>(
                "() => [...document.querySelectorAll('.cell:has(details.source[open]) .number')].map(e => e.textContent)"));
    }

    [Fact]
    public async Task FailedCheck_OnAPage_IsCountedAndOpen()
    {
        var page = await OpenAsync("92-figures");

        Assert.Equal("✗ 1 check fails, 1 of 2 hold", await page.AskAsync<string>(CheckLine));
        Assert.True(await page.AskAsync<bool>("() => document.querySelector('details.checks').open"));
    }

    [Fact]
    public async Task Switches_ReaderSetsThem_NextPageRemembers()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.ClickAsync("#view button:has-text('Code')");
        Assert.NotEqual(0, await page.AskAsync<int>(ShownCode));
        await page.Page.ClickAsync("#view button:has-text('Auto')");
        Assert.Equal("light", await page.AskAsync<string>("() => document.documentElement.getAttribute('data-theme')"));
        await page.Page.ClickAsync("#view button:has-text('Light')");
        Assert.Equal("dark", await page.AskAsync<string>("() => document.documentElement.getAttribute('data-theme')"));
        await page.Page.GotoAsync(new Uri(Path.Combine(sample.Folder, "92-figures.html")).AbsoluteUri);
        await page.Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        Assert.NotEqual(0, await page.AskAsync<int>(ShownCode));
        Assert.Equal("dark", await page.AskAsync<string>("() => document.documentElement.getAttribute('data-theme')"));
        Assert.Equal("true", await page.Page.GetAttributeAsync("#view button:has-text('Code')", "aria-pressed"));
    }

    [Fact]
    public async Task Predict_OnAPage_HidesWhatFollowsUpToTheNextHeading()
    {
        var page = await OpenAsync("90-sample");

        Assert.False(await page.Page.IsVisibleAsync("text=What follows the question waits."));
        Assert.False(await page.Page.IsVisibleAsync("details.checks"));
        Assert.True(await page.Page.IsVisibleAsync("text=A gradient vanishes"));
        await page.Page.ClickAsync("button:has-text('Show what happens')");
        Assert.True(await page.Page.IsVisibleAsync("text=What follows the question waits."));
        Assert.True(await page.Page.IsVisibleAsync("details.checks"));
    }

    [Fact]
    public async Task Predict_TeacherSwitchesItOff_EverythingIsShown()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.ClickAsync("#view button:has-text('Ask first')");
        Assert.True(await page.Page.IsVisibleAsync("details.checks"));
        Assert.False(await page.Page.IsVisibleAsync("button.reveal"));
    }

    // A figure behind a question is as wide as one before it.
    [Theory]
    [InlineData(1300)]
    [InlineData(1920)]
    public async Task Predict_CellBehindIt_IsAsWideAsTheOthers(int width)
    {
        var page = await OpenAsync("90-sample", width);
        await page.Page.ClickAsync("button:has-text('Show what happens')");

        double[] cells = await page.AskAsync<double[]>(
            "() => [document.querySelector('article > .cell'), document.querySelector('.gated > .cell')]"
                + ".map(cell => cell.getBoundingClientRect().width)");
        Assert.Equal(cells[0], cells[1], 1.0);
        Assert.True(cells[0] > 900);
    }

    [Theory]
    [InlineData("90-sample.html#after-the-question", 1280)]
    [InlineData("90-sample.html#after-the-question", 390)]
    [InlineData("92-figures.html#cell-11", 1280)]
    [InlineData("92-figures.html#cell-11", 390)]
    public async Task Link_FromAnotherPage_LandsOnItsTarget(string link, int width)
    {
        var page = await OpenAsync("index", width);

        await page.Page.EvaluateAsync("link => { location.href = link }", link);
        await page.Page.WaitForFunctionAsync(
            "() => location.hash && document.readyState === 'complete' && document.querySelector('html[data-ready]')");
        await page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('[role=img][id^=gan-figure]')].every(e => !e.offsetParent "
                + "|| e.querySelector('.main-svg'))");
        double top = await page.AskAsync<double>("() => document.getElementById(location.hash.slice(1)).getBoundingClientRect().top");
        double end = await page.AskAsync<double>("() => document.documentElement.scrollHeight - scrollY - innerHeight");
        Assert.True(top is > 0 and < 120 || end < 2, $"{top} px below the top, {end} px above the end of the page");
    }

    [Fact]
    public async Task Link_ToACellBehindAQuestion_OpensIt()
    {
        var page = await OpenAsync("90-sample");

        string cell = await page.AskAsync<string>("() => document.querySelector('.gated .cell').id");
        Assert.False(await page.Page.IsVisibleAsync("#" + cell));
        await page.Page.EvaluateAsync("id => { location.hash = id }", cell);
        await page.Page.WaitForSelectorAsync($"#{cell} pre code");
        Assert.True(await page.Page.IsVisibleAsync($"#{cell} pre code"));
    }

    [Theory]
    [InlineData("gradiant vanishs", "After the question")]
    [InlineData("V(D, G)", "The value V(D, G)")]
    [InlineData("OptimalDiscriminator", "OptimalDiscriminator")]
    [InlineData("optimal discriminator proof", "OptimalDiscriminatorProof")]
    public async Task Search_TextSymbolTypoOrName_FindsTheSection(string query, string heading)
    {
        var page = await OpenAsync("index");

        await page.Page.FillAsync("#query", query);
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#hits li').length > 0");
        Assert.Contains(heading,
            await page.AskAsync<string[]>(
                "() => [...document.querySelectorAll('#hits a')].slice(0, 5).map(a => a.firstChild.textContent)"));
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("gradient vanishes where", "After the question")]
    [InlineData("a fails", "91 · A cell that fails")]
    [InlineData("after quest", "After the question")]
    public async Task Search_HeadingOrPhraseWithAllWords_ComesFirst(string query, string heading)
    {
        var page = await OpenAsync("index");

        await page.Page.FillAsync("#query", query);
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#hits li').length > 0");
        Assert.Equal(heading, await page.AskAsync<string>("() => document.querySelector('#hits a').firstChild.textContent"));
    }

    [Fact]
    public async Task Search_Excerpts_AreCutBetweenWords()
    {
        var page = await OpenAsync("index");

        await page.Page.FillAsync("#query", "line");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#hits .words').length > 1");
        Assert.Empty(await page.AskAsync<string[]>("""
            () => { const texts = window.bookIndex.map(entry => ' ' + entry[3] + ' ');
              return [...document.querySelectorAll('#hits .words')].map(e => e.textContent.replace(/^… | …$/g, ''))
                .filter(words => !texts.some(text => text.includes(' ' + words + ' '))) }
            """));
    }

    [Fact]
    public async Task Search_BackFromAHit_IsAsItWas()
    {
        var page = await OpenAsync("index");

        await page.Page.FillAsync("#query", "third level");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#hits a').length > 0");
        await page.Page.ClickAsync("#hits a");
        await page.Page.WaitForFunctionAsync("() => location.href.endsWith('90-sample.html#a-third-level')");
        await page.Page.GoBackAsync();
        await page.Page.WaitForFunctionAsync(
            "() => document.querySelector('#query').value === 'third level' && document.querySelectorAll('#hits a').length > 0");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Copy_OfACell_TakesItsText()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.ClickAsync("#view button:has-text('Code')");
        await page.Page.EvaluateAsync("() => { Object.defineProperty(navigator, 'clipboard', "
            + "{ value: { writeText: async text => { window.copied = text } } }) }");
        await page.Page.ClickAsync("#cell-1 button.copy");
        Assert.Equal("#!import setup.csx", await page.AskAsync<string>("() => window.copied"));
    }

    [Fact]
    public async Task ArrowKeys_OnAPage_TurnIt()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.WaitForFunctionAsync("() => location.href.endsWith('91-broken.html')");
        await page.Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Page.WaitForFunctionAsync("() => location.href.endsWith('90-sample.html')");
    }

    [Fact]
    public async Task ArrowKeys_AfterAButton_StillTurnThePage()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.ClickAsync("button:has-text('Show what happens')");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.WaitForFunctionAsync("() => location.href.endsWith('91-broken.html')");
    }

    [Fact]
    public async Task Slash_OnAPhone_OpensTheSearch()
    {
        var page = await OpenAsync("90-sample", 390);

        await page.Page.Keyboard.PressAsync("/");
        Assert.Equal("query", await page.AskAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task Link_WithAMalformedAnchor_LeavesThePageSound()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.GotoAsync(new Uri(Path.Combine(sample.Folder, "92-figures.html")).AbsoluteUri + "#%E0%A4");
        await page.Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Contents_WhileScrolling_MarkTheSection()
    {
        var page = await OpenAsync("90-sample");

        await page.Page.EvaluateAsync("() => document.getElementById('after-the-question').scrollIntoView()");
        await page.Page.WaitForSelectorAsync(".sections a[aria-current='true']:has-text('After the question')",
            new() { State = WaitForSelectorState.Attached });
    }

    [Theory]
    [InlineData("PNG", "still.png")]
    [InlineData("SVG", "still.svg")]
    public async Task Figure_SavedAsFile_IsAPictureOfThisKind(string kind, string name)
    {
        var page = await OpenAsync("92-figures");

        var button = page.Page.Locator("figure.gan-figure").First.Locator($"button:has-text('{kind}')");
        var saved = await page.Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        Assert.Equal(name, saved.SuggestedFilename);
        byte[] bytes = await File.ReadAllBytesAsync((await saved.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal(kind == "PNG" ? [0x89, (byte)'P'] : "<s"u8.ToArray(), bytes[..2]);
        Assert.InRange(bytes.Length, 2000, 2_000_000);
    }

    [Fact]
    public async Task Command_InASentence_HasAButtonThatCopiesIt()
    {
        const string buttons = "() => [...document.querySelectorAll('article :not(pre) > code + .copy')]"
            + ".map(b => b.previousElementSibling.textContent)";
        var page = await OpenAsync("90-sample");

        Assert.Equal(["dotnet run -c Release -- lab --preset learns"], await page.AskAsync<string[]>(buttons));
    }

    private Task<WatchedPage> OpenAsync(string page, int width = 1280) =>
        sample.OpenAsync(Path.Combine(sample.Folder, page + ".html"), width);
}
