using System.Text.Json;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>What the figures of a page look like, asked of the page; each wait ends as soon as it is so.</summary>
internal static class FigureState
{
    private const float patience = 120_000;

    // Its height is near what was asked for (letters and figures grow with the page; squares shrink on a phone), its drawing as large as
    // itself, and it is as wide as the text around it.
    private const string settled = """
        heights => { const figures = [...document.querySelectorAll('.gan-figure [role=img]')];
          return figures.length === heights.length && figures.every((f, i) => { const svg = f.querySelector('.main-svg');
            return svg && f.clientHeight > 0.65 * heights[i] && f.clientHeight < 1.55 * heights[i] && f.clientWidth === f.parentElement.clientWidth && f.clientWidth > 100
              && svg.clientHeight === f.clientHeight && svg.clientWidth === f.clientWidth }) }
        """;

    // Contrast of every letter of the library's own figures, and of their controls, with the paper; WCAG's formula.
    private const string legible = """
        paper => { const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const light = c => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = c; pen.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b };
          const contrast = c => { const [x, y] = [light(c), light(paper)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05) };
          const own = [...document.querySelectorAll('.gan-figure')].filter(f => !f.textContent.includes("A reader's own"));
          const inks = own.flatMap(f => [...f.querySelectorAll('svg text')].map(t => getComputedStyle(t).fill));
          const buttons = own.flatMap(f => [...f.querySelectorAll('.gan-controls button')]);
          return inks.length > 40 && inks.every(c => contrast(c) >= 4.5) && buttons.length === 3
            && buttons.every(b => contrast(getComputedStyle(b).color) >= 4.5 && getComputedStyle(b).backgroundColor === 'rgba(0, 0, 0, 0)')
            && buttons.every(b => getComputedStyle(b.parentElement).colorScheme === (light(paper) > 0.5 ? 'light' : 'dark')) }
        """;

    /// <summary>Heights of the figures of <see cref="SampleBook"/>'s third notebook, in their order.</summary>
    public static readonly int[] Heights = [400, 400, 400, 400, 300, 300, 300, 450];

    public static Task AreSettledAsync(WatchedPage page) => AreAsync(page, settled, Heights);

    /// <summary>The heights of the figures, in their order.</summary>
    public static Task<int[]> HeightsAsync(WatchedPage page) =>
        page.AskAsync<int[]>("() => [...document.querySelectorAll('.gan-figure [role=img]')].map(f => f.clientHeight)");

    public static Task AreLegibleOnAsync(WatchedPage page, string paper) => AreAsync(page, legible, paper);

    /// <summary>Waits for a condition; where it does not come, says what the figures are like instead.</summary>
    public static async Task AreAsync(WatchedPage page, string condition, object? argument = null)
    {
        try
        {
            await page.Page.WaitForFunctionAsync(condition, argument, new() { Timeout = patience, PollingInterval = 100 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{condition}\nfor {JsonSerializer.Serialize(argument)} is not so: {await DescribeAsync(page)}");
        }
    }

    private static Task<string> DescribeAsync(WatchedPage page) => page.AskAsync<string>("""
        () => JSON.stringify([...document.querySelectorAll('.gan-figure [role=img]')].map(f => [f.clientWidth, f.clientHeight, f.querySelector('.main-svg')?.clientWidth,
          f.querySelector('.main-svg')?.clientHeight, [...new Set([...f.querySelectorAll('svg text')].map(t => getComputedStyle(t).fill))].join()]))
        """);
}
