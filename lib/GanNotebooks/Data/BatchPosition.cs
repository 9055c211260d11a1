namespace GanNotebooks.Data;

/// <summary>Where a source of batches stands: enough to go on, bit for bit, after a restart. Goes into checkpoints.</summary>
/// <param name="Seed">The source's seed.</param>
/// <param name="Epoch">How often the data were gone through completely; 0 for a source without end.</param>
/// <param name="Next">The index, within the epoch, of the sample that comes next; for a source without end, the number of batches
/// drawn.</param>
public sealed record BatchPosition(long Seed, long Epoch, long Next);
