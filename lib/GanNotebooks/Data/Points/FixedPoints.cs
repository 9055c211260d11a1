using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// A finite training set: N points, drawn once from a source and then shown in random order, every point once per epoch. PacGAN's program
/// trains on 100,000 points in this way (Lin et al. 2018).
/// </summary>
public sealed class FixedPoints : IBatchSource
{
    private const int OrderSeed = 1; // the order must not repeat the stream of the points

    private readonly TensorBatches batches;

    /// <summary>Draws the points.</summary>
    /// <param name="source">Source of the points; the constructor draws one batch and does not dispose the source.</param>
    /// <param name="count">Number of points, N, at least 1.</param>
    /// <param name="seed">Seed of the order.</param>
    public FixedPoints(IBatchSource source, int count, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var points = source.Next(count); // [N, d]
        string name = FormattableString.Invariant($"{count} points of {source.Name}");
        batches = new TensorBatches(points, unchecked(seed * 2 + OrderSeed), name, points.device);
    }

    /// <inheritdoc/>
    public string Name => batches.Name;

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => batches.SampleShape;

    /// <inheritdoc/>
    public long? SampleCount => batches.SampleCount;

    /// <inheritdoc/>
    public BatchPosition Position => batches.Position;

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => batches.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => batches.Next(batchSize);

    /// <summary>Frees the points.</summary>
    public void Dispose() => batches.Dispose();
}
