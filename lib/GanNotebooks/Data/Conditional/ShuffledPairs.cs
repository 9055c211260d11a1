using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Pairs whose conditions are permuted at random within each batch: a control. Samples and conditions keep their own laws, and what a
/// condition says about its sample is lost, except for the pairs that a permutation leaves in place.
/// </summary>
public sealed class ShuffledPairs : IConditionedBatches
{
    private readonly IConditionedBatches source;

    /// <summary>Wraps a source, which belongs to this object from then on.</summary>
    /// <param name="source">Source of the pairs.</param>
    public ShuffledPairs(IConditionedBatches source)
    {
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
    }

    /// <inheritdoc/>
    public string Name => $"{source.Name}, shuffled pairs";

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => source.SampleShape;

    /// <inheritdoc/>
    public IReadOnlyList<long> ConditionShape => source.ConditionShape;

    /// <inheritdoc/>
    public long? SampleCount => source.SampleCount;

    /// <inheritdoc/>
    public BatchPosition Position => source.Position;

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => source.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => source.Next(batchSize);

    /// <inheritdoc/>
    public ConditionedBatch NextPair(int batchSize)
    {
        using var scope = NewDisposeScope();
        long[] order = Permutation(batchSize, source.Position);
        var (samples, conditions) = source.NextPair(batchSize);
        var index = tensor(order, device: conditions.device); // [N]
        return new ConditionedBatch(samples.MoveToOuterDisposeScope(), conditions.index_select(0, index).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public Tensor SampleConditions(int count, long index = 0) => source.SampleConditions(count, index);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    // A function of the position: a resumed run permutes as an uninterrupted one. ~seed keeps its streams apart from those of the order.
    private static long[] Permutation(int count, BatchPosition position) =>
        [.. new SeededRandom(~position.Seed, stream: (position.Epoch << 32) + position.Next).NextPermutation(count).Select(i => (long)i)];
}
