using System.IO.Compression;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// plotly.js inside the notebook: figures draw with no network. Its bundle "cartesian" draws every figure of the library; a chart of
/// another kind, which only a reader makes, brings the whole library instead. Both are packed, and the page unpacks them.
/// </summary>
public static class PlotlyScript
{
    private static readonly Lazy<string> Small = new(() => Loader("Plotly", ReadSmall()));
    private static readonly Lazy<string> All = new(() => Loader("PlotlyWhole", PackWhole()));

    // Of the library's own charts, and of Plotly.NET's that need no more.
    private static readonly HashSet<string> Cartesian =
    [
        "bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter", "scatterternary",
        "violin",
    ];

    private static Given given;

    private enum Given
    {
        Nothing,
        Small,
        Whole,
    }

    /// <summary>
    /// The script (0.5 MB of JavaScript). It defines <c>window.Plotly</c> once, some 50 ms later, and hides from module loaders
    /// (Jupyter's, VS Code's) that would take it for a module and leave nothing behind.
    /// </summary>
    public static string Text => Small.Value;

    /// <summary>The script of the whole library (1.5 MB). It takes the place of the bundle.</summary>
    internal static string WholeText => All.Value;

    /// <summary>Whether the runner has the scripts of figures: an executed notebook then holds one copy, before its first figure.</summary>
    internal static bool IsWithTheRunner { get; private set; }

    /// <summary>
    /// Begins a session. .NET Interactive gets the script at once, as an output of the cell that opens the lab: a reader who runs the cell
    /// of the first figure again would otherwise replace the only copy, and the saved notebook would draw nothing. Other hosts get it with
    /// the first figure.
    /// </summary>
    internal static void Begin()
    {
        IsWithTheRunner = false;
        given = NotebookHost.Kind == HostKind.DotNetInteractive && NotebookHost.Show(new HtmlFragment(Element(Text), "")).IsLive
            ? Given.Small : Given.Nothing;
    }

    /// <summary>
    /// The script as an HTML element the first time in a session, an empty string afterwards. A chart that needs the whole library
    /// brings it each time: its cell may run again.
    /// </summary>
    /// <param name="figures">Plotly figures: JSON objects with data and layout.</param>
    internal static string ElementFor(IEnumerable<JsonObject> figures)
    {
        bool whole = figures.SelectMany(f => f["data"]!.AsArray()).Any(t => !Cartesian.Contains((string?)t!["type"] ?? "scatter"));
        if (!whole && given != Given.Nothing || whole && given == Given.Whole)
            return "";
        string script = whole ? WholeText : Text;
        IsWithTheRunner = NotebookHost.Record("Script", FigureScript.Definition + script);
        given = whole && IsWithTheRunner ? Given.Whole : Given.Small;
        return IsWithTheRunner ? "" : Element(script);
    }

    private static string Element(string script) => $"<script>{script}</script>";

    // A browser unpacks without blocking the page. The guard is looked at twice: another copy may have been faster.
    private static string Loader(string guard, byte[] packed) => $$"""
        if(!window.{{guard}})(function(packed){
        var bytes=Uint8Array.from(atob(packed),function(c){return c.charCodeAt(0)});
        new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then(function(code){
        if(window.{{guard}})return;
        var script=document.createElement("script");
        script.textContent="(function(define,module,exports){"+code+"\n}).call(window);window.{{guard}}=window.Plotly";
        document.head.appendChild(script).remove()})
        })("{{Convert.ToBase64String(packed)}}")
        """;

    private static byte[] ReadSmall()
    {
        using var stream = typeof(PlotlyScript).Assembly.GetManifestResourceStream("plotly-cartesian.min.js.gz")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] PackWhole()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        string name = assembly.GetManifestResourceNames()
            .Single(n => n.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && n.EndsWith(".min.js", StringComparison.Ordinal));
        using var bytes = new MemoryStream();
        using (var stream = assembly.GetManifestResourceStream(name)!)
        using (var packing = new GZipStream(bytes, CompressionLevel.SmallestSize))
            stream.CopyTo(packing);
        return bytes.ToArray();
    }
}
