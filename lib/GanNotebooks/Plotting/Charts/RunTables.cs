using System.Globalization;
using GanNotebooks.Experiments;
using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>Tables of runs, for notebooks, reports and the terminal.</summary>
public static class RunTables
{
    private const int Hour = 3600, Minute = 60, MostColumns = 6;

    /// <summary>One row for each run: data, model, progress, time, last losses.</summary>
    /// <param name="runs">The runs (<see cref="RunSummary.In"/>).</param>
    /// <param name="caption">One line above the table.</param>
    public static Table Overview(this IReadOnlyList<RunSummary> runs, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new Table(caption, "run", "data", "model", "seed", "steps", "state", "time", "loss of D", "loss of G", "last change (UTC)")
            .Rows(runs, run =>
            [
                Plain(run.Name), Plain(run.Data), Plain(run.Model), run.Seed is { } seed ? Text(seed) : "–",
                run.Steps is { } steps ? $"{Text(run.Step)} of {Text(steps)}" : Text(run.Step),
                run.Status == RunStatus.Damaged ? $"damaged: {Plain(run.Fault)}" : run.Status.ToString().ToLowerInvariant(),
                Duration(run.Seconds), Loss(run.Last?.DiscriminatorLoss), Loss(run.Last?.GeneratorLoss),
                run.Changed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ]);
    }

    /// <summary>
    /// One row for each group of runs that differ in their seeds only (<see cref="RunGroup"/>), and one column for each measure: the
    /// interquartile mean of the runs with its 95 % bootstrap interval, or the value of a single run.
    /// </summary>
    /// <param name="runs">The runs (<see cref="RunSummary.In"/>).</param>
    /// <param name="caption">One line above the table.</param>
    public static Table MeasureTable(this IReadOnlyList<RunSummary> runs, string caption = "")
    {
        var groups = RunGroup.Of(runs);
        string[] measures = Measures(runs);
        return new Table(caption, ["setting", "runs", .. measures.Select(Title)]).Rows(groups, group =>
            [Plain(group.Label), Text(group.Runs.Count), .. measures.Select(measure => Cell(group.Values(measure)))]);
    }

    /// <summary>
    /// One row for each setting in which runs differ, and one column for each run; with more than six runs, for each group of runs that
    /// differ in their seeds only. Settings that follow from others, such as those of a model, stand last.
    /// </summary>
    /// <param name="runs">The runs (<see cref="RunSummary.In"/>).</param>
    /// <param name="caption">One line above the table.</param>
    public static Table DifferenceTable(this IReadOnlyList<RunSummary> runs, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(runs);
        var groups = RunGroup.Of(runs);
        var (shown, names) = runs.Count <= MostColumns
            ? (runs, runs.Select(run => run.Name)) : ([.. groups.Select(g => g.Runs[0])], groups.Select(g => g.ShortName));
        var isChosen = RunSummary.IsChosen(runs);
        return new Table(caption, ["setting", .. names.Select(Plain)]).Rows(
            RunSummary.Compare(shown).Different.Where(d => shown.Count == runs.Count || d.Name != nameof(TrainingRecipe.Seed))
                .OrderBy(d => !isChosen(d.Name)),
            d => [Plain(d.Name), .. d.Values.Select(Plain)]);
    }

    /// <summary>The names of all measures of some runs, in the order of <see cref="RunMeasures.All"/>; measures of others last.</summary>
    /// <param name="runs">The runs.</param>
    public static string[] Measures(IReadOnlyList<RunSummary> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var known = RunMeasures.All.Select(m => m.Name).ToList();
        return
        [
            .. runs.SelectMany(run => run.Measures.Keys).Distinct()
                .OrderBy(name => known.IndexOf(name) is var at && at < 0 ? int.MaxValue : at).ThenBy(name => name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Seconds as "12 s", "3:25 min" or "2:03 h"; "–" if they are not known.</summary>
    /// <param name="seconds">Seconds, or null.</param>
    public static string Duration(double? seconds) => seconds switch
    {
        null => "–",
        < 0 or double.NaN or > 1e9 => "–",
        < Minute => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value:F0} s"),
        < Hour => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / Minute}:{(int)seconds % Minute:D2} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / Hour)}:{(int)(seconds / Minute) % Minute:D2} h"),
    };

    private static string Title(string measure) =>
        RunMeasures.All.FirstOrDefault(m => m.Name == measure) is { } known
            ? known.Name + known.HigherIsBetter switch { true => " ↑", false => " ↓", null => "" }
            : Plain(measure);

    private static string Cell(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return values.Count == 0 ? "–" : Number(values[0]);
        var interval = SeedStatistics.BootstrapInterval(values);
        return $"{Number(SeedStatistics.InterquartileMean(values))} [{Number(interval.Low)}, {Number(interval.High)}]";
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Loss(double? value) => value is { } loss ? loss.ToString("F3", CultureInfo.InvariantCulture) : "–";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Names and settings come from folders of others.
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
