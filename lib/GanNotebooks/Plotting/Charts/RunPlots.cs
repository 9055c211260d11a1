using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Training;

namespace GanNotebooks.Plotting;

/// <summary>
/// Curves of one or several runs over each other, from their folders. Runs with the same settings and other seeds have one colour: a line
/// through their mean, in a strip from the smallest to the largest. The legend says what differs.
/// </summary>
public static class RunPlots
{
    private const int Windows = 60, LongestLabel = 60;

    /// <summary>Draws both losses of runs, one figure for each player.</summary>
    /// <param name="runs">The runs (<see cref="RunSummary.In"/>), at least one with a record.</param>
    /// <exception cref="DataFileException">A log cannot be read.</exception>
    /// <exception cref="ArgumentException">No run has a record.</exception>
    public static Panels LossFigures(this IReadOnlyList<RunSummary> runs) => Panels.Of(
        runs.CurveFigure(r => r.DiscriminatorLoss, "The discriminator's loss", "loss of D (nats)"),
        runs.CurveFigure(r => r.GeneratorLoss, "The generator's loss", "loss of G (nats)"));

    /// <summary>Draws one quantity of runs over their steps, each point the mean over a sixtieth of the run.</summary>
    /// <param name="runs">The runs (<see cref="RunSummary.In"/>), at least one with a record.</param>
    /// <param name="quantity">The quantity of a record.</param>
    /// <param name="title">One line above the figure.</param>
    /// <param name="axis">Label of the vertical axis, with its unit.</param>
    /// <exception cref="DataFileException">A log cannot be read.</exception>
    /// <exception cref="ArgumentException">No run has a record.</exception>
    public static Figure CurveFigure(this IReadOnlyList<RunSummary> runs, Func<HistoryRecord, double> quantity, string title, string axis)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return CurveFigure([.. RunGroup.Of(runs).Select(group =>
            (group.Label, (IReadOnlyList<History>)[.. group.Runs.Select(run => History.Read(run.Folder))]))], quantity, title, axis);
    }

    /// <summary>Draws one quantity of named histories over their steps, each point the mean over a sixtieth of the run.</summary>
    /// <param name="groups">Names in the legend, and the histories of each: one, or several of different seeds.</param>
    /// <param name="quantity">The quantity of a record.</param>
    /// <param name="title">One line above the figure.</param>
    /// <param name="axis">Label of the vertical axis, with its unit.</param>
    /// <exception cref="ArgumentException">No history has a record.</exception>
    public static Figure CurveFigure(IReadOnlyList<(string Label, IReadOnlyList<History> Histories)> groups,
        Func<HistoryRecord, double> quantity, string title, string axis)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(quantity);
        var shown = groups.Select(g => (g.Label, Histories: g.Histories.Where(h => h.Count > 0).ToList()))
            .Where(g => g.Histories.Count > 0).ToList();
        if (shown.Count == 0)
            throw new ArgumentException("no run has a record yet", nameof(groups));
        var plot = new Plot(title, "step (generator updates)", axis);
        var ends = new List<string>();
        foreach (var (label, histories) in shown)
        {
            string name = Name(label);
            var curves = histories.Select(h => Means(h, quantity)).ToList();
            var longest = curves.MaxBy(c => c.Count)!;
            bool alike = curves.Count > 1 && curves.All(c => c.Select(p => p.Step).SequenceEqual(longest.Select(p => p.Step)));
            if (alike)
                plot.Spread(name, longest.Select(p => p.Step), longest.Select((_, i) => curves.Select(c => c[i].Value)));
            else
                Lines(plot, name, curves);
            string seeds = curves.Count > 1 ? FormattableString.Invariant($" ({curves.Count} runs)") : "";
            ends.Add(FormattableString.Invariant($"{name}{seeds} ends at {curves.Average(c => c[^1].Value):G3}"));
        }
        return plot.ToFigure(string.Join("; ", ends) + ".");
    }

    // Runs of different lengths have no common points: one line for each, with gaps between, so that the legend has one entry.
    private static void Lines(Plot plot, string name, List<List<(double Step, double Value)>> curves)
    {
        var points = curves.SelectMany(c => c.Append((Step: double.NaN, Value: double.NaN))).SkipLast(1).ToList();
        plot.Line(name, points.Select(p => p.Step), points.Select(p => p.Value));
    }

    private static List<(double Step, double Value)> Means(History history, Func<HistoryRecord, double> quantity)
    {
        int size = Math.Max(1, (history.Count + Windows - 1) / Windows);
        return [.. history.Chunk(size).Select(part => ((double)part[^1].Step, part.Average(quantity)))];
    }

    // plotly reads tags in names; a folder may be called anything.
    private static string Name(string label)
    {
        string text = string.Concat(label.Select(letter =>
            letter switch { '<' => '‹', '>' => '›', _ when char.IsControl(letter) => ' ', _ => letter }));
        return text.Length <= LongestLabel ? text : text[..LongestLabel].TrimEnd() + "…";
    }
}
