using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Experiments;

/// <summary>
/// The results of a finished sweep in one file, for a notebook that shows them: a row for each run, all settings, and what they cost.
/// </summary>
/// <param name="Name">Name of the sweep and of its file.</param>
/// <param name="Plan">The plan, as the text of <see cref="SweepPlan"/>.</param>
/// <param name="Versions">The library, torch and runtime that computed it.</param>
/// <param name="Seconds">Processor time of all runs, in seconds.</param>
/// <param name="Runs">The runs in the order of the manifest.</param>
public sealed record RecordedSweep(
    string Name, string Plan, RunVersions Versions, double Seconds, IReadOnlyList<RecordedSweepRun> Runs) : Recorded<RecordedSweep>
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "sweeps";

    private protected override bool IsWhole => Runs is { Count: > 0 } && Plan is { Length: > 0 };

    /// <summary>Names of the settings, in the order of the manifest.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Settings => [.. Runs.Select(run => run.Setting).Distinct()];

    /// <summary>Seeds of the first setting.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Seeds => [.. Runs.Where(run => run.Setting == Settings[0]).Select(run => run.Seed)];

    /// <summary>Reads a sweep that the repository records.</summary>
    /// <param name="name">Name of the sweep.</param>
    /// <exception cref="DataFileException">It is not recorded, or its file was changed.</exception>
    public static RecordedSweep Named(string name) => Of(Study).FirstOrDefault(sweep => sweep.Name == name)
        ?? throw new DataFileException(name, "a recorded sweep", "none of this name");

    /// <summary>Collects the results of a finished sweep.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="name">Name to record it by.</param>
    /// <exception cref="SweepException">A run is missing or failed, or several libraries computed the runs.</exception>
    public static RecordedSweep Of(SweepFolder folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var results = Sweep.Results(folder);
        if (results.Count < folder.Manifest.Runs.Count || results.Any(run => run.Failure is not null))
        {
            throw new SweepException($"{folder.Path} has {results.Count(run => run.Failure is null)} results of "
                + $"{folder.Manifest.Runs.Count}; a record needs all");
        }
        RunVersions[] versions = [.. results.Select(run => run.Versions).Distinct()];
        if (versions.Length > 1)
            throw new SweepException($"{folder.Path} was computed by {versions.Length} versions of the library; a record needs one");
        return new RecordedSweep(name, folder.Manifest.Plan.ToString(), versions[0], results.Sum(run => run.Cost?.Seconds ?? 0),
            [.. results.Select(run => new RecordedSweepRun(run.Setting, run.Seed, run.Steps, run.Measures, run.Cost?.Seconds ?? 0))]);
    }

    /// <summary>A measure of all runs of a setting, in the order of their seeds.</summary>
    /// <param name="setting">Name of the setting.</param>
    /// <param name="measure">Name of the measure (<see cref="RunMeasures.All"/>).</param>
    /// <exception cref="ArgumentException">There is no such setting or measure. The message lists those that there are.</exception>
    public IReadOnlyList<double> Values(string setting, string measure)
    {
        var found = Runs.Where(run => run.Setting == setting).OrderBy(run => run.Seed).ToList();
        if (found.Count == 0)
            throw new ArgumentException($"no setting is called '{setting}'; there are {string.Join(", ", Settings)}", nameof(setting));
        return found[0].Measures.ContainsKey(measure)
            ? [.. found.Select(run => run.Measures[measure])]
            : throw new ArgumentException(
                $"the runs have no measure '{measure}'; they have {string.Join(", ", found[0].Measures.Keys)}", nameof(measure));
    }
}

/// <summary>A run of a recorded sweep.</summary>
/// <param name="Setting">Name of its setting.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Steps">Step at which it was measured.</param>
/// <param name="Measures">Its measures by name.</param>
/// <param name="Seconds">What it took, in seconds.</param>
public sealed record RecordedSweepRun(
    string Setting, int Seed, int Steps, IReadOnlyDictionary<string, double> Measures, double Seconds);
