using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// An endless source of pairs: batch b of seed s is drawn from stream b of s, conditions for previews from streams of their own.
/// </summary>
public abstract class DrawnPairs : StreamedBatches, IConditionedBatches
{
    private readonly long seed;

    /// <summary>A source with a seed.</summary>
    /// <param name="seed">The seed, s.</param>
    /// <param name="device">The device of the batches; null for the CPU.</param>
    private protected DrawnPairs(long seed, torch.Device? device)
        : base(seed) => (this.seed, Device) = (seed, device ?? CPU);

    /// <inheritdoc/>
    public abstract IReadOnlyList<long> ConditionShape { get; }

    /// <summary>The device of the batches.</summary>
    protected torch.Device Device { get; }

    /// <inheritdoc/>
    public override Tensor Next(int batchSize)
    {
        var (samples, conditions) = NextPair(batchSize);
        conditions.Dispose();
        return samples;
    }

    /// <inheritdoc/>
    public ConditionedBatch NextPair(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return DrawScoped(NextStream(), batchSize);
    }

    /// <inheritdoc/>
    public Tensor SampleConditions(int count, long index)
    {
        var (samples, conditions) = SamplePairs(count, index);
        samples.Dispose();
        return conditions;
    }

    /// <summary>Draws pairs for previews and measures, with the conditions of <see cref="SampleConditions"/>. The position stays.</summary>
    /// <param name="count">The number of pairs, at least 1.</param>
    /// <param name="index">The number of the batch, at least 0.</param>
    /// <returns>Samples and conditions; the caller disposes both.</returns>
    public ConditionedBatch SamplePairs(int count, long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return DrawScoped(new SeededRandom(seed, stream: -1 - index), count);
    }

    /// <summary>Draws pairs from a stream of random numbers.</summary>
    private protected abstract ConditionedBatch Draw(SeededRandom random, int count);

    private ConditionedBatch DrawScoped(SeededRandom random, int count)
    {
        using var scope = NewDisposeScope();
        var (samples, conditions) = Draw(random, count);
        return new(samples.to(Device).MoveToOuterDisposeScope(), conditions.to(Device).MoveToOuterDisposeScope());
    }

    /// <summary>Images of a set, chosen by index: float32 <c>[N, 1, H, W]</c> in [-1, 1].</summary>
    private protected static Tensor Gather(ImageDataset images, IReadOnlyList<int> indices)
    {
        int size = images.Height * images.Width;
        byte[] bytes = new byte[indices.Count * size];
        for (int n = 0; n < indices.Count; n++)
            images.Image(indices[n]).CopyTo(bytes.AsSpan(n * size));
        using var pixels = tensor(bytes, [indices.Count, 1, images.Height, images.Width], dtype: ScalarType.Byte);
        return ImageTensors.FromBytes(pixels);
    }
}
