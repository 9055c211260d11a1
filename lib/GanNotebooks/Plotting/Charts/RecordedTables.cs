using System.Globalization;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>Recorded runs as tables and figures.</summary>
public static class RecordedTables
{
    /// <summary>
    /// One row for each method and length: means over the seeds, with their standard errors. A length or a number of seeds that all rows
    /// share is in the caption.
    /// </summary>
    /// <param name="runs">Runs of one set-up.</param>
    /// <param name="caption">The caption of all images.</param>
    public static Table ToTable(this IEnumerable<RecordedRun> runs, string caption)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var rows = ByMethod(runs).ToList();
        int[] lengths = [.. rows.Select(r => r.Steps).Distinct()], seeds = [.. rows.Select(r => r.Runs.Length).Distinct()];
        string Shared(int[] values, string one, string several) =>
            values is [var value] ? string.Create(CultureInfo.InvariantCulture, $"; {value:N0} {(value == 1 ? one : several)}") : "";
        string[] varying = [.. lengths.Length > 1 ? ["steps"] : Array.Empty<string>(),
            .. seeds.Length > 1 ? ["seeds"] : Array.Empty<string>()];
        bool counted = rows.All(r => r.Runs.All(run => double.IsFinite(run.End.GoodReverseKL)));
        var table = new Table(caption + Shared(lengths, "step", "steps") + Shared(seeds, "seed", "seeds"),
            ["method", .. varying, "captured", "occupied (≥ 2 %)", "high quality", "reverse KL",
                .. counted ? ["… of good samples"] : Array.Empty<string>()]);
        foreach (var (method, steps, group) in rows)
        {
            object[] counts = [.. lengths.Length > 1 ? [steps] : Array.Empty<object>(),
                .. seeds.Length > 1 ? [group.Length] : Array.Empty<object>()];
            table.Row([method.Name, .. counts, Mean(group, c => c.Captured, "F1"), Mean(group, c => c.Occupied, "F1"),
                Mean(group, c => c.HighQuality, "F3"), Mean(group, c => c.ReverseKL, "F4"),
                .. counted ? [Mean(group, c => c.GoodReverseKL, "F4")] : Array.Empty<object>()]);
        }
        return table;
    }

    /// <summary>
    /// One row for each method and length, with the outcome of every seed instead of a mean: occupied modes, and high-quality shares.
    /// </summary>
    /// <param name="runs">Runs of one set-up.</param>
    /// <param name="caption">The caption of the table.</param>
    /// <param name="name">Title of the first column.</param>
    public static Table ToSeedTable(this IEnumerable<RecordedRun> runs, string caption, string name)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var table = new Table(caption, name, "steps", "occupied modes, seed by seed", "high-quality share, seed by seed");
        foreach (var (method, steps, group) in ByMethod(runs))
        {
            table.Row([method.Name, steps, string.Join("  ", group.Select(r => r.End.Occupied)),
                string.Join("  ", group.Select(r => r.End.HighQuality.ToString("F2", CultureInfo.InvariantCulture)))]);
        }
        return table;
    }

    /// <summary>The course of a quantity during the runs: the mean over the seeds, one line for each method.</summary>
    /// <param name="runs">Runs of one set-up and length.</param>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="quantity">The quantity.</param>
    public static Plot Courses(this IEnumerable<RecordedRun> runs, Plot plot, Func<RecordedCoverage, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(plot);
        return ByMethod(runs).Aggregate(plot, (p, row) => p.Line(
            row.Method.Name, row.Runs[0].Trajectory.Select(c => (double)c.Step),
            Enumerable.Range(0, row.Runs[0].Trajectory.Count).Select(i => row.Runs.Average(r => quantity(r.Trajectory[i])))));
    }

    private static IEnumerable<(CollapseMethod Method, int Steps, RecordedRun[] Runs)> ByMethod(IEnumerable<RecordedRun> runs) =>
        from run in runs
        group run by (run.Method, run.Steps) into g
        let row = Rows.FindIndex(m => m.HasName(g.Key.Method))
        orderby row, g.Key.Steps
        select (Rows[row], g.Key.Steps, g.OrderBy(r => r.Seed).ToArray());

    private static readonly List<CollapseMethod> Rows = [.. CollapseMethod.All, .. CollapseMethod.Rates];

    private static string Mean(RecordedRun[] runs, Func<RecordedCoverage, double> quantity, string format)
    {
        string Show(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        if (runs.Length == 1)
            return Show(quantity(runs[0].End));
        var mean = MeanWithError.Mean([.. runs.Select(r => quantity(r.End))]);
        return $"{Show(mean.Value)} ± {Show(mean.StandardError)}";
    }
}
