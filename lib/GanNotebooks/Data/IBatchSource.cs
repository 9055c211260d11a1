using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// A source of real samples for a trainer. The same seed gives the same bits on every device: the randomness is the library's own, on the
/// CPU.
/// </summary>
public interface IBatchSource : IDisposable
{
    /// <summary>The name of the source, for titles and logs.</summary>
    string Name { get; }

    /// <summary>The shape of one sample, without the batch dimension: <c>[2]</c> for points, <c>[1, 28, 28]</c> for images.</summary>
    IReadOnlyList<long> SampleShape { get; }

    /// <summary>Number of samples in one pass over the data; null for an endless source.</summary>
    long? SampleCount => null;

    /// <summary>The position of the source.</summary>
    BatchPosition Position { get; }

    /// <summary>Goes to a position that this source, or one made alike, has reported.</summary>
    /// <param name="position">The position.</param>
    /// <exception cref="ArgumentException">The position has another seed or lies outside the data.</exception>
    void Seek(BatchPosition position);

    /// <summary>Draws the next batch.</summary>
    /// <param name="batchSize">The number of samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, ...]</c> on the source's device; the caller disposes it.</returns>
    Tensor Next(int batchSize);
}

/// <summary>The position of a source of batches. A source that seeks it continues bit for bit; checkpoints store it.</summary>
/// <param name="Seed">The source's seed.</param>
/// <param name="Epoch">The number of complete passes over the data; 0 for an endless source.</param>
/// <param name="Next">The index, within the epoch, of the sample that comes next; for a source without end, the number of batches
/// drawn.</param>
public sealed record BatchPosition(long Seed, long Epoch, long Next);
