using GanNotebooks.Experiments;

namespace GanNotebooks.Plotting;

/// <summary>Settings side by side: every run, and what the runs of a setting say together.</summary>
public static class ComparisonPlots
{
    private const double HalfWidth = 0.22;

    /// <summary>
    /// A column for each setting: a point for each run, a ring at the interquartile mean and its 95 % bootstrap interval as a line.
    /// </summary>
    /// <param name="settings">Settings in the order of their columns, each with its name and the measure of each of its runs.</param>
    /// <param name="title">Title of the figure.</param>
    /// <param name="measure">Name of the measure, with its unit.</param>
    /// <exception cref="ArgumentException">A setting has no run, or a measure is not finite.</exception>
    public static Plot ToPlot(this IReadOnlyList<(string Name, IReadOnlyList<double> Values)> settings, string title, string measure)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var means = settings.Select(s => SeedStatistics.InterquartileMean(s.Values)).ToList();
        var intervals = settings.Select(s => SeedStatistics.BootstrapInterval(s.Values)).ToList();
        var points = settings.SelectMany((s, column) => s.Values.Select((value, run) => (X: At(column, run, s.Values.Count), Y: value)));
        // One line with gaps: a number that is none ends a stroke.
        var bars = intervals.SelectMany((interval, column) => new[]
        {
            ((double)column, interval.Low), (column, interval.High), (column, double.NaN),
        }).ToList();
        return new Plot(title, "", measure)
            .Points("a run", points, p => p.X, p => p.Y, Role.Generator, size: 8)
            .Line("95 % interval of the interquartile mean", bars.Select(b => b.Item1), bars.Select(b => b.Item2), Role.Generator)
            .Rings("interquartile mean", means.Select((_, column) => (double)column), means, Role.Reference, size: 18)
            .XLabels([.. settings.Select(s => s.Name)])
            .XRange(-0.5, settings.Count - 0.5);
    }

    // Beside one another, so that equal values are seen.
    private static double At(int column, int run, int count) => count < 2 ? column : column - HalfWidth + 2 * HalfWidth * run / (count - 1);
}
