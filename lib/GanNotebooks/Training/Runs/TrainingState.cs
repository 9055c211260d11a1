using System.Text.Json.Serialization;
using GanNotebooks.Data;

namespace GanNotebooks.Training;

/// <summary>The header of a checkpoint of a <see cref="Trainer"/>.</summary>
/// <param name="Library">Version of the library that wrote the checkpoint.</param>
/// <param name="Config">The settings, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Position of the batch source.</param>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="DiscriminatorUpdates">Number of updates t of D's optimiser.</param>
/// <param name="GeneratorUpdates">Number of updates t of G's optimiser.</param>
/// <param name="History">The records so far.</param>
/// <param name="SampleCount">Number of samples of the batch source; null if it is endless, or if an older library wrote the file.</param>
/// <param name="Augmentation">The state of the augmentation; null without one.</param>
internal sealed record TrainingState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long DiscriminatorUpdates, long GeneratorUpdates,
    IReadOnlyList<HistoryRecord> History, long? SampleCount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AugmentationState? Augmentation = null)
    : RunState(Library, Config, Data, Position, Step, SampleCount)
{
    public override IReadOnlyList<IStepRecord> Records() => History;

    protected override string? OwnFault =>
        Augmentation is { } a && !(a.Probability is >= 0 and <= 1 && double.IsFinite(a.Signs) && a.Batches >= 0)
            ? "its augmentation has a probability outside [0, 1], or no signs"
            : null;

    protected override IReadOnlyList<long> Updates() => [DiscriminatorUpdates, GeneratorUpdates];
}

/// <summary>The header of a checkpoint of a <see cref="ModelTrainer"/>.</summary>
/// <param name="Library">Version of the library that wrote the checkpoint.</param>
/// <param name="Config">The settings of the run and of the model, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Position of the batch source.</param>
/// <param name="Step">Number of updates so far.</param>
/// <param name="ModelUpdates">Number of updates t of the optimiser.</param>
/// <param name="ModelHistory">The records so far.</param>
/// <param name="SampleCount">Number of samples of the batch source; null if it is endless.</param>
internal sealed record ModelState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long ModelUpdates,
    IReadOnlyList<ModelRecord> ModelHistory, long? SampleCount = null) : RunState(Library, Config, Data, Position, Step, SampleCount)
{
    public override IReadOnlyList<IStepRecord> Records() => ModelHistory;

    protected override IReadOnlyList<long> Updates() => [ModelUpdates];
}
