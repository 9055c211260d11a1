using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// What a trainer draws real samples from. The same seed gives the same bits on every device: the randomness is the library's own, on the
/// CPU.
/// </summary>
public interface IBatchSource : IDisposable
{
    /// <summary>What it is, for titles and logs.</summary>
    string Name { get; }

    /// <summary>The shape of one sample, without the batch dimension: <c>[2]</c> for points, <c>[1, 28, 28]</c> for images.</summary>
    IReadOnlyList<long> SampleShape { get; }

    /// <summary>Where the source stands.</summary>
    BatchPosition Position { get; }

    /// <summary>Goes to a position that this source, or one made alike, has reported.</summary>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">The position has another seed or lies outside the data.</exception>
    void Seek(BatchPosition position);

    /// <summary>Draws the next batch.</summary>
    /// <param name="batchSize">How many samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, ...]</c> on the source's device; the caller's.</returns>
    Tensor Next(int batchSize);
}

/// <summary>Where a source of batches stands: enough to go on, bit for bit, after a restart. Goes into checkpoints.</summary>
/// <param name="Seed">The source's seed.</param>
/// <param name="Epoch">How often the data were gone through completely; 0 for a source without end.</param>
/// <param name="Next">The index, within the epoch, of the sample that comes next; for a source without end, the number of batches
/// drawn.</param>
public sealed record BatchPosition(long Seed, long Epoch, long Next);
