using GanNotebooks.Workbook.Tests.Book;
using GanNotebooks.Workbook.Tests.Slides;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Present;

/// <summary>The page of `workbook present` in a real browser.</summary>
[Trait("Category", "Slow")]
public sealed class PresentPageTests : IAsyncLifetime
{
    private const string Figure = """
        HTML("<table class='gan-table'><tr><td>width " + a + "</td></tr></table>")
        """;

    private readonly List<string> complaints = [];
    private PresentProcess? present;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        present?.Dispose();
    }

    [Theory]
    [InlineData(1280, 720, false)]
    [InlineData(1920, 1080, true)]
    [InlineData(390, 844, false)]
    public async Task Code_EditedAndRun_ChangesTheSlide(int width, int height, bool dark)
    {
        var page = await OpenAsync(width, height, dark);
        await SlideAsync(page, 1);
        Assert.Equal("width 2", await TextAsync(page, ".present .result"));

        await page.Keyboard.PressAsync("e");
        await page.WaitForSelectorAsync(".live-panel textarea");
        Assert.Equal(Figure, await page.InputValueAsync("textarea"));
        // A cell before it, which no slide shows: what stands on this slide runs after it.
        await page.SelectOptionAsync(".live-panel select", "1");
        await RunAsync(page, "int a = 7;");
        await UntilAsync(page, "document.querySelector('.present .result').textContent.trim() === 'width 7'");
        await UntilAsync(page, "!document.documentElement.hasAttribute('data-busy')");
        await UntilAsync(page, "document.querySelector('.live-shown').textContent.trim() === 'int a = 7;'");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Screenshot($"present-{width}{(dark ? "-dark" : "")}.png") });
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));

        await page.Keyboard.PressAsync("Escape");
        await UntilAsync(page, "document.querySelector('.live-panel').hidden");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Run_CodeThatFails_ShowsTheErrorAndResetBringsTheTextBack()
    {
        var page = await OpenCodeAsync();
        await RunAsync(page, "int b = \"x\";");
        await page.WaitForSelectorAsync(".present .output.error");
        await UntilAsync(page, "document.querySelector('.live-status').textContent.includes('CS0029')");

        await page.ClickAsync(".live-buttons >> text=Reset");
        Assert.Equal(Figure, await page.InputValueAsync("textarea"));
        await page.ClickAsync(".live-run");
        await UntilAsync(page, "document.querySelector('.present .result').textContent.trim() === 'width 2'");
        Assert.Empty(complaints);
    }

    // An output passes the book's sanitiser, and the page's policy names every script.
    [Fact]
    public async Task Run_OutputWithAScript_DoesNotRunIt()
    {
        var page = await OpenCodeAsync();
        await RunAsync(page,
            "HTML(\"<b>shown</b><script>window.ran=1</script><img src=x onerror='window.ran=1'>\")");
        await UntilAsync(page, "document.querySelector('.present .result').textContent.includes('shown')");
        Assert.True(await page.EvaluateAsync<bool>(
            "() => window.ran === undefined && !document.querySelector('.result script, .result img')"));
    }

    [Fact]
    public async Task Stop_EndlessCell_AndTheNextRunIsAsBefore()
    {
        var page = await OpenCodeAsync();
        await RunAsync(page, "while (true) { }");
        await UntilAsync(page, "document.querySelector('.live-status').textContent.startsWith('runs cell [2]')");
        Assert.True(await page.IsDisabledAsync(".live-run"));
        await page.ClickAsync(".live-buttons >> text=Stop");
        await UntilAsync(page, "!document.querySelector('.live-run').disabled");
        await page.ClickAsync(".live-buttons >> text=Reset");
        await page.ClickAsync(".live-run");
        await UntilAsync(page, "document.querySelector('.present .result').textContent.trim() === 'width 2'");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Keys_InTheText_TurnNoSlideAndOutsideTheyDo()
    {
        var page = await OpenCodeAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" lets n p s f b o");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => deck.getIndices().h"));
        Assert.EndsWith(" lets n p s f b o", await page.InputValueAsync("textarea"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("ArrowRight");
        await UntilAsync(page, "deck.getIndices().h === 2");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("e");
        Assert.EndsWith("lets n p s f b o", await page.InputValueAsync("textarea"), StringComparison.Ordinal); // it is kept
    }

    [Fact]
    public async Task SecondPage_AndSpeakerView_ShowWhatRan()
    {
        var page = await OpenAsync();
        await SlideAsync(page, 1);
        var speaker = await page.RunAndWaitForPopupAsync(() => page.Keyboard.PressAsync("s"));
        await page.Keyboard.PressAsync("e");
        await page.WaitForSelectorAsync(".live-panel textarea");
        await RunAsync(page, "a + 40");
        const string shown = "document.querySelector('.present .result').textContent.trim() === '42'";
        await UntilAsync(page, shown);

        await UntilAsync(speaker, "document.querySelectorAll('iframe').length === 2");
        var current = speaker.Frames.First(frame => frame.Url.Contains("postMessageEvents", StringComparison.Ordinal));
        await current.WaitForFunctionAsync($"() => {shown}", null, new() { Timeout = WatchedPage.Hang });
        Assert.Equal(0, await current.EvaluateAsync<int>("() => document.querySelectorAll('.live-bar').length"));

        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(present!.Address + "#/1");
        await UntilAsync(second, $"document.querySelector('.present') && {shown}");
        await second.Keyboard.PressAsync("e");
        await UntilAsync(second, "document.querySelector('textarea').value === 'a + 40'");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Lab_ByKeyAndByTheCommandOnASlide_OpensWithItsPresetAndCloses()
    {
        var page = await OpenAsync();
        await SlideAsync(page, 2);
        await page.ClickAsync(".present .live-link");
        var lab = await FrameAsync(page);
        await lab.WaitForFunctionAsync("() => document.body.dataset.frames > 0", null, new() { Timeout = WatchedPage.Hang });
        Assert.EndsWith("lab.html#present=1&preset=learns", await page.GetAttributeAsync("iframe.live-lab", "data-address"),
            StringComparison.Ordinal);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Screenshot("present-lab.png") });
        await lab.FocusAsync("#stage");
        await page.Keyboard.PressAsync("l"); // inside the lab
        await UntilAsync(page, "document.querySelector('iframe.live-lab').hidden");
        await page.ClickAsync(".live-bar >> text=Lab");
        await UntilAsync(page, "!document.querySelector('iframe.live-lab').hidden");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Server_Killed_IsToldAndTheSlidesGoOn()
    {
        var page = await OpenCodeAsync();
        present!.Kill();
        await UntilAsync(page, "document.querySelector('.live-status').textContent.startsWith('The server does not answer.')");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("ArrowRight");
        await UntilAsync(page, "deck.getIndices().h === 2");
    }

    private static string Screenshot(string name)
    {
        string folder = Path.Combine(OutputFolder.Of(TestPaths.Repository, null, "--out", _ => { }), "screenshots");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private static Task UntilAsync(IPage page, string expression) =>
        page.WaitForFunctionAsync($"() => Boolean({expression})", null, new() { Timeout = WatchedPage.Hang, PollingInterval = 50 });

    private static async Task<string> TextAsync(IPage page, string selector) => (await page.TextContentAsync(selector) ?? "").Trim();

    private static async Task<IFrame> FrameAsync(IPage page) =>
        await (await page.WaitForSelectorAsync("iframe.live-lab"))!.ContentFrameAsync() ?? throw new InvalidOperationException("no frame");

    private static async Task SlideAsync(IPage page, int slide)
    {
        await page.EvaluateAsync($"() => deck.slide({slide})");
        await UntilAsync(page, $"deck.getIndices().h === {slide}");
    }

    private async Task<IPage> OpenCodeAsync()
    {
        var page = await OpenAsync();
        await SlideAsync(page, 1);
        await page.Keyboard.PressAsync("e");
        await page.WaitForSelectorAsync(".live-panel textarea");
        return page;
    }

    private static async Task RunAsync(IPage page, string code)
    {
        await page.FillAsync("textarea", code);
        await page.Keyboard.PressAsync("Control+Enter");
    }

    private async Task<IPage> OpenAsync(int width = 1280, int height = 720, bool dark = false)
    {
        browser = await Chromium.LaunchAsync();
        present = await PresentProcess.StartAsync(
            SlideText.Prose("# 09 · Live\n\n**Claim.** It runs.", "slide"), SlideText.Code("int a = 2;", "skip", value: null),
            SlideText.Prose("## A result", "slide"),
            SlideText.Code(Figure, kind: "text/html", value: "<table class='gan-table'><tr><td>width 2</td></tr></table>"),
            SlideText.Prose("**2 minutes.** Say it.", "notes"), SlideText.Prose("## The lab\n\n`workbook lab --preset learns`", "slide"));
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(!request.Url.StartsWith(present.Address, StringComparison.Ordinal)
            && !request.Url.StartsWith("data:", StringComparison.Ordinal), request.Url);
        page.SetDefaultTimeout(WatchedPage.Hang);
        page.SetDefaultNavigationTimeout(WatchedPage.Hang);
        await page.GotoAsync(present.Address);
        await UntilAsync(page, "document.querySelector('.live-bar')");
        return page;
    }

    private void Note(bool bad, string text)
    {
        if (bad)
            complaints.Add(text);
    }
}
