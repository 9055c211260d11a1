using System.Globalization;
using Plotly.NET;
using Properties = DynamicObj.DynamicObj;

namespace GanNotebooks.Plotting;

/// <summary>The look that all charts share: transparent, in the page's colours, legend above, fonts that a projector shows.</summary>
internal static class PlotLayout
{
    private const double NarrowSpan = 200; // powers of ten alone would be one tick or two

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

    // 1, 2 and 5 times every power of ten.
    private static IEnumerable<double> Steps(double low, double high) =>
        from decade in Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 1)
        from digit in new[] { 1, 2, 5 }
        let at = Math.Round(digit * Math.Pow(10, decade), 10)
        where at >= low && at <= high
        select at;

    private static Properties Axis(PlotAxis axis)
    {
        var result = Plot.Of(
            ("title", Plot.Of(("text", axis.Title), ("standoff", 8))), ("automargin", true), ("gridcolor", "@grid"),
            ("zerolinecolor", "@grid"),
            ("linecolor", "@muted"), ("showline", true), ("ticks", "outside"), ("tickcolor", "@muted"));
        if (axis.Logarithmic)
        {
            result.SetProperty("type", "log");
            result.SetProperty("exponentformat", "power");
            result.SetProperty("dtick", 1);
            if (axis.Range is { } narrow && narrow.To < NarrowSpan * narrow.From)
            {
                double[] ticks = [.. Steps(narrow.From, narrow.To)];
                result.SetProperty("tickvals", ticks);
                result.SetProperty("ticktext", ticks.Select(t => t.ToString("0.#####", CultureInfo.InvariantCulture)).ToArray());
            }
        }
        else if (axis.Step is { } step)
        {
            result.SetProperty("dtick", step);
        }
        if (axis.Range is { } range)
            result.SetProperty("range", axis.Logarithmic ? [Math.Log10(range.From), Math.Log10(range.To)] : new[] { range.From, range.To });
        if (axis.TiedTo is { } other)
            result.SetProperty("scaleanchor", other);
        result.SetProperty("constrain", "domain"); // tied axes shrink the drawing, they do not widen a range that was asked for
        return result;
    }
}

/// <summary>One axis of a <see cref="Plot"/> under construction.</summary>
internal sealed class PlotAxis(string title)
{
    public string Title { get; } = title;

    public (double From, double To)? Range { get; set; }

    public bool Logarithmic { get; set; }

    /// <summary>Distance of labelled marks on an axis that is not logarithmic; null lets plotly choose.</summary>
    public double? Step { get; set; }

    public string? TiedTo { get; set; }
}
