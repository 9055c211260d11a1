using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>
/// The text of figures can be read in every theme on every system, and follows a change of theme while the figures stand.
/// </summary>
[Collection(SampleBook.Collection)]
[Trait("Category", "Slow")]
public sealed class FigureThemeTests(SampleBook sample)
{
    private const string lightPaper = "#ffffff", darkPaper = "#1f1f1f";

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Figures_EditorOnASystem_AreLegible(bool darkEditor, bool darkSystem)
    {
        var page = await EditorPage.OpenAsync(sample, darkEditor ? EditorPage.DarkInk : EditorPage.LightInk, darkSystem);

        await FigureState.AreLegibleOnAsync(page, darkEditor ? darkPaper : lightPaper);
        await page.Page.EvaluateAsync("p => document.documentElement.style.backgroundColor = p", darkEditor ? darkPaper : lightPaper);
        await page.ScreenshotAsync($"figures-{(darkEditor ? "dark" : "light")}-editor-{(darkSystem ? "dark" : "light")}-system");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("rgb(204 204 204)", darkPaper)]
    [InlineData("rgba(255, 255, 255, 0.87)", darkPaper)]
    [InlineData("color(srgb 0.8 0.8 0.8)", darkPaper)]
    [InlineData("oklch(90% 0.02 250)", darkPaper)]
    [InlineData("lab(85 0 0 / 0.9)", darkPaper)]
    [InlineData("color-mix(in srgb, white 80%, black)", darkPaper)]
    [InlineData("color(display-p3 0.1 0.1 0.1)", lightPaper)]
    [InlineData("oklch(30% 0.02 250)", lightPaper)]
    [InlineData("hsl(210 10% 20%)", lightPaper)]
    [InlineData("#839496", "#002b36")] // Solarized, dark and light: a middle grey on either
    [InlineData("#586e75", "#fdf6e3")]
    public async Task Figures_ColourInAnyForm_AreLegible(string ink, string paper)
    {
        var page = await EditorPage.OpenAsync(sample, ink, darkSystem: paper is lightPaper);

        await FigureState.AreAsync(page,
            "dark => [...document.querySelectorAll('.gan-figure')].filter(f => f.querySelector('.xtick') && !f.textContent.includes(\"A "
            + "reader's own\"))"
            + ".every(f => getComputedStyle(f.querySelector('.xtick text')).fill === (dark ? 'rgb(232, 232, 232)' : 'rgb(34, 34, 34)'))",
            paper is darkPaper or "#002b36");
    }

    [Theory]
    [InlineData("() => document.documentElement.style.setProperty('--ink', '#cccccc')", "VS Code's variables")]
    [InlineData("() => document.body.className = 'dark'", "a class on body")]
    [InlineData("() => document.getElementById('container').dataset.theme = 'dark'", "an attribute of any element around")]
    [InlineData("() => document.head.append(Object.assign(document.createElement('style'), { textContent: ':root { --ink: #cccccc "
        + "!important }' }))", "another style sheet")]
    [InlineData("() => document.body.className = 'slow dark'", "a transition")]
    public async Task Figures_ThemeChanges_FollowAtOnce(string change, string how)
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk);
        await page.Page.AddStyleTagAsync(
            new() { Content = "body.dark, [data-theme=dark] { color: #cccccc } .slow { transition: color 0.2s }" });
        await FigureState.AreLegibleOnAsync(page, lightPaper);
        await page.Page.EvaluateAsync(change);

        await FigureState.AreLegibleOnAsync(page, darkPaper);
        Assert.True(page.Complaints.Count == 0, how);
    }

    [Fact]
    public async Task Figures_SystemChangesUnderTheBook_FollowAndGoBack()
    {
        var page = await sample.OpenAsync(Path.Combine(sample.Folder, "92-figures.html"), 1400);
        foreach (var (scheme, paper) in new[] { (ColorScheme.Light, "#fdfcfa"), (ColorScheme.Dark, "#16171a"),
            (ColorScheme.Light, "#fdfcfa") })
        {
            await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await FigureState.AreLegibleOnAsync(page, paper);
        }

        await FigureState.AreSettledAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Figures_ThemeChanges_FrameZoomAndHiddenCurvesStay()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk);
        await FigureState.AreSettledAsync(page);
        var slider = page.Page.Locator("input[type=range]").First;
        await slider.EvaluateAsync("s => { s.value = 1; s.dispatchEvent(new Event('input', { bubbles: true })) }");
        var moving = page.Page.Locator(".gan-figure:has-text('Moving') [role=img]");
        await ZoomAsync(page, moving);
        await moving.Locator(".legendtoggle").Nth(1).ClickAsync();
        await FigureState.AreAsync(page,
            Moving("f._fullLayout.xaxis.range[0] > -0.9 && f._fullData[1].visible === 'legendonly' && f.dataset.frame === '1'"));
        double[] zoomed = await page.AskAsync<double[]>(Moving("f._fullLayout.xaxis.range"));
        await EditorPage.InkAsync(page, EditorPage.DarkInk);

        await FigureState.AreLegibleOnAsync(page, darkPaper);
        Assert.Equal(zoomed, await page.AskAsync<double[]>(Moving("f._fullLayout.xaxis.range")));
        Assert.True(await page.AskAsync<bool>(
            Moving("f._fullData[1].visible === 'legendonly' && f.dataset.frame === '1' && "
                + "document.querySelector('input[type=range]').value === '1'")));
        await page.Page.SetViewportSizeAsync(1000, 900);
        await FigureState.AreSettledAsync(page);
        Assert.Equal(zoomed, await page.AskAsync<double[]>(Moving("f._fullLayout.xaxis.range")));
    }

    [Fact]
    public async Task Figures_RemovedFromThePage_AreForgotten()
    {
        var page = await EditorPage.OpenAsync(sample, EditorPage.LightInk);
        await FigureState.AreAsync(page, Shown(9));
        await page.Page.EvaluateAsync(
            "() => document.querySelectorAll('.output:has(.gan-figure)').forEach((o, i) => { if (i > 0) o.remove() })");
        await EditorPage.InkAsync(page, EditorPage.DarkInk);

        await FigureState.AreAsync(page, Shown(1));
    }

    [Theory]
    [InlineData(EditorPage.LightInk, "rgb(255, 255, 255)")]
    [InlineData(EditorPage.DarkInk, "rgb(31, 31, 31)")]
    public async Task FailedCheck_Row_HasSymbolWeightAndAColourThatIsReadOnAnyPaper(string ink, string paper)
    {
        var page = await EditorPage.OpenAsync(sample, ink);
        await page.Page.EvaluateAsync("p => document.documentElement.style.backgroundColor = p", paper);

        Assert.Equal("✗ FAILS,rgb(255, 255, 255),rgb(179, 38, 30),700,exact", await page.AskAsync<string>(
            "() => { const v = document.querySelector('.gan-fails strong'), s = getComputedStyle(v); return [v.textContent, s.color, "
                + "s.backgroundColor, s.fontWeight, s.printColorAdjust].join() }"));
        Assert.Equal(1, await page.AskAsync<int>("() => document.querySelectorAll('.gan-fails').length"));
        await page.Page.Locator(".gan-checks").ScreenshotAsync(
            new()
            {
                Path = Path.Combine(TestPaths.Repository.Output, "screenshots",
                $"failed-check-{(ink == EditorPage.DarkInk ? "dark" : "light")}.png")
            });
    }

    private static string Moving(string expression) =>
        $"() => {{ const f = [...document.querySelectorAll('.gan-figure')].find(g => "
            + $"g.textContent.includes('Moving')).querySelector('[role=img]'); return {expression} }}";

    private static string Shown(int count) =>
        $"() => window[Object.keys(window).find(k => k.startsWith('ganFigures'))].shown.size === {count}";

    private static async Task ZoomAsync(WatchedPage page, ILocator figure)
    {
        await figure.ScrollIntoViewIfNeededAsync();
        var box = (await figure.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.4f, box.Y + box.Height * 0.4f);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + box.Height * 0.6f, new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
    }
}
