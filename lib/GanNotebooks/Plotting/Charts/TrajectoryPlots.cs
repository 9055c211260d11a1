using GanNotebooks.Theory;

namespace GanNotebooks.Plotting;

/// <summary>Curves of played games.</summary>
public static class TrajectoryPlots
{
    private const int PointsAtMost = 600;

    /// <summary>The distance from the equilibrium over the steps, on a logarithmic axis, one curve per path.</summary>
    /// <param name="paths">Names for the legend, and the paths.</param>
    /// <param name="title">One line above the chart.</param>
    public static Plot NormPlot(this IEnumerable<(string Name, GameTrajectory Path)> paths, string title)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var plot = new Plot(title, "step (alternating: round)", "distance from the equilibrium").LogY();
        foreach (var (name, path) in paths)
        {
            int stride = 1 + (path.Points.Count - 1) / PointsAtMost;
            var drawn = path.Norms.Index().Where(point => point.Index % stride == 0).ToArray();
            plot.Line(name, drawn.Select(point => (double)point.Index), drawn.Select(point => point.Item));
        }

        return plot;
    }
}
