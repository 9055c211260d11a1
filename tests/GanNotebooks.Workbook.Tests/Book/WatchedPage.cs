using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>A page with all that went wrong on it: console errors, exceptions, and requests to anything but files.</summary>
internal sealed class WatchedPage(IPage page)
{
    /// <summary>Limit of a wait in the browser.</summary>
    internal const float Hang = 1_200_000; // milliseconds; against a hang, no measure of anything

    private readonly List<string> complaints = [];
    private bool listening = true;

    public IPage Page => page;

    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<WatchedPage> OpenAsync(IPage page, string file, bool drawn, string query = "")
    {
        var watched = new WatchedPage(page);
        page.Console += (_, message) => watched.Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => watched.Note(true, "exception: " + error);
        page.Request += (_, request) => watched.Note(!IsLocal(request.Url), "request: " + request.Url);
        page.RequestFailed += (_, request) => watched.Note(true, "failed: " + request.Url);
        page.SetDefaultTimeout(Hang);
        page.SetDefaultNavigationTimeout(Hang);
        await page.GotoAsync(new Uri(file).AbsoluteUri + query);
        await page.WaitForSelectorAsync("html[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        if (!drawn)
            return watched;
        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('.gan-figure [role=img]')].every(f => !f.offsetParent || f.querySelector('svg, img, canvas'))
               && [...document.images].every(i => i.complete && i.naturalWidth > 0)
            """, null, new PageWaitForFunctionOptions { Timeout = Hang });
        return watched;
    }

    /// <summary>What follows is not the page's own doing.</summary>
    public void StopListening() => listening = false;

    public Task<T> AskAsync<T>(string script) => page.EvaluateAsync<T>(script);

    public async Task ScreenshotAsync(string name)
    {
        string folder = Path.Combine(OutputFolder.Of(TestPaths.Repository, null, "--out", _ => { }), "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    private static bool IsLocal(string url) =>
        url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal);

    private void Note(bool bad, string complaint)
    {
        if (bad && listening)
            complaints.Add(complaint);
    }
}
