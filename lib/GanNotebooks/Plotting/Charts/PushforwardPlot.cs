using GanNotebooks.Metrics;

namespace GanNotebooks.Plotting;

/// <summary>How a map carries a density from one axis to another: the generator of numbers, as in the lower half of Goodfellow's figure 1.</summary>
public static class PushforwardPlot
{
    private const double Share = 0.35; // of the map's width and height, for a density beside it
    private const double Gap = 0.06;

    /// <summary>
    /// The curve x = G(z). Each drawn z goes up to the curve and from there to the axis of x; the noise's density lies along the axis of z,
    /// that of the samples along the axis of x.
    /// </summary>
    /// <param name="title">One line above the chart.</param>
    /// <param name="z">Evenly spaced noise, ascending; the noise is uniform between the first and the last.</param>
    /// <param name="x">The sample of each.</param>
    /// <param name="samples">The histogram of many samples; it also says from where to where x is drawn.</param>
    public static Plot Of(string title, IReadOnlyList<double> z, IReadOnlyList<double> x, Histogram samples)
    {
        ArgumentNullException.ThrowIfNull(z);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(samples);
        var (low, high) = (samples.Middles[0] - samples.Width / 2, samples.Middles[^1] + samples.Width / 2);
        double wide = z[^1] - z[0], tall = high - low, left = z[0] - Gap * wide, bottom = low - Gap * tall;
        double[] edges = [.. samples.Middles.SelectMany(m => new[] { m - samples.Width / 2, m + samples.Width / 2 })];
        double scale = Share * wide / samples.Heights.Max();
        double[] heights = [.. samples.Heights.SelectMany(h => new[] { left - scale * h, left - scale * h })];
        return new Plot(title, "noise z", "sample x = G(z)")
            .Strokes("the way of a z", Ways(z, x, left, bottom))
            .Outline("density of z", [z[0], z[0], z[^1], z[^1]],
                [bottom, bottom - Share * tall / 2, bottom - Share * tall / 2, bottom], Role.Data)
            .Outline("density q of x", [left, .. heights, left], [edges[0], .. edges, edges[^1]], Role.Generator)
            .Line("x = G(z)", z, x, Role.Discriminator)
            .XTicks([z[0], (z[0] + z[^1]) / 2, z[^1]]).YTicks([.. Enumerable.Range((int)Math.Ceiling(low), (int)(high - low) + 1).Select(t => (double)t)])
            .XRange(left - (Share + Gap) * wide, z[^1] + Gap * wide).YRange(bottom - Share * tall / 2 - Gap * tall, high).Height(460);
    }

    private static IEnumerable<(double, double, double, double)> Ways(
        IReadOnlyList<double> z, IReadOnlyList<double> x, double left, double bottom) =>
        z.Zip(x, (from, to) => ((double, double, double, double)[])[(from, bottom, 0, to - bottom), (from, to, left - from, 0)])
            .SelectMany(way => way);
}
