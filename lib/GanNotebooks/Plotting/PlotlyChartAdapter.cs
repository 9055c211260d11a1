using System.Text.Json.Nodes;
using Plotly.NET;

namespace GanNotebooks.Plotting;

/// <summary>Shows a reader's own Plotly.NET chart as a <see cref="Figure"/>: offline, and as wide as the page.</summary>
public static class PlotlyChartAdapter
{
    /// <summary>Plotly.NET's chart type.</summary>
    internal static Type ChartType => typeof(GenericChart);

    /// <summary>Converts a Plotly.NET chart to a figure.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="title">One line above it.</param>
    /// <param name="alt">A description in words.</param>
    public static Figure ToFigure(this GenericChart chart, string title = "", string alt = "A chart made with Plotly.NET") =>
        new(title, alt, [Specification(chart)], [""]);

    /// <summary>The HTML of a chart, for the notebook host.</summary>
    internal static string ToHtml(object chart) => ((GenericChart)chart).ToFigure().ToHtml();

    /// <summary>
    /// Plotly's JSON for a chart, without the fixed size that would crop it. What the reader left open takes the colours of the page:
    /// Plotly.NET's own default is a white paper, which a dark editor shows as a bright box.
    /// </summary>
    internal static JsonObject Specification(GenericChart chart)
    {
        var json = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        json.Remove("frames");
        if (json["layout"] is JsonObject layout)
        {
            layout.Remove("width");
            layout.Remove("height");
            TakeColoursOfThePage(layout);
        }
        return json;
    }

    private static void TakeColoursOfThePage(JsonObject layout)
    {
        layout.TryAdd("paper_bgcolor", "rgba(0,0,0,0)");
        layout.TryAdd("plot_bgcolor", "rgba(0,0,0,0)");
        Child(layout, "font").TryAdd("color", "@ink");
        string[] axes = [.. layout.Select(p => p.Key).Where(k => k.StartsWith("xaxis", StringComparison.Ordinal)
            || k.StartsWith("yaxis", StringComparison.Ordinal)), "xaxis", "yaxis"];
        foreach (string axis in axes.Distinct())
        {
            foreach (string line in (string[])["gridcolor", "zerolinecolor", "linecolor"])
                Child(layout, axis).TryAdd(line, "@grid");
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }
}
