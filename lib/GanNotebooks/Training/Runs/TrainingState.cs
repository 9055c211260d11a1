using System.Text.Json;
using GanNotebooks.Data;

namespace GanNotebooks.Training;

/// <summary>
/// The header of a checkpoint: everything except the tensors. Noise needs no state, because it is a function of seed and counter.
/// </summary>
/// <param name="Library">Version of the library that wrote the checkpoint.</param>
/// <param name="Config">The settings, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Position of the batch source.</param>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="DiscriminatorUpdates">Number of updates t of D's optimiser.</param>
/// <param name="GeneratorUpdates">Number of updates t of G's optimiser.</param>
/// <param name="History">The records so far.</param>
/// <param name="SampleCount">Number of samples of the batch source; null if it is endless, or if an older library wrote the file.</param>
internal sealed record TrainingState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long DiscriminatorUpdates, long GeneratorUpdates,
    IReadOnlyList<HistoryRecord> History, long? SampleCount = null)
{
    /// <summary>The versions that matter when a checkpoint does not fit.</summary>
    public string Versions() => $"(It was written by version {Library} of the library; this is {Checkpoint.Library}.)";

    /// <summary>Whether the library that wrote the checkpoint has another version number than this one.</summary>
    public bool IsOfOtherVersion() => Number(Library) != Number(Checkpoint.Library);

    /// <summary>Reads a header.</summary>
    /// <exception cref="CheckpointException">The text is no header, or a value is out of its range.</exception>
    public static TrainingState Read(string header, string path)
    {
        TrainingState? state;
        try
        {
            state = JsonSerializer.Deserialize<TrainingState>(header, Checkpoint.Json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new CheckpointException($"{path} does not hold the state of a run: {e.Message}", isDamage: true, e);
        }
        return state?.Fault is not { } fault
            ? state ?? throw new CheckpointException($"{path} does not hold the state of a run: its header is empty", isDamage: true)
            : throw new CheckpointException($"{path} does not hold the state of a run: {fault}", isDamage: true);
    }

    /// <summary>Checks that the state is one of a trainer's run.</summary>
    /// <exception cref="CheckpointException">Settings or data are others, or the step lies outside the run.</exception>
    public void RequireFor(Trainer trainer, string path)
    {
        string[] differences = [.. Differences(trainer.Config, path)];
        if (differences.Length > 0)
            throw new CheckpointException($"{path} belongs to a run with other settings. {string.Join("; ", differences)}. {Versions()}");
        if (Data != trainer.Data.Name)
            throw new CheckpointException($"{path} belongs to a run on {Data}, not on {trainer.Data.Name}");
        if (SampleCount is { } count && count != trainer.Data.SampleCount)
            throw new CheckpointException($"{path} belongs to a run on {count} samples of {Data}, not on {trainer.Data.SampleCount}");
        if (Step > trainer.Config.Steps)
        {
            throw new CheckpointException($"{path} does not hold the state of this run: step {Step} of {trainer.Config.Steps}",
                isDamage: true);
        }
    }

    private string? Fault =>
        Step < 0 ? $"its step is {Step}"
        : DiscriminatorUpdates < 0 || GeneratorUpdates < 0 ? "a number of updates is negative"
        : Position.Epoch < 0 || Position.Next < 0 ? "the position in the data is negative"
        : History.Any(r => r is null) ? "a record is missing"
        : History.Zip(History.Skip(1)).Any(p => p.First.Step >= p.Second.Step) ? "the steps of its records do not rise"
        : History is [{ Step: < 1 }, ..] || History is [.., var last] && last.Step > Step ? "it has records of other steps"
        : null;

    private IReadOnlyList<string> Differences(TrainingConfig here, string path)
    {
        try
        {
            return [.. ConfigText.Differences(Config, here)];
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new CheckpointException($"{path} does not hold the state of a run: its settings are no JSON object", isDamage: true, e);
        }
    }

    private static string Number(string version) => version.Split('+')[0];
}
