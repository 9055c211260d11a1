using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>What must be true of any page of any book.</summary>
internal static class PageChecks
{
    public static async Task IsSoundAsync(WatchedPage page)
    {
        Assert.Empty(page.Complaints);
        Assert.Empty(
            await page.AskAsync<string[]>(
                "() => [...document.querySelectorAll('.math:not(.typeset), .katex-error')].map(e => e.textContent)"));
        Assert.Empty(await page.AskAsync<string[]>(rawMathematics));
        Assert.Empty(
            await page.AskAsync<string[]>(
                "() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"));
        Assert.Empty(await page.AskAsync<string[]>(unlabelled));
        Assert.Equal(1, await page.AskAsync<int>("() => document.querySelectorAll('h1').length"));
        Assert.Equal(1, await page.AskAsync<int>("() => document.querySelectorAll('main').length"));
    }

    /// <summary>Readers with a keyboard or a screen reader can use it: axe-core finds nothing serious, every question answered.</summary>
    public static async Task IsAccessibleAsync(WatchedPage page)
    {
        await page.Page.EvaluateAsync("() => document.querySelectorAll('.gate').forEach(gate => gate.classList.add('open'))");
        page.StopListening(); // axe-core loads the style sheets again, which a page on disk forbids
        var result = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(result.Violations.Where(found => found.Impact is "serious" or "critical")
            .Select(found => $"{found.Id}: {found.Nodes.Length} times, such as {found.Nodes[0].Html}"));
    }

    /// <summary>Nothing sticks out to the right: a phone would have to be scrolled sideways.</summary>
    public static async Task FitsAsync(WatchedPage page, int width) =>
        Assert.InRange(await page.AskAsync<int>("() => document.documentElement.scrollWidth"), 0, width);

    /// <summary>Links lead to files of the book and to anchors that are there; what they load, too.</summary>
    public static async Task LinksLeadSomewhereAsync(WatchedPage page, string folder)
    {
        foreach (string link in await page.AskAsync<string[]>(
            "() => [...document.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') || e.getAttribute('src')).filter(u "
                + "=> !/^(data:|https?:)/.test(u))"))
        {
            Assert.False(Path.IsPathRooted(link) || link.StartsWith("file:", StringComparison.Ordinal), link);
            string[] parts = link.Split('#');
            if (parts[0] != "")
                Assert.True(File.Exists(Path.Combine(folder, Uri.UnescapeDataString(parts[0]))), link);
            else
                Assert.True(await page.AskAsync<bool>($"() => document.getElementById(decodeURIComponent('{parts[1]}')) !== null"), link);
        }
    }

    /// <summary>Every slider, moved to its last frame, or to the first if it opens on the last, changes its figure.</summary>
    public static async Task<int> MoveSlidersAsync(WatchedPage page)
    {
        var sliders = await page.Page.QuerySelectorAllAsync("input[type=range][id$='-slider']");
        foreach (var slider in sliders)
        {
            string id = (await slider.GetAttributeAsync("id"))!.Replace("-slider", "", StringComparison.Ordinal);
            string picture =
                $"(() => {{ const f = document.getElementById('{id}'); return f.src || f.querySelector('.main-svg').innerHTML }})()";
            string before = await page.AskAsync<string>(picture);
            string frame = await slider.EvaluateAsync<string>(
                "s => { s.value = s.value === s.max ? s.min : s.max; "
                    + "s.dispatchEvent(new Event('input', { bubbles: true })); return s.value }");
            await page.Page.WaitForSelectorAsync($"[id='{id}'][data-frame='{frame}']",
                new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
            Assert.NotEqual(before, await page.AskAsync<string>(picture));
        }

        return sliders.Count;
    }

    private const string rawMathematics = """
        () => { const copy = document.querySelector('article').cloneNode(true);
          copy.querySelectorAll('pre, code, .math, .output').forEach(e => e.remove());
          return copy.textContent.match(/\$[^$\n]+\$|\\(frac|int|log|sum)\b/g) || [] }
        """;

    private const string unlabelled = """
        () => [...document.querySelectorAll('img, button, input, nav, [role=img], [role=region]')]
          .filter(e => !(e.getAttribute('aria-label') || e.hasAttribute('alt') || e.textContent.trim() || e.labels?.length))
          .map(e => e.outerHTML.slice(0, 100))
        """;
}
