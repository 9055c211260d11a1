using System.Globalization;
using GanNotebooks.Metrics;
using GanNotebooks.Training;

namespace GanNotebooks.Plotting;

/// <summary>Recorded runs as tables and figures.</summary>
public static class RecordedTables
{
    /// <summary>One row for each method and length: means over the seeds, with their standard errors.</summary>
    /// <param name="runs">Runs of one set-up.</param>
    /// <param name="caption">What they share.</param>
    public static Table ToTable(this IEnumerable<RecordedRun> runs, string caption)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var table = new Table(caption, "method", "steps", "seeds", "captured", "occupied (≥ 2 %)", "high quality", "reverse KL");
        foreach (var (method, steps, group) in ByMethod(runs))
        {
            table.Row(
                method.Name, steps, group.Length,
                Mean(group, c => c.Captured, "F1"), Mean(group, c => c.Occupied, "F1"), Mean(group, c => c.HighQuality, "F3"), Mean(group, c => c.ReverseKL, "F4"));
        }
        return table;
    }

    /// <summary>How a quantity went on the way, as the mean over the seeds, a line for each method.</summary>
    /// <param name="runs">Runs of one set-up and length.</param>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="quantity">The quantity.</param>
    public static Plot Courses(this IEnumerable<RecordedRun> runs, Plot plot, Func<RecordedCoverage, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(plot);
        return ByMethod(runs).Aggregate(plot, (p, row) => p.Line(
            row.Method.Name, row.Runs[0].Course.Select(c => (double)c.Step), Enumerable.Range(0, row.Runs[0].Course.Count).Select(i => row.Runs.Average(r => quantity(r.Course[i])))));
    }

    private static IEnumerable<(CollapseMethod Method, int Steps, RecordedRun[] Runs)> ByMethod(IEnumerable<RecordedRun> runs) =>
        from run in runs
        group run by (run.Method, run.Steps) into g
        orderby CollapseMethod.All.ToList().FindIndex(m => m.Name == g.Key.Method), g.Key.Steps
        select (CollapseMethod.Named(g.Key.Method), g.Key.Steps, g.OrderBy(r => r.Seed).ToArray());

    private static string Mean(RecordedRun[] runs, Func<RecordedCoverage, double> quantity, string format)
    {
        string Show(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        if (runs.Length == 1)
            return Show(quantity(runs[0].End));
        var mean = Uncertain.Mean([.. runs.Select(r => quantity(r.End))]);
        return $"{Show(mean.Value)} ± {Show(mean.StandardError)}";
    }
}
