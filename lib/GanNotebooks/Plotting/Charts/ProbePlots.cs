using GanNotebooks.Metrics;

namespace GanNotebooks.Plotting;

/// <summary>Races of features as a table and a figure.</summary>
public static class ProbePlots
{
    private const double Margin = 1.2;

    /// <summary>Accuracy by kind of features and number of labels: mean over the seeds with its standard error.</summary>
    public static Table ToTable(this IEnumerable<ProbeResult> results, string caption)
    {
        ArgumentNullException.ThrowIfNull(results);
        var all = results.ToList();
        int[] budgets = [.. all.Select(r => r.Labels).Distinct().Order()];
        var table = new Table(caption, ["features", .. budgets.Select(b => FormattableString.Invariant($"{b:N0} labels"))]);
        foreach (var kind in all.GroupBy(r => r.Features))
            table.Row([kind.Key, .. budgets.Select(b => (object)Mean([.. kind.Where(r => r.Labels == b).Select(r => r.Accuracy)]))]);
        return table;
    }

    /// <summary>
    /// Error against number of labels, both on logarithmic axes; a line for each kind of features, the mean over the seeds.
    /// </summary>
    public static Plot ToPlot(this IEnumerable<ProbeResult> results, string title)
    {
        ArgumentNullException.ThrowIfNull(results);
        var plot = new Plot(title, "labelled images", "share of errors on test images").LogX().LogY();
        var lines = results.GroupBy(r => r.Features)
            .Select(kind => (Name: kind.Key, Points: kind.GroupBy(r => r.Labels).OrderBy(g => g.Key)
                .Select(g => (Labels: (double)g.Key, Error: g.Average(r => 1 - r.Accuracy))).ToList())).ToList();
        foreach (var (name, points) in lines)
            plot.Line(name, points.Select(p => p.Labels), points.Select(p => p.Error));
        var errors = lines.SelectMany(l => l.Points, (_, p) => p.Error).Where(e => e > 0).ToList();
        return errors.Count == 0 ? plot : plot.YRange(errors.Min() / Margin, errors.Max() * Margin);
    }

    private static string Mean(IReadOnlyCollection<double> values) => values.Count switch
    {
        0 => "—",
        1 => FormattableString.Invariant($"{values.First():P1}"),
        _ => FormattableString.Invariant($"{MeanWithError.Mean(values).Value:P1} ± {MeanWithError.Mean(values).StandardError:P1}"),
    };
}
