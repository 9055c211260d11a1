using System.Globalization;
using Plotly.NET;
using Properties = DynamicObj.DynamicObj;

namespace GanNotebooks.Plotting;

/// <summary>The look that all charts share: transparent, in the page's colours, legend above, fonts that a projector shows.</summary>
internal static class PlotLayout
{
    private const double NarrowSpan = 200; // powers of ten alone would be one tick or two

    private const int LongestLine = 14, Character = 8, LineHeight = 24;

    public static Layout Create(PlotAxis x, PlotAxis y, int height, PlotNotes notes, bool legend)
    {
        var layout = new Layout();
        double top = 1.02 + (notes.Above ? (double)LineHeight / (height - 80) : 0);
        var above = Plot.Of(("orientation", "h"), ("x", 0.0), ("xanchor", "left"), ("y", top), ("yanchor", "bottom"));
        int longest = notes.Right.SelectMany(label => Wrapped(label).Split("<br>")).Select(line => line.Length).DefaultIfEmpty(0).Max();
        int right = longest == 0 ? 20 : 14 + Character * longest;
        (string Name, object Value)[] properties =
        [
            ("height", height), ("xaxis", Axis(x)), ("yaxis", Axis(y)), ("showlegend", legend), ("legend", above),
            ("paper_bgcolor", "rgba(0,0,0,0)"), ("plot_bgcolor", "rgba(0,0,0,0)"), ("font", Plot.Of(("color", "@ink"), ("size", 14))),
            ("margin", Plot.Of(("l", 60), ("r", right), ("t", notes.Above ? 30 + LineHeight : 30), ("b", 50))), ("hovermode", "closest"),
            ("shapes", notes.Lines.ToArray()), ("annotations", notes.Labels.ToArray()), ("barmode", "overlay"),
            ("meta", "gan"), // figures.js fits sizes of what we drew, not of a reader's own
        ];
        foreach (var (name, value) in properties)
            layout.SetProperty(name, value);
        return layout;
    }

    /// <summary>A label in lines that a margin holds.</summary>
    public static string Wrapped(string label) => label.Split(' ').Aggregate((text, word) =>
        text.Length - Math.Max(0, text.LastIndexOf('>') + 1) + word.Length < LongestLine ? $"{text} {word}" : $"{text}<br>{word}");

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
        else if (axis.Ticks is { } places)
        {
            result.SetProperty("tickvals", places);
            if (axis.Labels is { } labels)
                result.SetProperty("ticktext", labels.Select(Wrapped).ToArray());
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

/// <summary>Lines across a plot and their labels.</summary>
/// <param name="Lines">Plotly's shapes.</param>
/// <param name="Labels">Plotly's annotations.</param>
/// <param name="Right">The labels that stand in the right margin.</param>
/// <param name="Above">Whether labels stand above the drawing, under the legend.</param>
internal sealed record PlotNotes(
    IReadOnlyList<Properties> Lines, IReadOnlyList<Properties> Labels, IReadOnlyList<string> Right, bool Above);

/// <summary>One axis of a <see cref="Plot"/> under construction.</summary>
internal sealed class PlotAxis(string title)
{
    public string Title { get; } = title;

    public (double From, double To)? Range { get; set; }

    public bool Logarithmic { get; set; }

    /// <summary>Distance of labelled marks on an axis that is not logarithmic; null lets plotly choose.</summary>
    public double? Step { get; set; }

    /// <summary>Labelled marks on an axis that is not logarithmic; null lets plotly choose.</summary>
    public double[]? Ticks { get; set; }

    /// <summary>Texts of the <see cref="Ticks"/>; null for their numbers.</summary>
    public string[]? Labels { get; set; }

    public string? TiedTo { get; set; }
}
