using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>Figures of a one-dimensional run, in the style of figure 1 of Goodfellow et al. (2014): p dotted, q solid, D dashed.</summary>
public static class Training1DPlots
{
    /// <summary>One moment: p, q, D, and the discriminator that would be best against this q, p/(p+q).</summary>
    /// <param name="snapshot">The snapshot to draw.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="pdf">The data density p.</param>
    public static Plot Plot(this Snapshot1D snapshot, string title, Func<double, double> pdf)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var q = snapshot.Generated;
        var best = q.Middles.Zip(q.Heights, (x, height) => Optimum(pdf(x), height));
        return new Plot(title, "x", "density; probability for D")
            .Histogram("q (generated)", q.Middles, q.Heights, Role.Generator)
            .Line("p (data)", snapshot.X, snapshot.X.Select(pdf), Role.Data)
            .Line("p/(p+q)", q.Middles, best, Role.Optimum)
            .Line("D", snapshot.X, snapshot.Discriminator, Role.Discriminator)
            .XRange(snapshot.X[0], snapshot.X[^1]).YRange(0, 1.05);
    }

    /// <summary>All moments, with a slider over the training step.</summary>
    /// <param name="snapshots">The snapshots, in order.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="pdf">The data density p.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public static Figure Animate(this IEnumerable<Snapshot1D> snapshots, string title, Func<double, double> pdf, string alt, int start = 0) =>
        Plotting.Plot.Animate(snapshots.Select(s => ($"step {s.Step}", s.Plot(title, pdf))), alt, start);

    // Where neither has mass, every D is equally good; a gap in the line says so.
    private static double Optimum(double p, double q) => p + q > 1e-3 ? p / (p + q) : double.NaN;
}
