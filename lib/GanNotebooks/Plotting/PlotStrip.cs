using System.Net;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// Small plots in one row, with one legend and one vertical scale: the stages of one story. A phone shows two in a row.
/// <code>PlotStrip.Of("Figure 1", "…", ("(a) a start", first), ("(b) D answers", second))</code>
/// </summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class PlotStrip : IShowable
{
    private const int Height = 250;
    private static int count;

    private readonly string title, alt;
    private readonly (string Label, JsonObject Figure)[] panels;

    private PlotStrip(string title, string alt, (string, JsonObject)[] panels) =>
        (this.title, this.alt, this.panels) = (title, alt, panels);

    /// <summary>Puts plots in a row.</summary>
    /// <param name="title">One line above.</param>
    /// <param name="alt">A description in words, shown below.</param>
    /// <param name="panels">A label and a plot for each; the plots' own titles are not shown.</param>
    /// <exception cref="ArgumentException">There are no plots.</exception>
    public static PlotStrip Of(string title, string alt, params (string Label, Plot Plot)[] panels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Length == 0)
            throw new ArgumentException("a row needs at least one plot", nameof(panels));
        (string, JsonObject Figure)[] all = [.. panels.Select(p => (p.Label, p.Plot.Specification()))];
        SharedRanges.ShareVertical([.. all.Select(p => p.Figure)]);
        SharedRanges.ShareColours([.. all.Select(p => p.Figure)]);
        foreach (var (_, figure) in all)
            MakeSmall(figure["layout"]!.AsObject());
        return new PlotStrip(title, alt, all);
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        string id = $"gan-strip-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        string columns = $"repeat(auto-fill,minmax(max(9em,calc((100% - {panels.Length - 1}em) / {panels.Length} - 1px)),1fr))";
        string row = string.Concat(panels.Select((p, i) => $"""
            <div style="min-width:0"><div>{WebUtility.HtmlEncode(p.Label)}</div><div id="{id}-{i}" role="img" aria-label="{WebUtility.HtmlEncode(p.Label)}" style="width:100%;min-height:1em"></div></div>
            """));
        string drawing = $"""
            <div id="{id}-key" style="display:flex;flex-wrap:wrap;gap:.1em 1.2em;font-size:.92em;margin:.3em 0"></div>
            <div style="display:grid;grid-template-columns:{columns};gap:.6em 1em;align-items:end">{row}</div>
            """;
        string plotly = PlotlyScript.ElementFor(panels.Select(p => p.Figure));
        string scripts = string.Concat(
            panels.Select((p, i) => FigureScript.Draw($"{id}-{i}", new SharedFrames([p.Figure]), [""], 0) + "\n"));
        return $"""
            {FigureHtml.Wrap(title, alt, drawing)}{plotly}
            <script>{FigureScript.DrawKey($"{id}-key", Key())}{scripts}</script>
            """;
    }

    /// <inheritdoc/>
    public string ToText() => $"[figure] {title}: {alt}";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    // The axes' titles would take a third of a small picture: the legend says them once.
    private IEnumerable<string[]> Key()
    {
        var shown = panels.SelectMany(p => p.Figure["data"]!.AsArray()).Where(t => (bool?)t!["showlegend"] != false);
        foreach (var trace in shown.DistinctBy(t => (string?)t!["name"]))
        {
            var line = trace!["line"];
            bool drawn = line is not null;
            string colour = (string?)(drawn ? line!["color"] : trace["marker"]?["color"]) ?? "@ink";
            string look = drawn ? (string?)line!["dash"] ?? "solid" : (string?)trace["marker"]?["symbol"] ?? "";
            yield return [(string?)trace["name"] ?? "", colour, look];
        }

        var layout = panels[0].Figure["layout"]!;
        yield return [$"across: {layout["xaxis"]!["title"]!["text"]}; up: {layout["yaxis"]!["title"]!["text"]}", "", ""];
    }

    private static void MakeSmall(JsonObject layout)
    {
        (layout["height"], layout["showlegend"]) = (Height, false);
        layout["margin"] = new JsonObject { ["l"] = 34, ["r"] = 8, ["t"] = 8, ["b"] = 28 };
        foreach (string axis in (string[])["xaxis", "yaxis"])
        {
            var copy = layout[axis]!.AsObject();
            copy["nticks"] = axis == "xaxis" ? 7 : 4;
            copy["automargin"] = false;
            copy["title"]!.AsObject()["standoff"] = 0;
        }

        layout["meta"] = "gan small"; // figures.js leaves the axes' titles out
    }
}
