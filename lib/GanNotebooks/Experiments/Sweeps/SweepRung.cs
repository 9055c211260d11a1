namespace GanNotebooks.Experiments;

/// <summary>
/// The runs that a sweep has to compute next. Without successive halving these are all of them; with it, those of the settings that are
/// left. Settings drop out only when all runs of a rung have their results, so the state is a function of the results alone.
/// </summary>
/// <param name="Number">Number of the rung, from 0.</param>
/// <param name="Settings">Numbers of the settings that are left, in the order of the manifest.</param>
/// <param name="Runs">Their runs, in the order of the manifest.</param>
internal sealed record SweepRung(int Number, IReadOnlyList<int> Settings, IReadOnlyList<SweepRun> Runs)
{
    // Half of it may be added to half of it.
    private const double Worst = double.MaxValue / 4;

    /// <summary>The state of a sweep.</summary>
    public static SweepRung Of(SweepFolder folder) => Of(folder, int.MaxValue);

    /// <summary>The state of a sweep when it came to a rung, or the state now if it has not come there yet.</summary>
    public static SweepRung Of(SweepFolder folder, int number)
    {
        var manifest = folder.Manifest;
        int[] all = [.. Enumerable.Range(0, manifest.Settings.Count)];
        if (manifest.Plan.Halving is not { } halving)
            return new SweepRung(0, all, manifest.Runs);
        bool higher = RunMeasures.Named(halving.Measure).HigherIsBetter is true;
        for (int rung = 0; ; rung++)
        {
            var runs = manifest.Runs.Where(run => all.Contains(run.Setting)).ToList();
            if (rung == Math.Min(number, halving.Rungs - 1) || runs.Any(run => folder.ResultAt(run, rung) is null))
                return new SweepRung(rung, all, runs);
            // Equal scores: the earlier setting goes on.
            var order = runs.GroupBy(run => run.Setting)
                .Select(group => (Setting: group.Key, Score: Score([.. group.Select(run => folder.ResultAt(run, rung)!)], halving, higher)))
                .OrderBy(setting => setting.Score).ThenBy(setting => setting.Setting);
            all = [.. order.Take(halving.Kept(all.Length)).Select(setting => setting.Setting).Order()];
        }
    }

    // The smaller the better; a run that failed is worse than any other.
    private static double Score(IReadOnlyList<RunResult> results, SuccessiveHalving halving, bool higher) => SeedStatistics.Median(
        [.. results.Select(result => result.Failure is null && result.Measures.TryGetValue(halving.Measure, out double value)
            ? higher ? -value : value
            : Worst)]);
}
