namespace GanNotebooks.Plotting;

/// <summary>
/// The colours of a map. Without a middle they go from dark to bright (Cividis, the same to colour-blind eyes). With a middle they go from
/// blue through the paper's colour to orange; blue is the darker side, which tells the two apart in grey print.
/// <code>new MapScale(From: 0, To: 1, Middle: 0.5)</code>
/// </summary>
/// <param name="From">The value of the first colour; the smallest of the map when left out.</param>
/// <param name="To">The value of the last colour; the largest of the map when left out.</param>
/// <param name="Middle">The value that takes the neutral colour. It needs From and To around it.</param>
/// <param name="LowIsBright">Turns the scale round, for maps whose low values are the good ones.</param>
public sealed record MapScale(double? From = null, double? To = null, double? Middle = null, bool LowIsBright = false)
{
    private const int Levels = 10;
    private static readonly string[] Diverging = ["@cold", "@cool", "@neutral", "@warm", "@hot"];

    /// <summary>Probabilities: 0 blue, 1/2 neutral, 1 orange. All frames of an animation have the same colours.</summary>
    public static MapScale Probability { get; } = new(0, 1, 0.5);

    /// <summary>What a trace of Plotly's needs.</summary>
    /// <exception cref="ArgumentException">The range is empty, half given, or does not contain the middle.</exception>
    internal IEnumerable<(string Name, object Value)> Properties(bool contours)
    {
        if (From.HasValue != To.HasValue || From >= To)
            throw new ArgumentException($"a range goes from a smaller to a larger value, got {From} to {To}");
        yield return ("reversescale", LowIsBright);
        yield return ("colorscale", Middle is { } middle ? Around(middle) : "Cividis");
        if (From is not { } from || To is not { } to)
            yield break;
        yield return ("zmin", from);
        yield return ("zmax", to);
        if (contours)
            yield return ("contours", Plot.Of(("start", from), ("end", to), ("size", (to - from) / Levels)));
    }

    private object[][] Around(double middle)
    {
        if (From is not { } from || To is not { } to || middle <= from || middle >= to)
            throw new ArgumentException($"the middle {middle} must lie between From and To, got {From} and {To}");
        double m = (middle - from) / (to - from);
        double[] places = [0, m / 2, m, (1 + m) / 2, 1];
        return [.. places.Zip(Diverging, (place, colour) => new object[] { place, colour })];
    }
}
