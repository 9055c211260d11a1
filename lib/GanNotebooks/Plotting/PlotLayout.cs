using Plotly.NET;
using Properties = DynamicObj.DynamicObj;

namespace GanNotebooks.Plotting;

/// <summary>The look that all charts share: transparent, in the page's colours, legend above, fonts that a projector shows.</summary>
internal static class PlotLayout
{
    public static Layout Create(PlotAxis x, PlotAxis y, int height, List<Properties> shapes, List<Properties> annotations, bool legend)
    {
        var layout = new Layout();
        var above = Plot.Of(("orientation", "h"), ("x", 0.0), ("xanchor", "left"), ("y", 1.02), ("yanchor", "bottom"));
        (string Name, object Value)[] properties =
        [
            ("height", height), ("xaxis", Axis(x)), ("yaxis", Axis(y)), ("showlegend", legend), ("legend", above),
            ("paper_bgcolor", "rgba(0,0,0,0)"), ("plot_bgcolor", "rgba(0,0,0,0)"), ("font", Plot.Of(("color", "@ink"), ("size", 14))),
            ("margin", Plot.Of(("l", 60), ("r", 20), ("t", 30), ("b", 50))), ("hovermode", "closest"),
            ("shapes", shapes.ToArray()), ("annotations", annotations.ToArray()), ("barmode", "overlay"),
        ];
        foreach (var (name, value) in properties)
            layout.SetProperty(name, value);
        return layout;
    }

    private static Properties Axis(PlotAxis axis)
    {
        var result = Plot.Of(
            ("title", Plot.Of(("text", axis.Title), ("standoff", 8))), ("automargin", true), ("gridcolor", "@grid"), ("zerolinecolor", "@grid"),
            ("linecolor", "@muted"), ("showline", true), ("ticks", "outside"), ("tickcolor", "@muted"));
        if (axis.Logarithmic)
        {
            result.SetProperty("type", "log");
            result.SetProperty("exponentformat", "power");
            result.SetProperty("dtick", 1);
        }
        if (axis.Range is { } range)
            result.SetProperty("range", axis.Logarithmic ? [Math.Log10(range.From), Math.Log10(range.To)] : new[] { range.From, range.To });
        if (axis.TiedTo is { } other)
            result.SetProperty("scaleanchor", other);
        result.SetProperty("constrain", "domain"); // tied axes shrink the drawing, they do not widen a range that was asked for
        return result;
    }
}
