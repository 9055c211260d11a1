using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Experiments;

/// <summary>What has become of a run.</summary>
public enum RunStatus
{
    /// <summary>The last step is done.</summary>
    Finished,

    /// <summary>A process holds the folder at this moment.</summary>
    Running,

    /// <summary>Steps are missing, and nobody trains.</summary>
    Interrupted,

    /// <summary>A file of the run does not hold what it should. <see cref="RunSummary.Fault"/> says which.</summary>
    Damaged,
}

/// <summary>
/// A run as its folder shows it, without its networks: settings, progress, last losses, measures. Checkpoints are not read, so that a
/// thousand runs take a second. Nothing is written, and a run in training is not disturbed.
/// </summary>
public sealed class RunSummary
{
    private const int TailBytes = 1 << 13, MostBytes = 1 << 20, Deepest = 3;
    private const string Checkpoints = "checkpoints", Request = "train.json", Description = "config.json",
        SweepResult = "result.json";

    private static readonly string[] Signs = [Description, RecordLog.FileName, Request];

    private readonly Lazy<IReadOnlyDictionary<string, string>> settings;
    private readonly JsonObject? request, description;

    private RunSummary(string folder, string name)
    {
        (Folder, Name) = (folder, name);
        var faults = new List<string>();
        description = Read(Path.Combine(folder, Description), faults);
        request = Read(Path.Combine(folder, Request), faults);
        Recipe = ReadRecipe(request, faults);
        Data = Recipe?.Data ?? Text(Member(description, "data")) ?? "";
        Seed = Recipe?.Seed ?? Number(Member(Member(description, "settings"), "Seed"));
        Steps = Recipe?.Steps ?? Number(Member(Member(description, "settings"), "Steps"));
        if (Steps is < 1)
            faults.Add($"{Description} has no usable number of steps");
        Last = ReadLast(folder, faults);
        int? saved = NewestCheckpoint(folder, faults);
        try
        {
            if (IsLink(Path.Combine(folder, RunOutcome.FileName)))
                faults.Add($"{RunOutcome.FileName} is a link");
            else
                Result = RunOutcome.Read(folder) ?? ReadOutcomeOfSweep(Path.Combine(folder, SweepResult), faults);
        }
        catch (DataFileException error)
        {
            faults.Add($"{RunOutcome.FileName} holds {error.Found}");
        }

        Step = Math.Max(Math.Max(saved ?? 0, Result?.Steps ?? 0), Last?.Step ?? 0);
        if (description is null && request is null && faults.Count == 0)
            faults.Add($"there is neither {Description} nor {Request}");
        Fault = string.Join("; ", faults);
        bool isHeld = RunFolder.IsHeld(Path.GetFullPath(folder));
        Status = faults.Count > 0 ? RunStatus.Damaged
            : isHeld ? RunStatus.Running
            : Math.Max(saved ?? 0, Result?.Steps ?? 0) >= Steps ? RunStatus.Finished
            : RunStatus.Interrupted;
        settings = new(ReadSettings);
    }

    /// <summary>Path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Name of the run: the path of its folder below the one that was listed.</summary>
    public string Name { get; }

    /// <summary>The recipe of a run of <c>workbook train</c>; null for a notebook's own run.</summary>
    public TrainingRecipe? Recipe { get; }

    /// <summary>Name of the data.</summary>
    public string Data { get; }

    /// <summary>Name of the model; "own" for a notebook's own networks.</summary>
    public string Model => Recipe?.Model ?? "own";

    /// <summary>Seed of the run; null if it is not known.</summary>
    public int? Seed { get; }

    /// <summary>Number of steps that are done.</summary>
    public int Step { get; }

    /// <summary>Number of steps of the whole run; null if it is not known.</summary>
    public int? Steps { get; }

    /// <summary>What has become of the run.</summary>
    public RunStatus Status { get; }

    /// <summary>What is wrong with the folder, in words; empty if nothing is.</summary>
    public string Fault { get; }

    /// <summary>The newest record; null before the first.</summary>
    public HistoryRecord? Last { get; }

    /// <summary>Result and measures at the end; null before.</summary>
    public RunOutcome? Result { get; }

    /// <summary>Seconds of training; before the end an estimate from the newest records. Null if nothing is known.</summary>
    public double? Seconds => Result is { Seconds: >= 0 } result ? result.Seconds : Last is { } last ? last.StepSeconds * Step : null;

    /// <summary>Time of the last change of the log, or else of the folder, UTC.</summary>
    public DateTime Changed => File.GetLastWriteTimeUtc(File.Exists(Path.Combine(Folder, RecordLog.FileName))
        ? Path.Combine(Folder, RecordLog.FileName) : Folder);

    /// <summary>Measures by name; empty if there are none.</summary>
    public IReadOnlyDictionary<string, double> Measures => Result?.Measures ?? [];

    /// <summary>The settings by name: those of <see cref="TrainingRecipe.All"/>, or else those of <c>config.json</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings => settings.Value;

    /// <summary>The checkpoint of another run that this one began from; null without one.</summary>
    public RunOrigin? Origin
    {
        get
        {
            try
            {
                return Member(request, "Origin") is { } origin ? origin.Deserialize<RunOrigin>() : null;
            }
            catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>What <c>config.json</c> says of the run under a name, such as <c>torch</c>, <c>library</c>, <c>system</c>; empty if it does
    /// not.</summary>
    public string Described(string name) => Text(Member(description, name)) ?? "";

    /// <summary>Whether a folder looks like that of a run.</summary>
    public static bool IsRun(string folder) =>
        Signs.Any(sign => Path.Exists(Path.Combine(folder, sign))) || Directory.Exists(Path.Combine(folder, Checkpoints));

    /// <summary>Reads one run.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <exception cref="DataFileException">The folder is missing, cannot be read, or is not that of a run.</exception>
    public static RunSummary Of(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string path = Path.GetFullPath(folder);
        Require(path);
        return IsRun(path)
            ? new RunSummary(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)))
            : throw new DataFileException(folder, "the folder of a run", "a folder without its files");
    }

    /// <summary>
    /// Reads all runs below a folder, or the one that the folder holds, in the order of their names. Links are not followed, and folders
    /// that cannot be read are left out.
    /// </summary>
    /// <param name="folder">A run, or a folder of runs, at most three levels above them.</param>
    /// <exception cref="DataFileException">The folder is missing or cannot be read.</exception>
    public static IReadOnlyList<RunSummary> In(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string path = Path.GetFullPath(folder);
        Require(path);
        return IsRun(path)
            ? [Of(path)]
            : [.. Below(path, Deepest).AsParallel()
                .Select(run => new RunSummary(run, Path.GetRelativePath(path, run).Replace('\\', '/')))
                .OrderBy(run => run.Name, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))];
    }

    /// <summary>The settings that differ between runs, and those that do not.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>Names in order; for each a value of every run, "–" where a run has no such setting.</returns>
    public static (IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Different, IReadOnlyList<(string Name, string Value)> Same)
        Compare(IReadOnlyList<RunSummary> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var rows = runs.SelectMany(run => run.Settings.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Values: (IReadOnlyList<string>)[.. runs.Select(r => r.Settings.GetValueOrDefault(name, "–"))]))
            .ToLookup(row => row.Values.Distinct().Count() > 1);
        return ([.. rows[true]], [.. rows[false].Select(row => (row.Name, row.Values[0]))]);
    }

    /// <summary>
    /// Whether somebody chose a setting of some runs: data, model, length, batch, widths, or one that a recipe changes. The others follow
    /// from these. Of a notebook's own runs all are chosen.
    /// </summary>
    internal static Func<string, bool> IsChosen(IReadOnlyList<RunSummary> runs)
    {
        if (runs.Any(run => run.Recipe is null))
            return _ => true;
        var changed = runs.SelectMany(run => run.Recipe!.Settings.Select(s => s.Key)).ToHashSet(StringComparer.Ordinal);
        return name => changed.Contains(name) || typeof(TrainingRecipe).GetProperty(name) is { CanWrite: true };
    }

    private static void Require(string path)
    {
        if (File.Exists(path) || RegularFile.Fault(path) is not (null or "a directory"))
            throw new DataFileException(path, "a folder", RegularFile.Fault(path) ?? "a file");
        if (!Directory.Exists(path))
            throw new DataFileException(path, "a folder", "no such folder");
        DataFiles.Guard(path, () => Directory.EnumerateFileSystemEntries(path).FirstOrDefault());
    }

    private static IEnumerable<string> Below(string folder, int levels)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (string below in Directory.EnumerateDirectories(folder, "*", options))
        {
            if (IsRun(below))
            {
                yield return below;
            }
            else if (levels > 1)
            {
                foreach (string run in Below(below, levels - 1))
                    yield return run;
            }
        }
    }

    private static JsonObject? Read(string file, List<string> faults)
    {
        if (!Path.Exists(file))
            return null;
        string name = Path.GetFileName(file);
        try
        {
            RegularFile.Check(file);
            if (IsLink(file))
                faults.Add($"{name} is a link");
            else if (new FileInfo(file).Length > MostBytes)
                faults.Add($"{name} is too large");
            else if (JsonNode.Parse(RegularFile.ReadText(file)) is JsonObject found)
                return found.Count >= 0 ? found : null; // a name twice is found here
            else
                faults.Add($"{name} is no JSON object");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            faults.Add($"{name} is no JSON object");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name} cannot be read");
        }
        return null;
    }

    private static TrainingRecipe? ReadRecipe(JsonObject? request, List<string> faults)
    {
        if (request is null)
            return null;
        try
        {
            if (Member(request, "Recipe") is JsonObject recipe
                && recipe.Deserialize<TrainingRecipe>(Checkpoint.Json) is { Data.Length: > 0, Model.Length: > 0 } found)
            {
                return found;
            }
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            // below
        }
        faults.Add($"{Request} does not hold the settings of a run");
        return null;
    }

    private static HistoryRecord? ReadLast(string folder, List<string> faults)
    {
        string file = Path.Combine(folder, RecordLog.FileName);
        if (!Path.Exists(file))
            return null;
        if (IsLink(file))
        {
            faults.Add($"{RecordLog.FileName} is a link");
            return null;
        }

        try
        {
            return RecordLog.ReadEnd<HistoryRecord>(file, TailBytes) is [.., var last] ? last : null;
        }
        catch (DataFileException error)
        {
            faults.Add($"{RecordLog.FileName}: {error.Found}");
            return null;
        }
    }

    // A run of a sweep has its measures in a file of the sweep, and may have no checkpoint any more.
    private static RunOutcome? ReadOutcomeOfSweep(string file, List<string> faults)
    {
        if (Read(file, faults) is not { } found)
            return null;
        var measures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in Member(found, "Measures") as JsonObject ?? [])
        {
            if (value is JsonValue number && number.TryGetValue(out double measure))
                measures[name] = measure;
        }

        double seconds = Member(Member(found, "Cost"), "Seconds") is JsonValue cost && cost.TryGetValue(out double given)
            ? given : double.NaN;
        return Number(Member(found, "Steps")) is { } steps
            ? new RunOutcome(steps, seconds, measures, Text(Member(found, "Failure")) ?? "")
            {
                Library = Text(Member(Member(found, "Versions"), "Library")) ?? "",
                Torch = Text(Member(Member(found, "Versions"), "Torch")) ?? "",
                Runtime = Text(Member(Member(found, "Versions"), "Runtime")) ?? "",
                Threads = 1,
            }
            : null;
    }

    // Nothing is read through a link inside the folder of a run.
    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static int? NewestCheckpoint(string folder, List<string> faults)
    {
        using var directory = new RunDirectory(folder);
        try
        {
            var checkpoints = directory.Checkpoints;
            if (checkpoints is [var newest, ..])
            {
                if (!checkpoints.Any(RunFolder.IsCheckpoint))
                    faults.Add($"{Path.GetFileName(newest)} is no checkpoint");
                return RunDirectory.StepOf(newest);
            }
        }
        catch (FileNotFoundException)
        {
            // The run has replaced it meanwhile.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{Checkpoints} cannot be read");
        }
        return null;
    }

    private Dictionary<string, string> ReadSettings()
    {
        try
        {
            if (Recipe is not null)
                return new(Recipe.All, StringComparer.Ordinal);
        }
        catch (ArgumentException)
        {
            // Data or a model of another version of the library: its description is left.
        }

        var result = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data"] = Data };
        try
        {
            foreach (var (name, value) in ConfigText.Leaves(Member(description, "settings")?.ToJsonString() ?? "{}"))
                result[name] = value.Trim('"');
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // A forged description has no settings to compare.
        }
        return result;
    }

    // The indexer of a node that is no object throws, and so does one of an object with a name twice.
    private static JsonNode? Member(JsonNode? node, string name)
    {
        try
        {
            return (node as JsonObject)?[name];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
