using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Book;
using Microsoft.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>Twenty hostile notebooks: no script of theirs, no remote link, no file from outside is in their book.</summary>
public sealed class HostileBookTests : IDisposable
{
    private readonly HostileBook book = new();

    public void Dispose() => book.Dispose();

    [Fact]
    public void Write_HostileNotebooks_EachHasItsPage()
    {
        Assert.Empty(book.Problems);
        Assert.Equal(20, book.Paths.Count);
        Assert.Equal(22, book.Pages.Count()); // the notebooks, the overview, the library
        Assert.Contains("<h1>Index</h1>", File.ReadAllText(Path.Combine(book.Folder, "index-2.html")), StringComparison.Ordinal);
        Assert.Contains("<h1>GAN Notebooks</h1>", File.ReadAllText(Path.Combine(book.Folder, "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileNotebooks_NothingRunsAndNothingLoads()
    {
        foreach (string page in book.Pages)
        {
            var document = HostileBook.Open(page);
            HostileBook.AssertInert(document, Path.GetFileName(page));
            Assert.Equal(ContentPolicy.Text, document.QuerySelector("meta[http-equiv='Content-Security-Policy']")?.GetAttribute("content"));
            // Only words may contain it.
            Assert.All(document.QuerySelectorAll("script"), script =>
                Assert.DoesNotContain("evil.example", script.TextContent, StringComparison.Ordinal));
        }

        // The index for searching is an array of words: titles are strings in it.
        foreach (string script in Directory.EnumerateFiles(book.Folder, "*.js", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "index.js"))
        {
            Assert.DoesNotContain("window.pwned", File.ReadAllText(script), StringComparison.Ordinal);
        }

        string index = File.ReadAllText(Path.Combine(book.Folder, "assets", "index.js"));
        Assert.StartsWith("window.bookIndex = [[", index, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(index["window.bookIndex = ".Length..].TrimEnd('\n', ';')));
    }

    [Fact]
    public void Write_HostileNotebooks_NoFileFromOutsideIsInTheBook()
    {
        Assert.Equal(["pixel-2.png", "pixel.png"],
            Directory.EnumerateFiles(Path.Combine(book.Folder, "files")).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(book.Folder, "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain(HostileBook.Secret, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Open_HostileBook_NoScriptRunsAndNoRequestLeaves()
    {
        await using var browser = await Chromium.LaunchAsync();
        foreach (string file in book.Pages)
            await AssertHarmlessAsync(browser, file, complaintsMatter: true);
    }

    /// <summary>The policy holds where the sanitiser might once fail: what it removes is put back by hand.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Open_PageWithARawScript_PolicyStopsIt()
    {
        string file = Path.Combine(book.Folder, "index.html");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string raw = $"<script>{HostileBook.Deed}</script><img src=\"x\" onerror=\"{HostileBook.Deed}\">"
            + "<img src=\"https://evil.example/a.png\">"
            + "<script src=\"https://evil.example/a.js\"></script><iframe src=\"https://evil.example/\"></iframe>"
            + "<link rel=\"stylesheet\" href=\"https://evil.example/a.css\">"
            + "<p style=\"background:url(https://evil.example/b.png)\">x</p></article>";
        await File.WriteAllTextAsync(file, text.Replace("</article>", raw, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        await using var browser = await Chromium.LaunchAsync();
        await AssertHarmlessAsync(browser, file, complaintsMatter: false);
    }

    /// <summary>What a notebook shows stays in its own box, and the page as wide as the window.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("<svg style=\"overflow:visible\" width=\"9\" height=\"9\">"
        + "<rect x=\"-5000\" y=\"-5000\" width=\"9999\" height=\"9999\"/></svg>")]
    [InlineData("<p style=\"text-indent:-900px;font-size:300px;line-height:0;white-space:nowrap\">passed passed passed passed</p>")]
    [InlineData("<p style=\"line-height:0;padding-top:1px\"><span style=\"font-size:900px;background:red\">█████</span></p>")]
    [InlineData("<div style=\"width:9000px;height:9px;background:red\">x</div>")]
    [InlineData("<div class=\"side open verdict good\" style=\"min-width:9000px\">passed</div>")]
    [InlineData("$\\raisebox{900em}{\\kern-900em\\rule{900em}{900em}}$")]
    [InlineData("$$\\hspace{-900em}\\rule[-40em]{900em}{900em}$$")]
    [InlineData("$\\def\\a{xxxxxxxxxxxxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a}\\b\\b\\b\\b\\b\\b\\b\\b$")]
    public async Task Open_NotebookThatCoversThePage_VerdictAndMenuAreSeen(string cover)
    {
        using var folder = new TemporaryFolder();
        var output = HostileBook.Shown("text/html", cover);
        string path = folder.Write("cover.ipynb", HostileBook.TextOf("# Cover\n\nx", cover, "## a " + cover, output));
        var writer = new BookWriter(new Repository(folder.Path), folder.File("out"));
        Assert.Empty(writer.Write([path]));
        await using var browser = await Chromium.LaunchAsync();
        var page = await PatientPageAsync(browser);
        await page.GotoAsync(new Uri(Path.Combine(writer.Folder, "cover.html")).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        string covered = await page.EvaluateAsync<string>("""
            () => {
              const faults = [];
              for (const name of ['.verdict', '.side .home']) {
                const box = document.querySelector(name).getBoundingClientRect();
                for (let x = box.left + 3; x < box.right - 3; x += 9)
                  for (let y = box.top + 3; y < box.bottom - 3; y += 4)
                    if (!document.elementFromPoint(x, y)?.closest(name)) faults.push(name);
              }
              if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('wide');
              return faults.join(' ');
            }
            """);
        Assert.Equal("", covered);
    }

    // The machine may be busy: a limit of the library's 30 seconds would measure it.
    private static async Task<IPage> PatientPageAsync(IBrowser browser)
    {
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(WatchedPage.Hang);
        page.SetDefaultNavigationTimeout(WatchedPage.Hang);
        return page;
    }

    private async Task AssertHarmlessAsync(IBrowser browser, string file, bool complaintsMatter)
    {
        var page = await PatientPageAsync(browser);
        List<string> outside = [], said = [];
        await page.RouteAsync(
            url => !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal),
            route =>
            {
                outside.Add(route.Request.Url);
                return route.AbortAsync();
            });
        string inside = new Uri(book.Folder + "/").AbsoluteUri;
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith(inside, StringComparison.Ordinal))
                outside.Add(request.Url);
        };
        page.Dialog += (_, dialog) =>
        {
            said.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        // The browser names what the policy stopped: that much got past the sanitiser.
        page.Console += (_, message) =>
        {
            if (complaintsMatter && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                said.Add(message.Text);
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        // Every link of a stranger is followed as far as it can act without leaving the page.
        await page.EvaluateAsync("() => document.querySelectorAll('main a, main button, main details, main summary')"
            + ".forEach(e => { if (!/^https?:|^mailto:|\\.html|\\.txt$/.test(e.getAttribute('href') || '')) e.click() })");
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");

        Assert.Equal("undefined", await page.EvaluateAsync<string>("() => typeof window.pwned"));
        Assert.Empty(outside);
        Assert.Empty(said);
        await page.CloseAsync();
    }
}
