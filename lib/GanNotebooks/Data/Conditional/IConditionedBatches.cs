using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// A source of real pairs (x, c) for the conditional game: samples with their conditions. As a plain <see cref="IBatchSource"/> it gives
/// the samples alone, in the same order.
/// </summary>
public interface IConditionedBatches : IBatchSource
{
    /// <summary>The shape of one condition: <c>[K]</c> for classes, <c>[C, H, W]</c> for images, <c>[L]</c> for tokens.</summary>
    IReadOnlyList<long> ConditionShape { get; }

    /// <summary>Draws the next batch of pairs. The position advances as with <see cref="IBatchSource.Next"/>.</summary>
    /// <param name="batchSize">The number of pairs, N, at least 1.</param>
    /// <returns>Both on the source's device; the caller disposes them.</returns>
    ConditionedBatch NextPair(int batchSize);

    /// <summary>
    /// Returns conditions for samples of a generator, for example in pictures during a run. The position does not change.
    /// </summary>
    /// <param name="count">Number of conditions, N.</param>
    /// <param name="index">Number of the batch; the same index gives the same conditions.</param>
    /// <returns>float32 <c>[N, ...]</c> on the source's device; the caller disposes it.</returns>
    Tensor SampleConditions(int count, long index = 0);
}

/// <summary>A batch of pairs (x, c).</summary>
/// <param name="Samples">x, float32 [N, ...].</param>
/// <param name="Conditions">c, float32 [N, ...].</param>
public readonly record struct ConditionedBatch(Tensor Samples, Tensor Conditions);
