using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>Every kind of figure follows the width and does not grow by itself, whatever happens to the page after it was drawn.</summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class FigureSizeTests(SampleBook sample)
{
    [Theory]
    [InlineData(1400, 900, 1000, 900)]
    [InlineData(1920, 900, 1280, 700)]
    [InlineData(390, 844, 844, 390)] // a phone, turned
    public async Task Figures_WindowResizedAndBack_KeepTheirHeights(int width, int height, int thenWidth, int thenHeight)
    {
        var page = await OpenAsync(width);
        await FigureState.AreSettledAsync(page);
        int[] first = await FigureState.HeightsAsync(page);
        foreach (var (w, h) in new[] { (width, height), (thenWidth, thenHeight), (width, height) })
        {
            await page.Page.SetViewportSizeAsync(w, h);
            await FigureState.AreSettledAsync(page);
            await PageChecks.FitsAsync(page, w);
        }

        Assert.Equal(first, await FigureState.HeightsAsync(page));
        await page.ScreenshotAsync($"figures-resized-{width}");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_AfterAResize_StillAnimate()
    {
        var page = await OpenAsync(1400);
        await page.Page.SetViewportSizeAsync(1000, 900);
        await FigureState.AreSettledAsync(page);

        Assert.Equal(3, await PageChecks.MoveSlidersAsync(page));
        await FigureState.AreSettledAsync(page);
        await page.Page.ClickAsync("button:has-text('Play')");
        await FigureState.AreAsync(page,
            "() => document.querySelector('input[type=range]').value === '4' && document.querySelector('[data-frame]:has(.main-svg)') "
                + "!== null");
        await FigureState.AreSettledAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("")]
    [InlineData("display:grid")] // an item of a grid is as wide as what it holds, unless that yields
    public async Task Figures_ContainerResized_FollowIt(string style)
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk, container: style);
        foreach (string? width in new[] { "900px", "600px", "1200px" })
        {
            await page.Page.EvaluateAsync("w => document.getElementById('container').style.width = w", width);
            await FigureState.AreSettledAsync(page);
        }

        await page.Page.EvaluateAsync("() => document.getElementById('container').style.width = ''");
        await page.Page.SetViewportSizeAsync(800, 900);
        await FigureState.AreSettledAsync(page);
        Assert.True(await page.AskAsync<int>("() => document.documentElement.scrollWidth") <= 800);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_HiddenResizedShown_FollowTheWidth()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk);
        await FigureState.AreSettledAsync(page);
        await DisplayAsync(page, "none");
        await page.Page.SetViewportSizeAsync(900, 900);
        await DisplayAsync(page, "");

        await FigureState.AreSettledAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_HiddenWhenTheyRan_AreDrawnWhenShown()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk, container: "display:none");
        await FigureState.AreAsync(page, "() => window.Plotly && document.querySelectorAll('.main-svg').length === 0");
        await DisplayAsync(page, "");

        await FigureState.AreSettledAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_InAFold_AreDrawnWhenItOpens()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk, fold: true);
        await page.Page.ClickAsync("summary");

        await FigureState.AreSettledAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_TakenOutAndPutBack_FollowTheWidth()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk);
        await page.Page.EvaluateAsync("() => { window.kept = document.getElementById('container'); window.kept.remove() }");
        await page.Page.SetViewportSizeAsync(900, 900);
        await EditorPage.InkAsync(page, EditorPage.DarkInk);
        // nothing is held
        await FigureState.AreAsync(page, "() => window[Object.keys(window).find(k => k.startsWith('ganFigures'))].shown.size === 0");
        await page.Page.EvaluateAsync("() => document.body.append(window.kept)");

        await FigureState.AreSettledAsync(page);
        await FigureState.AreLegibleOnAsync(page, "#1f1f1f");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1000)]
    [InlineData(1920)]
    public async Task ColourBar_MapWithTiedAxes_StandsBesideTheMapAndIsAsLong(int width)
    {
        var page = await OpenAsync(width);

        await FigureState.AreAsync(page, """
            () => { const maps = [...document.querySelectorAll('.gan-figure')].filter(f => f.textContent.includes('Saddle'));
              return maps.length === 4 && maps.every(f => { const box = s => f.querySelector(s).getBoundingClientRect(), map = box('.hm image'), bar = box('.cbfills');
                return bar.left > map.right && bar.left < map.right + 45 && bar.top > map.top - 12 && bar.bottom < map.bottom + 12 && bar.height > 0.75 * map.height }) }
            """);
    }

    [Fact]
    public async Task Print_DarkPage_FiguresAreDarkOnPaperAndAsWideAsIt()
    {
        var page = await OpenAsync(1600, dark: true);
        await page.Page.EvaluateAsync("""
            () => matchMedia('print').addEventListener('change', e => { if (e.matches) window.printed = [...document.querySelectorAll('.gan-figure [role=img]')]
              .map(f => [f.clientWidth - f.querySelector('.main-svg').clientWidth, getComputedStyle(f.querySelector('.xtick text')).fill, f.clientWidth < 900].join()) })
            """);
        await page.Page.PdfAsync(new PagePdfOptions { Format = "A4" });

        string[] own = (await page.AskAsync<string[]>("() => window.printed"))[..^1]; // the last is a reader's own, in its own colours
        Assert.All(own, figure => Assert.Equal("0,rgb(34, 34, 34),true", figure));
        Assert.Equal(FigureState.Heights.Length - 1, own.Length);
        await FigureState.AreSettledAsync(page);
        await FigureState.AreLegibleOnAsync(page, "#16171a");
    }

    // A figure goes to the next page whole, and left the page before it part empty even if a few millimetres were missing.
    [Fact]
    public async Task Paper_FigureALittleTooHighForItsPage_IsMadeLower()
    {
        var page = await sample.OpenAsync(Path.Combine(sample.Folder, "92-figures.html"), 1600, query: "?print");
        await page.Page.WaitForFunctionAsync("""
            () => document.querySelector('.js-plotly-plot[data-paper]') && document.querySelector('article').style.columnWidth === ''
            """);

        int[][] lowered = await page.AskAsync<int[][]>("""
            () => [...document.querySelectorAll('.js-plotly-plot[data-paper]')].map(plot =>
              [+plot.getAttribute('data-paper'), plot.clientHeight, plot.querySelector('.main-svg').clientHeight])
            """);
        Assert.All(lowered, plot => Assert.Equal([plot[0], plot[0], plot[0]], plot));
        Assert.All(lowered, plot => Assert.InRange(plot[0], 175, 449));
        Assert.NotEqual(lowered.Length, await page.AskAsync<int>("() => document.querySelectorAll('.js-plotly-plot').length"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task TableTitle_NarrowTable_IsOneLineOnAWidePage()
    {
        var page = await OpenAsync(1600);

        Assert.InRange(
            await page.AskAsync<double>(
                "() => { const t = document.querySelector('.gan-table:not(.gan-checks)').parentElement.previousElementSibling; return "
                    + "t.clientHeight / parseFloat(getComputedStyle(t).lineHeight) }"), 0.9, 1.5);
    }

    private static Task DisplayAsync(WatchedPage page, string display) =>
        page.Page.EvaluateAsync("d => document.getElementById('container').style.display = d", display);

    private Task<WatchedPage> OpenAsync(int width, bool dark = false) =>
        sample.OpenAsync(Path.Combine(sample.Folder, "92-figures.html"), width, dark);
}
