using System.Globalization;

namespace GanNotebooks.Experiments;

/// <summary>Runs with the same settings, except for the seed: repetitions of one experiment.</summary>
/// <param name="Label">What distinguishes the group from the others: the settings that differ, or else the name of a run.</param>
/// <param name="Runs">The runs, in the given order.</param>
public sealed record RunGroup(string Label, IReadOnlyList<RunSummary> Runs)
{
    private const int LongestLabel = 80;

    // Neither is an axis of an experiment.
    private static readonly string[] NotGrouped = ["Seed"];

    /// <summary>The values of a measure of the runs that have it.</summary>
    /// <param name="measure">Name of the measure.</param>
    public IReadOnlyList<double> Values(string measure) =>
        [.. Runs.Select(run => run.Measures.TryGetValue(measure, out double value) ? value : double.NaN).Where(double.IsFinite)];

    /// <summary>What the group is called in the head of a narrow column: the name of its first run, and how many follow.</summary>
    public string ShortName => Runs.Count == 1 ? Runs[0].Name
        : string.Create(CultureInfo.InvariantCulture, $"{Runs[0].Name} and {Runs.Count - 1} more");

    /// <summary>Groups runs by their settings without the seed.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>The groups, in the order of their first runs, with different labels.</returns>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<RunSummary> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var groups = runs.GroupBy(Key).Select(group => group.ToList()).ToList();
        var isChosen = RunSummary.IsChosen(runs);
        var different = RunSummary.Compare([.. groups.Select(group => group[0])]).Different.Where(d => isChosen(d.Name)).ToList();
        var result = new List<RunGroup>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (groups.Count > 0 && Enumerable.Range(0, groups.Count).Any(i => Words(different, i, "").Length > LongestLabel))
            different = Telling([.. different.Where(d => !NotGrouped.Contains(d.Name))], groups.Count);
        for (int i = 0; i < groups.Count; i++)
        {
            string label = Words(different, i, groups[i][0].Name);
            for (int copy = 2; !taken.Add(label); copy++)
                label = string.Create(CultureInfo.InvariantCulture, $"{Words(different, i, groups[i][0].Name)} ({copy})");
            result.Add(new RunGroup(label, groups[i]));
        }
        return result;
    }

    // As few settings as tell all groups apart: a name that is cut may be that of several groups. The setting that splits most is first.
    private static List<(string Name, IReadOnlyList<string> Values)> Telling(
        List<(string Name, IReadOnlyList<string> Values)> different, int count)
    {
        var chosen = new List<(string Name, IReadOnlyList<string> Values)>();
        int apart = 1;
        while (apart < count)
        {
            var best = different.Except(chosen).MaxBy(d => Apart([.. chosen, d]));
            if (best.Values is null || Apart([.. chosen, best]) == apart)
                break;
            chosen.Add(best);
            apart = Apart(chosen);
        }
        return chosen;

        int Apart(IReadOnlyList<(string Name, IReadOnlyList<string> Values)> settings) => Enumerable.Range(0, count)
            .Select(group => string.Join('\n', settings.Select(d => d.Values[group]))).Distinct().Count();
    }

    private static string Key(RunSummary run) => string.Join('\n', run.Settings.Where(s => !NotGrouped.Contains(s.Key))
        .OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));

    // Data and model first, without their names. "–" stands for a setting that belongs to a part which this group does not have.
    private static string Words(IReadOnlyList<(string Name, IReadOnlyList<string> Values)> different, int group, string name)
    {
        var parts = different.Where(d => !NotGrouped.Contains(d.Name) && d.Values[group] != "–")
            .OrderBy(d => d.Name is not ("Data" or "Model"))
            .Select(d => d.Name is "Data" or "Model" ? d.Values[group] : $"{Short(d.Name)} {d.Values[group]}").ToList();
        string label = string.Join(", ", parts);
        return label.Length == 0 ? name : label.Length <= LongestLabel ? label : label[..LongestLabel].TrimEnd() + "…";
    }

    // "GeneratorOptimizer.LearningRate" would fill a legend.
    private static string Short(string name) => name
        .Replace("GeneratorOptimizer.", "G ", StringComparison.Ordinal).Replace("DiscriminatorOptimizer.", "D ", StringComparison.Ordinal);
}
