using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// A finite training set: N points, drawn once from a source and then shown in random order, every point once per epoch. PacGAN's program
/// trains on 100,000 points in this way (Lin et al. 2018).
/// </summary>
public sealed class FixedPoints : IBatchSource
{
    private const int OrderSeed = 1; // the order must not repeat the stream of the points

    private readonly Tensor points; // [N, d]
    private readonly ShuffledOrder order;

    /// <summary>Draws the points.</summary>
    /// <param name="source">Source of the points; the constructor draws one batch and does not dispose the source.</param>
    /// <param name="count">Number of points, N, at least 1.</param>
    /// <param name="seed">Seed of the order.</param>
    public FixedPoints(IBatchSource source, int count, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Name, SampleShape) = (FormattableString.Invariant($"{count} points of {source.Name}"), source.SampleShape);
        points = source.Next(count).DetachFromDisposeScope();
        order = new ShuffledOrder(Name, count, unchecked(seed * 2 + OrderSeed));
    }

    /// <summary>Takes the points of a tensor.</summary>
    /// <param name="points">Points [N, d], float32; they are copied.</param>
    /// <param name="name">Name of the source.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="ArgumentException">The tensor holds no points, or they are not float32.</exception>
    public FixedPoints(Tensor points, string name, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.dim() < 2 || points.shape[0] == 0 || points.dtype != float32)
            throw new ArgumentException($"expected float32 points [N, d], got {points.dtype} {Shape.Text(points.shape)}", nameof(points));
        (Name, SampleShape) = (name, points.shape[1..]);
        this.points = points.detach().clone().DetachFromDisposeScope();
        order = new ShuffledOrder(name, (int)points.shape[0], unchecked(seed * 2 + OrderSeed));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape { get; }

    /// <inheritdoc/>
    public long? SampleCount => order.Count;

    /// <inheritdoc/>
    public BatchPosition Position => order.Position;

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => order.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize)
    {
        using var index = tensor(order.Next(batchSize), device: points.device); // [N]
        return points.index_select(0, index);
    }

    /// <summary>Frees the points.</summary>
    public void Dispose() => points.Dispose();
}
