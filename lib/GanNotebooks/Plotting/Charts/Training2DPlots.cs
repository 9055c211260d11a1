using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>Figures of a run in the plane: generated points over the discriminator's opinion.</summary>
public static class Training2DPlots
{
    /// <summary>One moment: the map is D (blue: "generated", orange: "real"), dots are the centres of the data's modes, diamonds are generated.</summary>
    /// <param name="snapshot">The snapshot to draw.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="centres">Centres of the modes.</param>
    public static Plot Plot(this Snapshot2D snapshot, string title, IEnumerable<(double X, double Y)> centres)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var modes = centres.ToList();
        return new Plot(title, "x", "y")
            .Map("D(x)", snapshot.Axis, snapshot.Axis, snapshot.Discriminator, scale: MapScale.Probability)
            .Points("modes of the data", modes.Select(m => m.X), modes.Select(m => m.Y), Role.Data, size: 13)
            .Points("generated", snapshot.Samples.Select(s => s.X), snapshot.Samples.Select(s => s.Y), Role.Generator, size: 7)
            .XRange(snapshot.Axis[0], snapshot.Axis[^1]).YRange(snapshot.Axis[0], snapshot.Axis[^1]).EqualAxes().Height(520);
    }

    /// <summary>All moments, with a slider over the training step.</summary>
    /// <param name="snapshots">The snapshots, in order.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="centres">Centres of the modes.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public static Figure Animate(this IEnumerable<Snapshot2D> snapshots, string title, IEnumerable<(double X, double Y)> centres,
        string alt, int start = 0) =>
        Plotting.Plot.Animate(snapshots.Select(s => ($"step {s.Step}", s.Plot(title, centres))), alt, start);
}
