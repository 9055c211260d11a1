using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Tests.Book;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>
/// What the released kernel hands to an editor, drawn in a browser with no network: figures of the library, and charts of a reader's own.
/// </summary>
[Collection(RealHosts.Collection)]
[Trait("Category", "Slow")]
[Trait("Category", "Hosts")]
public sealed class FiguresTests(RealHosts hosts, SampleBook browser) : IClassFixture<SampleBook>, IDisposable
{
    private const string setup = "#!import setup.csx";
    private const string open = "var lab = Lab.Open(\"figures\");";
    private const string package = "#r \"nuget: Plotly.NET.Interactive, 6.0.0\"";
    private const string chart = "Plotly.NET.CSharp.Chart.Line<double, double, string>(new double[] { 1, 2 }, new double[] { 3, 4 })";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Figures_OfANotebookAndAReadersChart_DrawAndAskForNothing()
    {
        hosts.NeedTools();
        string[] cells = [.. NotebookFile.Read(RealHosts.PathOf("05-global-optimum")).CodeCells.Select(cell => cell.Source)];
        int figures = cells.Count(cell => cell.Contains(".ToFigure(", StringComparison.Ordinal));

        Assert.InRange(figures, 4, 20);
        Assert.Equal(figures + 1, await DrawnAsync(await RunAsync(cells.Append(chart))));
    }

    // The package puts its own formatter in the place of the library's, one that loads plotly.js from a network; the library takes the
    // place back.
    [Fact]
    public async Task ReadersChart_AfterPlotlyNetInteractive_DrawsAndAsksForNothing()
    {
        hosts.NeedTools();

        Assert.Equal(1, await DrawnAsync(await RunAsync([setup, open, package, chart])));
    }

    [Fact]
    public async Task Open_AfterPlotlyNetInteractiveCameFirst_SaysWhereToPutIt()
    {
        hosts.NeedTools();
        var events = await RunAsync([package, setup, open]);

        Assert.Contains(events.SelectMany(e => e.Complaints),
            complaint => complaint.Contains("put that line after the cell #!import setup.csx", StringComparison.Ordinal));
    }

    private static async Task<List<KernelEvent>> RunAsync(IEnumerable<string> cells)
    {
        using var patience = HostProcess.Limited();
        await using var kernel = await StdioKernel.StartAsync(TestPaths.Repository.Notebooks, patience.Token);
        var events = new List<KernelEvent>();
        foreach (string cell in cells)
            events.AddRange(await kernel.SubmitAsync(cell, patience.Token));
        return events;
    }

    /// <summary>How many figures the page of all that was shown draws; it must complain of nothing and ask for nothing.</summary>
    private async Task<int> DrawnAsync(List<KernelEvent> events)
    {
        Assert.Empty(events.SelectMany(e => e.Complaints));
        string file = folder.Write("page.html", "<!doctype html><html data-ready><head><meta charset=\"utf-8\"></head><body>"
            + string.Concat(events.Select(e => $"<div>{e.Html}</div>")) + "</body></html>");
        var page = await browser.OpenAsync(file, 1200);
        Assert.Empty(page.Complaints);
        return await page.AskAsync<int>(
            "() => [...document.querySelectorAll('.gan-figure')].filter(f => "
                + "f.querySelector('.main-svg').getBoundingClientRect().height > 100).length");
    }
}
