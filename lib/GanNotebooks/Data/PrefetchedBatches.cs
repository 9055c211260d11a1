using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Draws batches ahead of need, on another thread, for a source that computes its batches on the CPU. On the way to a GPU they lie in
/// pinned memory and are copied while the GPU computes. Batches and positions are those of the source itself, bit for bit.
/// </summary>
public sealed class PrefetchedBatches : IBatchSource
{
    private readonly IBatchSource source; // one task after the other uses it
    private readonly torch.Device? device;
    private readonly int depth;
    private readonly Queue<Task<(Tensor Batch, BatchPosition After)>> ahead = [];
    private Task last = Task.CompletedTask;
    private int size; // of the batches in the queue

    /// <summary>Takes over a source, which nothing else may use from then on. The first batch is drawn on the first request.</summary>
    /// <param name="source">Makes batches on the CPU; disposed with this.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    /// <param name="depth">The number of batches that are drawn ahead, at least 1.</param>
    public PrefetchedBatches(IBatchSource source, torch.Device? device = null, int depth = 2)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (this.source, this.device, this.depth, Position) = (source, device, depth, source.Position);
    }

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => source.SampleShape;

    /// <inheritdoc/>
    public long? SampleCount => source.SampleCount;

    /// <summary>The position that the source would have if nothing had been drawn ahead.</summary>
    public BatchPosition Position { get; private set; }

    private bool IsOnGpu => device?.type == DeviceType.CUDA;

    /// <inheritdoc/>
    public void Seek(BatchPosition position)
    {
        Forget();
        source.Seek(position);
        Position = source.Position;
    }

    /// <inheritdoc/>
    public Tensor Next(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (batchSize != size)
            Seek(Position); // what is ready has another size
        size = batchSize;
        try
        {
            while (ahead.Count <= depth)
                ahead.Enqueue(DrawAfter(last));
            (var batch, Position) = ahead.Dequeue().GetAwaiter().GetResult();
            using (batch)
                // belongs to the caller's scope, as the source's would
                return IsOnGpu ? batch.to(device!, non_blocking: true) : batch.alias();
        }
        catch
        {
            Seek(Position);
            throw;
        }
    }

    /// <summary>Waits for what is being drawn, and frees it and the source.</summary>
    public void Dispose()
    {
        Forget();
        source.Dispose();
    }

    private Task<(Tensor Batch, BatchPosition After)> DrawAfter(Task earlier)
    {
        var task = earlier.ContinueWith(_ => Draw(), TaskScheduler.Default);
        last = task;
        return task;
    }

    private (Tensor Batch, BatchPosition After) Draw()
    {
        var batch = source.Next(size);
        if (!IsOnGpu)
            return (batch, source.Position);
        using (batch)
            return (batch.pin_memory(), source.Position);
    }

    private void Forget()
    {
        foreach (var task in ahead)
        {
            task.ContinueWith(
                drawn =>
                {
                    if (drawn.IsCompletedSuccessfully)
                        drawn.Result.Batch.Dispose();
                },
                TaskScheduler.Default).Wait();
        }
        ahead.Clear();
    }
}
