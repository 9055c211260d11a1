using System.Text.Json;

namespace GanNotebooks.Experiments;

/// <summary>
/// The settings of a sweep beside each other, by one measure: robust means over the seeds, their intervals, and the comparison with the
/// first setting. It is a function of the results, so that the same results give the same table, byte for byte.
/// </summary>
/// <param name="Measure">The measure.</param>
/// <param name="Budget">Number of runs for the column of the expected best.</param>
/// <param name="Rows">The settings in the order of the manifest.</param>
/// <param name="Search">Expected best of 1, 2, 3, … settings that are tried at random, each judged by its median; empty without
/// results.</param>
/// <param name="Runs">Number of runs of the sweep.</param>
public sealed record SweepTable(
    RunMeasure Measure, int Budget, IReadOnlyList<SweepRow> Rows, IReadOnlyList<double> Search, int Runs)
{
    /// <summary>Number of runs for the column of the expected best, if nobody names another.</summary>
    public const int UsualBudget = 3;

    /// <summary>Computes the table.</summary>
    /// <param name="folder">The sweep, finished or not.</param>
    /// <param name="measure">Name of the measure; null for the measure of successive halving, or else for the most telling one that the
    /// runs have.</param>
    /// <param name="budget">Number of runs for the column of the expected best.</param>
    /// <exception cref="ArgumentException">No run has this measure. The message lists those that they have.</exception>
    /// <exception cref="SweepException">No run is finished.</exception>
    public static SweepTable Of(SweepFolder folder, string? measure = null, int budget = UsualBudget)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        var results = Sweep.Results(folder);
        if (results.Count == 0)
            throw new SweepException($"{folder.Path} has no finished run yet. `sweep run` computes them.");
        var chosen = Chosen(folder, results, measure);
        bool lower = chosen.HigherIsBetter is not true;
        var bySetting = folder.Manifest.Runs.Zip(folder.Manifest.Runs.Select(folder.ResultOf))
            .Where(pair => pair.Second is not null).ToLookup(pair => pair.First.Setting, pair => pair.Second!);
        double[] first = Values(bySetting[0]);
        SweepRow[] rows = [.. folder.Manifest.Settings.Select((setting, s) => Row(setting.Name, s, [.. bySetting[s]]))];
        double[] medians = [.. rows.Where(row => row.Median is not null).Select(row => row.Median!.Value)];
        return new SweepTable(chosen, budget, rows,
            [.. Enumerable.Range(1, medians.Length).Select(k => SeedStatistics.ExpectedBest(medians, k, lower))],
            folder.Manifest.Runs.Count);

        double[] Values(IEnumerable<RunResult> found) =>
            [.. found.Where(r => r.Measures.ContainsKey(chosen.Name)).Select(r => r.Measures[chosen.Name]).Where(double.IsFinite)];

        SweepRow Row(string name, int s, RunResult[] found)
        {
            double[] values = Values(found);
            var row = new SweepRow(s, name, values.Length, found.Length - values.Length);
            if (values.Length == 0)
                return row with { Dropped = Dropped(folder, s) };
            bool compared = s > 0 && first.Length > 0;
            return row with
            {
                Median = SeedStatistics.Median(values),
                InterquartileMean = SeedStatistics.InterquartileMean(values),
                Interval = SeedStatistics.BootstrapInterval(values),
                BetterThanFirst = !compared ? null
                    : lower ? SeedStatistics.ProbabilityOfImprovement(first, values)
                        : SeedStatistics.ProbabilityOfImprovement(values, first),
                PermutationTest = compared ? SeedStatistics.PermutationTest(first, values) : null,
                ExpectedBest = SeedStatistics.ExpectedBest(values, Math.Min(budget, values.Length), lower),
            };
        }
    }

    /// <summary>The table as text of at most 100 columns.</summary>
    public override string ToString() => SweepTableText.Of(this);

    /// <summary>The table as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static RunMeasure Chosen(SweepFolder folder, IReadOnlyList<RunResult> results, string? measure)
    {
        RunMeasure[] there =
            [.. RunMeasures.All.Where(m => m.HigherIsBetter is not null && results.Any(r => r.Measures.ContainsKey(m.Name)))];
        measure ??= folder.Manifest.Plan.Halving?.Measure;
        if (there.Length == 0)
            throw new SweepException($"none of the {results.Count} finished runs of {folder.Path} has a measure; `sweep status` says why.");
        return measure is null
            ? there.FirstOrDefault(m => m.HigherIsBetter is false) ?? there[0]
            : there.FirstOrDefault(m => m.Name.Equals(measure, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
                $"no finished run has a measure '{measure}'; they have {string.Join(", ", there.Select(m => m.Name))}");
    }

    // The step at which successive halving left a setting out.
    private static int? Dropped(SweepFolder folder, int setting)
    {
        if (folder.Manifest.Plan.Halving is not { } halving || SweepRung.Of(folder).Settings.Contains(setting))
            return null;
        int rung = Enumerable.Range(0, halving.Rungs).First(r => !SweepRung.Of(folder, r + 1).Settings.Contains(setting));
        return halving.Step(rung, folder.Manifest.Plan.Base.Steps);
    }
}

/// <summary>One setting in a <see cref="SweepTable"/>.</summary>
/// <param name="Setting">Number of the setting.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Number of runs with the measure.</param>
/// <param name="Failed">Number of finished runs without it, because they failed.</param>
public sealed record SweepRow(int Setting, string Name, int Count, int Failed)
{
    /// <summary>Median over the seeds; null without runs, as all that follows.</summary>
    public double? Median { get; init; }

    /// <summary>Mean of the middle half of the runs.</summary>
    public double? InterquartileMean { get; init; }

    /// <summary>Bootstrap interval of the interquartile mean, 95 %.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>Probability that a run of this setting is better than one of the first setting; ties count half. Null for the
    /// first.</summary>
    public double? BetterThanFirst { get; init; }

    /// <summary>p of the permutation test of "the same as the first setting", for this comparison alone. Null for the first.</summary>
    public double? PermutationTest { get; init; }

    /// <summary>Expected best of a number of runs.</summary>
    public double? ExpectedBest { get; init; }

    /// <summary>Step at which successive halving left the setting out; null if it did not.</summary>
    public int? Dropped { get; init; }
}
