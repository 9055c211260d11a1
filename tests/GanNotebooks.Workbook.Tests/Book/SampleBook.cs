using Microsoft.Playwright;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>
/// A small book with all that a page can have, made by a real run, and a browser to look at it; shared by the tests. Without a browser
/// the tests are skipped.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class SampleBook : IAsyncLifetime, ICollectionFixture<SampleBook>
{
    /// <summary>Tests of this collection share one book and one browser, and take turns.</summary>
    public const string Collection = "book";

    private const string opening = """
        # 90 · A sample of everything

        **Claim.** The best discriminator is $D^*(x) = \frac{p(x)}{p(x)+q(x)}$, with `p_data` written $p$.

        [Next](91-broken.ipynb)
        """;

    private const string mathematics = """
        ## The value $V(D, G)$

        $$
        V(D, G) = \int_x p(x) \log D(x) + q(x) \log\bigl(1 - D(x)\bigr)\,dx \quad\text{and a long one: } \sum_{i=1}^{100} \alpha_i \beta_i \gamma_i \delta_i
        $$

        | symbol | meaning |
        |---|---|
        | $p_g$ | the generator's density, in a table with a long line of text that must not widen the page |

        ### A third level

        <details><summary>Solution</summary>

        ```csharp
        var answer = 0.25; // $not a formula$
        ```

        </details>
        """;

    // Every kind of figure that the library has.
    private static readonly string[] figures =
    [
        "new Plot(\"Still\", \"x\", \"y\").Curve(\"square\", x => x * x, -1, 1, Role.Data).Curve(\"cube\", x => x * x * x, -1, "
            + "1).Horizontal(0.5, \"half\").ToFigure(\"two curves\")",
        "Plot.Animate(Enumerable.Range(1, 5).Select(i => ($\"step {i}\", new Plot(\"Moving\", \"x\", \"y\").Curve(\"line\", x => i * x, "
            + "-1, 1).Curve(\"none\", x => 0, -1, 1))), \"a line that turns\")",
        "double[] at = [-2, -1, 0, 1, 2];\nPlot Saddle(int i) => new Plot(\"Saddle\", \"x\", \"y\").Map(\"x times y\", at, at, "
            + "at.Select(y => at.Select(x => x * y + i * x))).EqualAxes();\nSaddle(1).ToFigure(\"a saddle\")",
        "Plot.Animate(Enumerable.Range(1, 4).Select(i => ($\"step {i}\", Saddle(i))), \"a saddle that grows\")",
        "Panels.Of(Saddle(1).Height(300).ToFigure(\"left\"), Saddle(2).Height(300).ToFigure(\"middle\"), new Plot(\"Bars\", \"x\", "
            + "\"y\").Bars(\"b\", [\"u\", \"v\"], [1, 2]).Height(300).ToFigure(\"right\"))",
        "Plotly.NET.CSharp.Chart.Line<double, double, string>([1, 2], [3, 4]).ToFigure(\"A reader's own\", \"a line\")",
        "ImageGrid.Frames(\"Pictures\", \"noise\", Enumerable.Range(0, 3).Select(i => ($\"step {i}\", rand(20, 1, 8, 8) * 2 - 1)), "
            + "scale: 3)",
        "new Table(\"A title that is several times as wide as the narrow table below it\", \"a\", \"b\").Row(1, 2)",
        "Check.Near(\"one is one\", 1, 1, 0.5, \"exact\").Near(\"two is three\", 3, 2, 0.5, \"off by 1\")",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly SemaphoreSlim starting = new(1);
    private IBrowser? browser;

    internal string Folder => Path.Combine(folder.Path, "out", "book");

    public async ValueTask InitializeAsync()
    {
        folder.Write("90-sample.ipynb", Of(
            Prose(opening), Code("#!import setup.csx"), Code("var lab = Lab.Open(\"90-sample\");"), Prose(mathematics),
            Code("new Plot(\"Still\", \"x\", \"y\").Curve(\"square\", x => x * x, -1, 1).ToFigure(\"a parabola\")"),
            Code("Plot.Animate(Enumerable.Range(1, 5).Select(i => ($\"step {i}\", new Plot(\"Moving\", \"x\", \"y\").Curve(\"line\", x "
                + "=> i * x, -1, 1))), \"a line that turns\")"),
            Prose("**Predict** whether one is one.\n\nWhat follows the question waits."),
            Prose("In a terminal, `dotnet run -c Release -- lab --preset learns` shows this live; `Check` does not."),
            Code("Check.Near(\"one is one\", 1, 1, 1e-12, \"exact\")"),
            Prose("## After the question\n\nA gradient vanishes where the discriminator is sure."),
            Code("for (var i = 0; i < 60; i++)\n    Console.WriteLine($\"a line of output with its number {i}, long enough to be wider "
                + "than a telephone and then some more of it\");"),
            Code("new[] { new { Name = \"a\", Value = 1.5 } }")));
        folder.Write("91-broken.ipynb", Of(Prose("# 91 · A cell that fails\n\n## What happens"), Code("#!import setup.csx"),
            Code("throw new InvalidOperationException(\"on purpose\");")));
        folder.Write("92-figures.ipynb",
            Of([Prose("# 92 · Figures\n\n## All kinds"), Code("#!import setup.csx"), Code("var lab = Lab.Open(\"92-figures\");"),
                .. figures.Select(Code)]));
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("out"), CancellationToken.None, "run", folder.Path,
            "--out", folder.File("out"));
        Assert.True(run.Report.Notebooks.Count == 3, run.Output + run.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        starting.Dispose();
        folder.Dispose();
    }

    /// <summary>Opens a page at a width; skips the test when there is no browser.</summary>
    /// <param name="file">The page.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="dark">What the system prefers.</param>
    /// <param name="drawn">Whether to wait until every figure is drawn; a hidden one is not.</param>
    /// <param name="answered">Whether what follows a question is shown at once.</param>
    /// <param name="height">Height of the window.</param>
    /// <param name="query">What follows the address.</param>
    internal async Task<WatchedPage> OpenAsync(string file, int width, bool dark = false, bool drawn = true, bool answered = false,
        int height = 900, string query = "")
    {
        var context = await (await BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (answered)
            await context.AddInitScriptAsync("localStorage.setItem('gan-notebooks-predict', 'tell')");
        return await WatchedPage.OpenAsync(await context.NewPageAsync(), file, drawn, query);
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await starting.WaitAsync();
        try
        {
            return browser ??= await Chromium.LaunchAsync();
        }
        finally
        {
            starting.Release();
        }
    }
}
