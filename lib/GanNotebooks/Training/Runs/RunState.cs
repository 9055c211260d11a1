using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;

namespace GanNotebooks.Training;

/// <summary>
/// The header of a checkpoint: everything except the tensors. Random numbers need no state, because they are a function of seed and
/// counter.
/// </summary>
/// <param name="Library">Version of the library that wrote the checkpoint.</param>
/// <param name="Config">The settings, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Position of the batch source.</param>
/// <param name="Step">Number of steps so far.</param>
/// <param name="SampleCount">Number of samples of the batch source; null if it is endless, or if an older library wrote the file.</param>
internal abstract record RunState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long? SampleCount)
{
    /// <summary>The records so far.</summary>
    public abstract IReadOnlyList<IStepRecord> Records();

    /// <summary>Numbers of updates of the optimisers.</summary>
    protected abstract IReadOnlyList<long> Updates();

    /// <summary>What is wrong with the part of the state that only this kind of run has; null if nothing is.</summary>
    protected virtual string? OwnFault => null;

    /// <summary>The versions that matter when a checkpoint does not fit.</summary>
    public string Versions() => $"(It was written by version {Library} of the library; this is {Checkpoint.Library}.)";

    /// <summary>Whether the library that wrote the checkpoint has another version number than this one.</summary>
    public bool IsOfOtherVersion() => Number(Library) != Number(Checkpoint.Library);

    /// <summary>Reads a header.</summary>
    /// <exception cref="CheckpointException">The text is no header, or a value is out of its range.</exception>
    /// <param name="header">The header, JSON.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="foreign">Name that only a header of the other kind of run has.</param>
    public static T Read<T>(string header, string path, string foreign) where T : RunState
    {
        T? state;
        try
        {
            if (JsonNode.Parse(header) is JsonObject found && found.ContainsKey(foreign))
            {
                throw new CheckpointException($"{path} belongs to another kind of run: one that a {nameof(Trainer)} and not a "
                    + $"{nameof(ModelTrainer)} has made, or the other way round");
            }
            state = JsonSerializer.Deserialize<T>(header, Checkpoint.Json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new CheckpointException($"{path} does not hold the state of a run: {e.Message}", isDamage: true, e);
        }
        return state?.Fault is not { } fault
            ? state ?? throw new CheckpointException($"{path} does not hold the state of a run: its header is empty", isDamage: true)
            : throw new CheckpointException($"{path} does not hold the state of a run: {fault}", isDamage: true);
    }

    /// <summary>Checks that the state is one of a trainer's run.</summary>
    /// <exception cref="CheckpointException">Settings or data are others, or the step lies outside the run.</exception>
    public void RequireFor(KeptRun run, string path)
    {
        var differences = Changes(run, path);
        if (differences.Count > 0)
            throw new CheckpointException($"{path} belongs to a run with other settings. {string.Join("; ", differences)}. {Versions()}");
        RequireDataFor(run, path);
        if (Step > run.Steps)
            throw new CheckpointException($"{path} does not hold the state of this run: step {Step} of {run.Steps}", isDamage: true);
    }

    /// <summary>Checks that a run with other settings can begin from this state.</summary>
    /// <exception cref="CheckpointException">A setting differs on which the state itself depends, the data are others, or the run has no
    /// step after this one.</exception>
    public void RequireBranchFor(KeptRun run, string path)
    {
        var refused = Changes(run, path).Where(change => !RunBranch.MayChange(change)).ToList();
        if (refused.Count > 0)
        {
            throw new CheckpointException($"A run from {path} keeps the settings that its state depends on. {string.Join("; ", refused)}. "
                + Versions());
        }

        RequireDataFor(run, path);
        if (Step >= run.Steps)
            throw new CheckpointException($"{path} is at step {Step} already: a run from it needs more than {run.Steps} steps");
    }

    private void RequireDataFor(KeptRun run, string path)
    {
        if (Data != run.Data.Name)
            throw new CheckpointException($"{path} belongs to a run on {Data}, not on {run.Data.Name}");
        if (SampleCount is { } count && count != run.Data.SampleCount)
            throw new CheckpointException($"{path} belongs to a run on {count} samples of {Data}, not on {run.Data.SampleCount}");
        if (run.Lack(this) is { } lack)
            throw new CheckpointException($"{path} does not hold the state of {lack}", isDamage: true);
    }

    private string? Fault =>
        Step < 0 ? $"its step is {Step}"
        : Updates().Any(u => u < 0) ? "a number of updates is negative"
        : Position.Epoch < 0 || Position.Next < 0 ? "the position in the data is negative"
        : Records() is var records && records.Any(r => r is null) ? "a record is missing"
        : records.Zip(records.Skip(1)).Any(p => p.First.Step >= p.Second.Step) ? "the steps of its records do not rise"
        : records is [{ Step: < 1 }, ..] || records is [.., var last] && last.Step > Step ? "it has records of other steps"
        : OwnFault;

    private IReadOnlyList<SettingChange> Changes(KeptRun run, string path)
    {
        try
        {
            return [.. ConfigText.Changes(Config, run.Settings, run.Usual)];
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new CheckpointException($"{path} does not hold the state of a run: its settings are no JSON object", isDamage: true, e);
        }
    }

    private static string Number(string version) => version.Split('+')[0];
}
