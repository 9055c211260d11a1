namespace GanNotebooks.Plotting;

/// <summary>Lines and points that are read from records: two quantities of each item.</summary>
public static class ItemPlots
{
    /// <summary>A line through one point for each item.</summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="name">Name in the legend.</param>
    /// <param name="items">Records, such as the evaluations of a run.</param>
    /// <param name="x">Horizontal position of an item.</param>
    /// <param name="y">Vertical position of an item.</param>
    /// <param name="role">What the line stands for.</param>
    public static Plot Line<T>(
        this Plot plot, string name, IEnumerable<T> items, Func<T, double> x, Func<T, double> y, Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var all = items.ToList();
        return plot.Line(name, all.Select(x), all.Select(y), role);
    }

    /// <summary>A separate point for each item.</summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="name">Name in the legend.</param>
    /// <param name="items">Records, such as the samples of a search.</param>
    /// <param name="x">Horizontal position of an item.</param>
    /// <param name="y">Vertical position of an item.</param>
    /// <param name="role">What the points stand for.</param>
    /// <param name="size">Diameter in pixels.</param>
    public static Plot Points<T>(
        this Plot plot, string name, IEnumerable<T> items, Func<T, double> x, Func<T, double> y, Role role = Role.Auto, double size = 6)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var all = items.ToList();
        return plot.Points(name, all.Select(x), all.Select(y), role, size);
    }

    /// <summary>A line for each group of runs: at each position the mean over the runs of the group.</summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="runs">Runs; those of one group have their points at the same positions.</param>
    /// <param name="group">Name of a run's group, for the legend; groups are drawn in the order in which they come.</param>
    /// <param name="trajectory">The points (x, y) of a run.</param>
    /// <param name="mean">The kind of mean; the arithmetic one when left out.</param>
    /// <exception cref="ArgumentException">The runs of a group have different numbers of points.</exception>
    public static Plot MeanLines<TRun>(
        this Plot plot, IEnumerable<TRun> runs, Func<TRun, string> group, Func<TRun, IEnumerable<(double X, double Y)>> trajectory,
        Func<IEnumerable<double>, double>? mean = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        mean ??= Enumerable.Average;
        foreach (var members in runs.GroupBy(group, trajectory))
        {
            (double X, double Y)[][] paths = [.. members.Select(points => points.ToArray())];
            if (paths.Any(path => path.Length != paths[0].Length))
            {
                throw new ArgumentException(
                    $"The runs of '{members.Key}' have {string.Join(", ", paths.Select(path => path.Length))} points; "
                    + "a mean needs the same number in each.", nameof(trajectory));
            }

            plot.Line(members.Key, paths[0].Select(point => point.X), paths[0].Select((_, i) => mean(paths.Select(path => path[i].Y))));
        }

        return plot;
    }
}
