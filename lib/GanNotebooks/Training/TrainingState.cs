using GanNotebooks.Data;

namespace GanNotebooks.Training;

/// <summary>The plain part of a checkpoint: everything but the tensors. Noise needs no state, it is a function of seed and counter.</summary>
/// <param name="Library">Version of the library that wrote it.</param>
/// <param name="Config">The settings, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Where the batch source stands.</param>
/// <param name="Step">Generator updates made.</param>
/// <param name="DiscriminatorUpdates">t of D's Adam.</param>
/// <param name="GeneratorUpdates">t of G's Adam.</param>
/// <param name="History">The records so far.</param>
internal sealed record TrainingState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long DiscriminatorUpdates, long GeneratorUpdates, IReadOnlyList<HistoryRecord> History);
