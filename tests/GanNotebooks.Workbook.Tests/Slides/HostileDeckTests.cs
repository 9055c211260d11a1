using AngleSharp.Html.Parser;
using GanNotebooks.Workbook.Runner;
using GanNotebooks.Workbook.Slides;
using GanNotebooks.Workbook.Tests.Book;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>The twenty hostile notebooks of the book as decks: nothing of theirs runs, loads, or takes a file along.</summary>
public sealed class HostileDeckTests : IDisposable
{
    private readonly HostileBook book = new();
    private readonly TemporaryFolder folder = new();
    private readonly DeckReport report;

    public HostileDeckTests()
    {
        var names = new OutputNames(book.Paths);
        foreach (string path in book.Paths)
            folder.Write($"notebooks/{names.Of(path)}.ipynb", File.ReadAllText(path));
        report = new DeckWriter(new Repository(folder.Path), folder.Path).Write(book.Paths, book.Paths);
    }

    private IEnumerable<string> Pages => Directory.EnumerateFiles(folder.File("slides"), "*.html");

    public void Dispose()
    {
        book.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Write_HostileNotebooks_NothingRunsAndNothingLoads()
    {
        Assert.Equal(20, report.Decks.Count);
        Assert.Equal(21, Pages.Count());
        foreach (string page in Pages)
        {
            string text = File.ReadAllText(page);
            var document = new HtmlParser().ParseDocument(text);
            string policy = document.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
            Assert.DoesNotContain("'self' ", policy.Split("frame-src")[0], StringComparison.Ordinal);
            HostileBook.AssertInert(new HtmlParser().ParseDocument(document.QuerySelector("main")!.OuterHtml), Path.GetFileName(page));
            // Only data and words may contain it; the scripts of a deck are those that the policy names.
            Assert.All(document.QuerySelectorAll("script:not([type])"),
                script => Assert.DoesNotContain("window.pwned", script.TextContent, StringComparison.Ordinal));
            Assert.DoesNotContain(HostileBook.Secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Open_HostileDecks_NoScriptRunsAndNoRequestLeaves()
    {
        await using var browser = await Chromium.LaunchAsync();
        foreach (string file in Pages)
            Assert.Empty(await OpenAsync(browser, file, complaintsMatter: true));
    }

    /// <summary>The policy holds where the sanitiser might once fail: what it removes is put back by hand.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Open_DeckWithARawScript_PolicyStopsIt()
    {
        string file = Path.Combine(folder.File("slides"), "02-raw-html.html");
        string raw = $"<section><script>{HostileBook.Deed}</script><img src=\"x\" onerror=\"{HostileBook.Deed}\">"
            + "<img src=\"https://evil.example/a.png\"><script src=\"https://evil.example/a.js\"></script>"
            + "<iframe src=\"https://evil.example/\"></iframe><link rel=\"stylesheet\" href=\"https://evil.example/a.css\">"
            + "<div class=\"slide\" data-background-iframe=\"https://evil.example/\" style=\"background:url(https://evil.example/b.png)\">"
            + "</div></section><div class=\"slides\">";
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        int at = text.IndexOf("<div class=\"slides\">", StringComparison.Ordinal) + "<div class=\"slides\">".Length;
        await File.WriteAllTextAsync(file, text[..at] + raw[..^"<div class=\"slides\">".Length] + text[at..],
            TestContext.Current.CancellationToken);

        await using var browser = await Chromium.LaunchAsync();
        Assert.Empty(await OpenAsync(browser, file, complaintsMatter: false));
    }

    private static async Task<List<string>> OpenAsync(IBrowser browser, string file, bool complaintsMatter)
    {
        var found = new List<string>();
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(WatchedPage.Hang);
        page.SetDefaultNavigationTimeout(WatchedPage.Hang);
        await page.RouteAsync(
            url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal),
            route =>
            {
                found.Add(route.Request.Url);
                return route.AbortAsync();
            });
        page.Dialog += (_, dialog) =>
        {
            found.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (complaintsMatter && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                found.Add(message.Text);
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        if (Path.GetFileName(file) != "index.html")
            await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");
        if (await page.EvaluateAsync<string>("() => typeof window.pwned") != "undefined")
            found.Add("a script ran");
        await page.CloseAsync();
        return found;
    }
}
