using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// An endless source that draws batch b of seed s from stream b of s. Its position is therefore one number, and a batch does not depend on
/// the ones before it.
/// </summary>
/// <param name="seed">The seed s.</param>
public abstract class StreamedBatches(long seed) : IBatchSource
{
    private long batches;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<long> SampleShape { get; }

    /// <inheritdoc/>
    public BatchPosition Position => new(seed, Epoch: 0, Next: batches);

    /// <inheritdoc/>
    public void Seek(BatchPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Seed != seed || position.Epoch != 0 || position.Next < 0)
            throw new ArgumentException($"Expected a position of {Name} with seed {seed} and epoch 0, got {position}.", nameof(position));
        batches = position.Next;
    }

    /// <inheritdoc/>
    public abstract Tensor Next(int batchSize);

    /// <summary>Opens the stream of the next batch.</summary>
    private protected SeededRandom NextStream() => new(seed, stream: batches++);

    /// <summary>Does nothing, because a streamed source holds nothing; a trainer disposes any source.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
