using System.Globalization;
using GanNotebooks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Batches of the rows of a tensor, in random order: every epoch is a new permutation, seeded by (seed, epoch), and shows every row exactly
/// once. Numbers are shown as they are. Bytes are images: they stay uint8 on the device and become float32 in [-1, 1] batch by batch.
/// <code>new TensorBatches(points, seed: 1)</code>
/// </summary>
public sealed class TensorBatches : IBatchSource
{
    private readonly Tensor rows; // float32 or uint8, [N, ...]
    private readonly ShuffledOrder order;

    /// <summary>Copies a tensor to the device.</summary>
    /// <param name="rows">N ≥ 1 samples, [N, ...], at least two dimensions: float32 or float64, all finite, or uint8. The caller keeps the
    /// tensor.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="name">Name of the source; by default the shape in words.</param>
    /// <param name="device">Device of the rows and of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">The tensor has no samples, another type, or a number that is NaN or infinite.</exception>
    public TensorBatches(Tensor rows, long seed = 0, string? name = null, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() < 2 || rows.numel() == 0 || rows.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Byte))
        {
            throw new ArgumentException(
                $"expected float32, float64 or uint8 of shape [N, ...] with N ≥ 1, got {rows.dtype} {Shape.Text(rows.shape)}",
                nameof(rows));
        }

        using var scope = NewDisposeScope();
        var copy = rows.detach().to(device ?? CPU, copy: true).contiguous();
        if (copy.dtype != ScalarType.Byte)
        {
            copy = copy.to(float32);
            RequireFinite(copy);
        }

        this.rows = copy.DetachFromDisposeScope();
        SampleShape = rows.shape[1..];
        Name = name ?? string.Create(CultureInfo.InvariantCulture, $"{rows.size(0)} rows of {string.Join(" x ", SampleShape)}");
        order = new ShuffledOrder(Name, checked((int)rows.size(0)), seed);
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
        using var scope = NewDisposeScope();
        var index = tensor(order.Next(batchSize), device: rows.device); // [N]
        return Floats(rows.index_select(0, index)).MoveToOuterDisposeScope();
    }

    /// <summary>All rows in the order of the tensor.</summary>
    /// <returns>float32 [N, ...] on the source's device; the caller disposes it.</returns>
    public Tensor All()
    {
        using var scope = NewDisposeScope();
        return Floats(rows.clone()).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the copy of the rows.</summary>
    public void Dispose() => rows.Dispose();

    private static Tensor Floats(Tensor part) => part.dtype == ScalarType.Byte ? ImageTensors.FromBytes(part) : part;

    private static void RequireFinite(Tensor values)
    {
        using var wrong = values.isfinite().logical_not().flatten(1).any(1); // [N]
        if (!wrong.any().item<bool>())
            return;
        long first = wrong.to(int64).argmax().item<long>();
        throw new ArgumentException($"{wrong.sum().item<long>()} rows have a number that is NaN, infinite or too large for float32; the "
            + $"first is row {first}", nameof(values));
    }
}
