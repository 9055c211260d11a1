using System.Text.Json.Nodes;
using Plotly.NET;
using Properties = DynamicObj.DynamicObj;

namespace GanNotebooks.Plotting;

/// <summary>
/// Builds a chart from curves, points, bars, bands and maps; <see cref="ToFigure"/> finishes it. The traces are Plotly.NET's.
/// <code>new Plot("Two densities", "x", "density").Curve("p", p.Density, -4, 4, Role.Data).ToFigure("a bell")</code>
/// </summary>
public sealed class Plot
{
    private const int CurvePoints = 401, HeadSize = 9, NoteGap = 6;

    private readonly List<Trace> traces = [];
    private readonly Dictionary<string, (Trace Trace, Style Style)> lines = [];
    private readonly List<(string Axis, double At, string Label)> marks = [];
    private readonly string title;
    private readonly PlotAxis xAxis, yAxis;
    private int height = 400, free, grouped, strips;
    private readonly List<Style> used = [];
    private bool overMap;

    /// <summary>Starts a chart.</summary>
    /// <param name="title">One line above the chart.</param>
    /// <param name="xTitle">Label of the horizontal axis, with its unit.</param>
    /// <param name="yTitle">Label of the vertical axis, with its unit.</param>
    public Plot(string title, string xTitle, string yTitle) =>
        (this.title, xAxis, yAxis) = (title, new PlotAxis(xTitle), new PlotAxis(yTitle));

    /// <summary>A line through the points (x, y).</summary>
    public Plot Line(string name, IEnumerable<double> x, IEnumerable<double> y, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var (style, xs, ys) = (NextStyle(name, role), x.ToArray(), y.ToArray());
        AddHalo(name, xs, ys, style);
        Add(Scatter(name, xs, ys, "lines"), ("line", LineOf(style)), ("legendgroup", name));
        lines.TryAdd(name, (traces[^1], style));
        return this;
    }

    /// <summary>The graph of a function between two points.</summary>
    public Plot Curve(string name, Func<double, double> f, double from, double to, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(f);
        double[] x = Enumerable.Range(0, CurvePoints).Select(i => from + (to - from) * i / (CurvePoints - 1)).ToArray();
        return Line(name, x, x.Select(f), role);
    }

    /// <summary>The graph of a function with the area between it and the horizontal axis shaded: an integral.</summary>
    public Plot Area(string name, Func<double, double> f, double from, double to, Role role = Role.Auto)
    {
        Curve(name, f, from, to, role);
        Set(traces[^1], [("fill", "tozeroy")]);
        return this;
    }

    /// <summary>A closed outline through the points (x, y), filled.</summary>
    public Plot Outline(string name, IEnumerable<double> x, IEnumerable<double> y, Role role = Role.Auto)
    {
        var style = NextStyle(name, role) with { Dash = "solid", Width = 1 };
        return Add(Scatter(name, x, y, "lines"), ("line", LineOf(style)), ("fill", "toself"), ("hoverinfo", "skip"));
    }

    /// <summary>Separate points (x, y). After a line with the same name they have its style, and one entry in the legend.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="x">Horizontal positions.</param>
    /// <param name="y">Vertical positions.</param>
    /// <param name="role">The role of the points.</param>
    /// <param name="size">Diameter in pixels.</param>
    /// <param name="errors">Half lengths of the whiskers, such as standard errors, in units of y; without, there are none.</param>
    public Plot Points(string name, IEnumerable<double> x, IEnumerable<double> y, Role role = Role.Auto, double size = 6,
        IEnumerable<double>? errors = null)
    {
        bool joined = lines.Remove(name, out var line);
        var style = joined && role == Role.Auto ? line.Style : NextStyle(name, role);
        var marker = Of(("color", style.Color), ("symbol", style.Symbol), ("size", size), ("opacity", overMap ? 1 : 0.75),
            ("line", Rim(style)));
        Add(Scatter(name, x, y, "markers"), ("marker", marker));
        if (errors is not null)
            Set(traces[^1], [Whiskers(errors, style.Color)]);
        if (joined)
            JoinInLegend(name, line.Trace, traces[^1], ("line", LineOf(style)), ("marker", marker));
        return this;
    }

    // A line and its points have one entry, which shows both.
    private void JoinInLegend(string name, Trace line, Trace points, params (string Name, object Value)[] looks)
    {
        double?[] nothing = [null];
        Set(line, [("showlegend", false)]);
        Set(points, [("showlegend", false), ("legendgroup", name)]);
        Add(Trace(name, "scatter", ("x", nothing), ("y", nothing), ("mode", "lines+markers")), [.. looks, ("legendgroup", name)]);
    }

    /// <summary>Rings around places, which hide neither a map nor points in them.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="x">Horizontal positions.</param>
    /// <param name="y">Vertical positions.</param>
    /// <param name="role">The role of the rings.</param>
    /// <param name="size">Diameter in pixels.</param>
    public Plot Rings(string name, IEnumerable<double> x, IEnumerable<double> y, Role role = Role.Auto, double size = 16)
    {
        var (style, xs, ys) = (NextStyle(name, role), x.ToArray(), y.ToArray());
        Properties Ring(string colour, double width) =>
            Of(("color", colour), ("symbol", "circle-open"), ("size", size), ("opacity", 1), ("line", Of(("width", width))));
        Add(Scatter(name, xs, ys, "markers"), ("marker", Ring("@paper", 5)), ("showlegend", false), ("hoverinfo", "skip"),
            ("legendgroup", name));
        return Add(Scatter(name, xs, ys, "markers"), ("marker", Ring(style.Color, 2.5)), ("legendgroup", name));
    }

    /// <summary>Bars of the given heights over labels.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="labels">A label for each bar.</param>
    /// <param name="heights">Heights.</param>
    /// <param name="role">The role of the bars.</param>
    /// <param name="errors">Half lengths of the whiskers, such as standard errors; without, there are none.</param>
    public Plot Bars(string name, IEnumerable<string> labels, IEnumerable<double> heights, Role role = Role.Auto,
        IEnumerable<double>? errors = null)
    {
        var style = NextStyle(name, role);
        var marker =
            Of(("color", style.Color), ("opacity", 0.85), ("pattern", Of(("shape", grouped++ % 2 == 0 ? "" : "/"), ("solidity", 0.35))));
        Add(Trace(name, "bar", ("x", labels.ToArray()), ("y", Rounded(heights))), ("marker", marker));
        if (errors is not null)
            Set(traces[^1], [Whiskers(errors, "@ink")]);
        return this;
    }

    /// <summary>Bars of a histogram: heights over the middles of equally wide bins.</summary>
    public Plot Histogram(string name, IEnumerable<double> middles, IEnumerable<double> heights, Role role = Role.Auto)
    {
        var style = NextStyle(name, role);
        return Add(
            Trace(name, "bar", ("x", Rounded(middles)), ("y", Rounded(heights))),
            ("marker", Of(("color", style.Color), ("opacity", 0.4), ("line", Of(("color", style.Color), ("width", 1))))));
    }

    /// <summary>Bars of a histogram of samples.</summary>
    public Plot Histogram(string name, Metrics.Histogram histogram, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return Histogram(name, histogram.Middles, histogram.Heights, role);
    }

    /// <summary>The strip between two curves, such as an error band.</summary>
    public Plot Band(string name, IEnumerable<double> x, IEnumerable<double> low, IEnumerable<double> high, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (style, xs) = (NextStyle(name, role), x.ToArray());
        var none = Of(("width", 0), ("color", style.Color)); // a fill takes the line's colour, much lighter (figures.js)
        Add(Scatter(name, xs, low, "lines"), ("line", none), ("showlegend", false), ("hoverinfo", "skip"));
        return Add(Scatter(name, xs, high, "lines"), ("line", none), ("fill", "tonexty"), ("hoverinfo", "skip"));
    }

    /// <summary>A line through the means of several values at each position, in a strip from the smallest of them to the largest.</summary>
    public Plot Spread(string name, IEnumerable<double> x, IEnumerable<IEnumerable<double>> values, Role role = Role.Auto)
    {
        var (style, xs, sets) = (NextStyle(name, role), x.ToArray(), values.Select(v => v.ToArray()).ToArray());
        var none = Of(("width", 0), ("color", style.Color));
        Add(Scatter(name, xs, sets.Select(v => v.Min()), "lines"), ("line", none), ("showlegend", false), ("hoverinfo", "skip"));
        Add(Scatter(name, xs, sets.Select(v => v.Max()), "lines"), ("line", none), ("fill", "tonexty"), ("showlegend", false),
            ("hoverinfo", "skip"));
        // Strips lie under all lines, or a later strip would drown an earlier line.
        var strip = traces.GetRange(traces.Count - 2, 2);
        traces.RemoveRange(traces.Count - 2, 2);
        traces.InsertRange(strips, strip);
        strips += 2;
        return Add(Scatter(name, xs, sets.Select(v => v.Average()), "lines"), ("line", LineOf(style)));
    }

    /// <summary>A line through the means of the values at each position, and a mark of the same style for each value.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="values">Positions and values, several for a position.</param>
    /// <param name="role">The role of the line.</param>
    public Plot Repeated(string name, IEnumerable<(double X, double Y)> values, Role role = Role.Auto)
    {
        var (style, all) = (NextStyle(name, role), values.ToArray());
        var means = all.GroupBy(v => v.X).OrderBy(g => g.Key).Select(g => (X: g.Key, Y: g.Average(v => v.Y))).ToArray();
        var marker = Of(("color", style.Color), ("symbol", style.Symbol), ("size", 8), ("opacity", 0.75), ("line", Rim(style)));
        Add(Scatter(name, means.Select(m => m.X), means.Select(m => m.Y), "lines"), ("line", LineOf(style)), ("legendgroup", name));
        return Add(Scatter(name, all.Select(v => v.X), all.Select(v => v.Y), "markers"), ("marker", marker), ("showlegend", false),
            ("legendgroup", name));
    }

    /// <summary>
    /// A map of values over a rectangle. Points, lines and paths that are drawn after it have rims, which every colour lets see.
    /// </summary>
    /// <param name="name">The name of the values with their unit, shown beside the colour scale.</param>
    /// <param name="x">Column positions, [columns].</param>
    /// <param name="y">Row positions, [rows].</param>
    /// <param name="values">Values, [rows][columns].</param>
    /// <param name="contours">Draws level lines instead of cells.</param>
    /// <param name="scale">Colours and range: dark to bright over all values, unless given.</param>
    public Plot Map(string name, IEnumerable<double> x, IEnumerable<double> y, IEnumerable<IEnumerable<double>> values,
        bool contours = false, MapScale? scale = null)
    {
        var bar = Of(("title", Of(("text", name), ("side", "right"))), ("thickness", 14), ("outlinewidth", 0));
        double?[][] rows = values.Select(row => Rounded(row)).ToArray();
        overMap = true;
        Add(Trace(name, contours ? "contour" : "heatmap", ("x", Rounded(x)), ("y", Rounded(y)), ("z", rows)),
            ("colorbar", bar), ("showlegend", false));
        Set(traces[^1], [.. (scale ?? new MapScale()).Properties(contours)]);
        return this;
    }

    /// <summary>Arrows from (x, y) along (dx, dy): a vector field.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="strokes">Tails and directions, in units of the axes.</param>
    /// <param name="role">The role of the arrows.</param>
    /// <param name="heads">Whether the strokes have heads; without, they are plain segments.</param>
    public Plot Strokes(string name, IEnumerable<(double X, double Y, double Dx, double Dy)> strokes, Role role = Role.Reference,
        bool heads = true)
    {
        ArgumentNullException.ThrowIfNull(strokes);
        var style = NextStyle(name, role) with { Dash = "solid" };
        var all = strokes.ToList();
        var x = all.SelectMany(s => new[] { s.X, s.X + s.Dx, double.NaN });
        var y = all.SelectMany(s => new[] { s.Y, s.Y + s.Dy, double.NaN });
        Add(Scatter(name, x, y, heads ? "lines+markers" : "lines"), ("line", LineOf(style)), ("hoverinfo", "skip"), ("opacity", 0.75));
        int[] sizes = all.SelectMany(_ => new[] { 0, HeadSize, 0 }).ToArray();
        var marker = Of(("size", sizes), ("color", style.Color), ("symbol", "arrow"), ("angleref", "previous"), // along the line as drawn
            ("opacity", 1.0), ("line", Of(("width", 0))));
        if (heads)
            Set(traces[^1], [("marker", marker)]);
        return this;
    }

    /// <summary>A line with a small dot at its start and a large one at its end: where something came from, and where it is now.</summary>
    public Plot Path(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var style = NextStyle(name, role) with { Dash = "solid" };
        int[] sizes = new int[x.Count];
        (sizes[0], sizes[^1]) = (6, 11);
        AddHalo(name, x, y, style);
        var marker = Of(("size", sizes), ("color", style.Color), ("symbol", style.Symbol), ("opacity", 1.0),
            ("line", Of(("width", 1), ("color", "@paper"))));
        return Add(Scatter(name, x, y, "lines+markers"), ("line", LineOf(style)), ("marker", marker));
    }

    /// <summary>A thin vertical line with a label, such as a start of a phase.</summary>
    public Plot Vertical(double x, string label) => With(() => marks.Add(("x", x, label)));

    /// <summary>A thin horizontal line with a label, such as a limit.</summary>
    public Plot Horizontal(double y, string label) => With(() => marks.Add(("y", y, label)));

    /// <summary>Fixes the horizontal range.</summary>
    public Plot XRange(double from, double to) => With(() => xAxis.Range = (from, to));

    /// <summary>Fixes the vertical range.</summary>
    public Plot YRange(double from, double to) => With(() => yAxis.Range = (from, to));

    /// <summary>The distance of labelled marks on the horizontal axis: 1 for what is counted.</summary>
    public Plot XStep(double step) => With(() => xAxis.Step = step);

    /// <summary>The labelled marks of the horizontal axis.</summary>
    public Plot XTicks(params double[] places) => With(() => xAxis.Ticks = places);

    /// <summary>Labels of the places 0, 1, 2, … of the horizontal axis: the columns of a comparison.</summary>
    public Plot XLabels(params IReadOnlyList<string> labels) =>
        With(() => (xAxis.Ticks, xAxis.Labels) = ([.. labels.Select((_, i) => (double)i)], [.. labels]));

    /// <summary>The labelled marks of the vertical axis.</summary>
    public Plot YTicks(params double[] places) => With(() => yAxis.Ticks = places);

    /// <summary>Logarithmic horizontal axis.</summary>
    public Plot LogX() => With(() => xAxis.Logarithmic = true);

    /// <summary>Logarithmic vertical axis.</summary>
    public Plot LogY() => With(() => yAxis.Logarithmic = true);

    /// <summary>One unit is equally long on both axes, for points in a plane.</summary>
    public Plot EqualAxes() => With(() => yAxis.TiedTo = "x");

    /// <summary>Height of the drawing in pixels; the width follows the page.</summary>
    public Plot Height(int pixels) => With(() => height = pixels);

    /// <summary>Finishes the chart.</summary>
    /// <param name="alt">A description in words, for readers who do not see the picture.</param>
    public Figure ToFigure(string alt) => new(title, alt, [Specification()], [""]);

    /// <summary>
    /// Finishes an animation: one chart per frame, a slider and a play button. Where no range is set, all frames share the vertical range
    /// and the colour range of a map.
    /// </summary>
    /// <param name="frames">A label (such as the training step) and a chart for each frame.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="start">The frame that is shown first and in print; negative numbers count from the end, −1 is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public static Figure Animate(IEnumerable<(string Label, Plot Plot)> frames, string alt, int start = 0)
    {
        var all = frames.ToList();
        if (all.Count == 0)
            throw new ArgumentException("an animation needs at least one frame", nameof(frames));
        JsonObject[] figures = [.. all.Select(f => f.Plot.Specification())];
        SharedRanges.ShareVertical(figures);
        SharedRanges.ShareColours(figures);
        return new Figure(all[^1].Plot.title, alt, figures, [.. all.Select(f => f.Label)], start);
    }

    /// <summary>The chart as plotly wants it.</summary>
    internal JsonObject Specification()
    {
        var notes = new PlotNotes([.. marks.Select(LineAt)], [.. marks.Select(NoteAt)],
            overMap ? [] : [.. marks.Where(m => m.Axis == "y").Select(m => m.Label)], marks.Exists(m => m.Axis == "x"));
        var layout = PlotLayout.Create(xAxis, yAxis, height, notes, legend: traces.Count > 1);
        var chart = GenericChart.setLayout(layout,
            GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(traces)));
        var json = PlotlyChartAdapter.Specification(chart);
        json["layout"]!["height"] = height;
        if (grouped > 1)
            json["layout"]!["barmode"] = "group"; // bars over labels stand side by side, those of histograms lie on each other
        DrawnDigits.Shorten(json);
        return json;
    }

    private static Properties LineAt((string Axis, double At, string Label) mark)
    {
        string other = mark.Axis == "x" ? "y" : "x";
        return Of(
            ("type", "line"), (mark.Axis + "0", mark.At), (mark.Axis + "1", mark.At), (other + "ref", "paper"), (other + "0", 0.0),
            (other + "1", 1.0),
            ("line", Of(("color", "@muted"), ("dash", "dot"), ("width", 1.5))));
    }

    // Labels stand outside the curves: right of a horizontal line, above a vertical one. A map has its colour bar there.
    // On a logarithmic axis Plotly places a line by its value, but a note by its logarithm.
    private Properties NoteAt((string Axis, double At, string Label) mark)
    {
        var (axis, other) = mark.Axis == "x" ? (xAxis, "y") : (yAxis, "x");
        var place = mark.Axis == "x" ? ("center", "bottom", 0) : overMap ? ("right", "bottom", 0) : ("left", "middle", NoteGap);
        var (xAnchor, yAnchor, shift) = place;
        return Of(
            (mark.Axis, axis.Logarithmic ? Math.Log10(mark.At) : mark.At), (other, 1.0), (other + "ref", "paper"),
            ("text", PlotLayout.Wrapped(mark.Label)), ("align", "left"), ("showarrow", false), ("font", Of(("color", "@muted"))),
            ("xanchor", xAnchor), ("yanchor", yAnchor), ("xshift", shift));
    }

    private Plot With(Action change)
    {
        change();
        return this;
    }

    // Under a line over a map lies a wider one in the paper's colour.
    private void AddHalo(string name, IEnumerable<double> x, IEnumerable<double> y, Style style)
    {
        if (!overMap)
            return;
        var halo = Of(("color", "@paper"), ("width", style.Width + 3));
        Add(Scatter(name, x, y, "lines"), ("line", halo), ("showlegend", false), ("hoverinfo", "skip"), ("legendgroup", name));
    }

    // Paper around ink is seen on every colour of a map.
    private Properties Rim(Style style) => Of(("width", overMap ? 1.5 : 1), ("color", overMap ? "@paper" : style.Color));

    private Style NextStyle(string name, Role role)
    {
        var style = role != Role.Auto ? Style.For(role, 0) : (NamedStyles.Find(name) ?? Style.NextFree(free++, used)).Beside(used);
        used.Add(style);
        return style;
    }

    private Plot Add(Trace trace, params (string Name, object Value)[] properties)
    {
        Set(trace, properties);
        traces.Add(trace);
        return this;
    }

    private static Trace Scatter(string name, IEnumerable<double> x, IEnumerable<double> y, string mode) =>
        Trace(name, "scatter", ("x", Rounded(x)), ("y", Rounded(y)), ("mode", mode));

    private static Trace Trace(string name, string type, params (string, object)[] properties)
    {
        var trace = new Trace2D(type);
        Set(trace, [("name", name), .. properties]);
        return trace;
    }

    private static Properties LineOf(Style style) => Of(("color", style.Color), ("dash", style.Dash), ("width", style.Width));

    private static (string, object) Whiskers(IEnumerable<double> errors, string colour) =>
        ("error_y", Of(("type", "data"), ("array", Rounded(errors)), ("color", colour), ("thickness", 1.5)));

    internal static Properties Of(params (string Name, object Value)[] properties)
    {
        var result = new Properties();
        Set(result, properties);
        return result;
    }

    private static void Set(Properties target, (string Name, object Value)[] properties)
    {
        foreach (var (name, value) in properties)
            target.SetProperty(name, value);
    }

    // Seven digits draw the same picture as seventeen; NaN (a gap) becomes null, which plotly leaves out.
    private static double?[] Rounded(IEnumerable<double> values) =>
        [.. values.Select(v => double.IsFinite(v) ? double.Parse(v.ToString("G7", Invariant), Invariant) : (double?)null)];

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;
}
