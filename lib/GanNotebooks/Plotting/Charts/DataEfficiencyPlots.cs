using GanNotebooks.Metrics;
using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>What D knows of its training images, and quality against the number of images, as figures and tables.</summary>
public static class DataEfficiencyPlots
{
    private const int Bins = 40;
    private const double Outlying = 0.002; // on either side, left out of the picture

    /// <summary>Histograms of D's logits on three kinds of images over one axis.</summary>
    /// <param name="title">The title.</param>
    /// <param name="training">Logits on training images.</param>
    /// <param name="heldOut">Logits on held-out images.</param>
    /// <param name="generated">Logits on generated images.</param>
    public static Plot Logits(string title, IReadOnlyList<double> training, IReadOnlyList<double> heldOut,
        IReadOnlyList<double> generated)
    {
        double[] all = [.. training.Concat(heldOut).Concat(generated).Order()];
        double from = all[(int)(Outlying * all.Length)], to = all[^(1 + (int)(Outlying * all.Length))];
        if (!(from < to))
            (from, to) = (from - 1, to + 1); // a discriminator that gives all images one logit
        Histogram Of(IEnumerable<double> logits) => Histogram.Of(logits, from, to, Bins);
        return new Plot(title, "logit of D, high on real", "density")
            .Histogram("training images", Of(training), Role.Data)
            .Histogram("held-out images", Of(heldOut), Role.Discriminator)
            .Histogram("generated images", Of(generated), Role.Generator);
    }

    /// <summary>A quantity at the end of each run against n: a line through the means over the seeds, and a mark for each seed. The
    /// line has a gap where a method has no run at an n that others have.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="title">The title.</param>
    /// <param name="unit">Name and unit of the quantity.</param>
    /// <param name="quantity">The quantity.</param>
    public static Plot ToPlot(this IEnumerable<RecordedDataEfficiency> runs, string title, string unit,
        Func<DataEfficiencyEvaluation, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(quantity);
        var all = runs.ToList();
        double[] counts = [.. all.Select(r => (double)r.Count).Distinct().Order()];
        var plot = new Plot(title, "training images n", unit).LogX();
        foreach (var method in all.GroupBy(r => r.Method))
        {
            var values = method.Select(r => (X: (double)r.Count, Y: quantity(r.End))).ToList();
            var missing = counts.Except(values.Select(v => v.X)).Select(n => (n, double.NaN)); // a gap of the line
            plot.Repeated(method.Key, values.Concat(missing));
        }
        return plot;
    }

    /// <summary>One row for each method, one column for each n; the quantity at the end of each seed's run.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="quantity">The quantity.</param>
    /// <param name="format">Format of a number.</param>
    public static Table ToTable(this IEnumerable<RecordedDataEfficiency> runs, string caption,
        Func<DataEfficiencyEvaluation, double> quantity, string format = "F1")
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(quantity);
        var all = runs.ToList();
        int[] counts = [.. all.Select(r => r.Count).Distinct().Order()];
        var table = new Table(caption, ["method", .. counts.Select(n => FormattableString.Invariant($"n = {n:N0}"))]);
        foreach (var method in all.GroupBy(r => r.Method))
        {
            table.Row([method.Key, .. counts.Select(n => (object)string.Join("  ", method.Where(r => r.Count == n).OrderBy(r => r.Seed)
                .Select(r => quantity(r.End).ToString(format, System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty("—")))]);
        }
        return table;
    }
}
