using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Batches of images in random order: every epoch is a new permutation, seeded by (seed, epoch), and shows every image exactly once; a
/// batch that reaches the end continues in the next epoch, so all batches are full. The images stay uint8 on the device and become float32
/// in [-1, 1] batch by batch.
/// </summary>
public sealed class ShuffledBatches : IBatchSource
{
    private readonly Tensor images; // uint8 [N, 1, H, W] or [N, H W]
    private readonly Tensor labels; // int64 [N]
    private readonly ShuffledOrder order;

    /// <summary>Copies the images to the device and shuffles.</summary>
    /// <param name="data">The images.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="flat">Whether an image is a row of H · W numbers instead of <c>[1, H, W]</c>.</param>
    /// <param name="device">The device of the images and of the batches; by default the CPU.</param>
    public ShuffledBatches(ImageDataset data, long seed = 0, bool flat = false, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        (Name, order) = (data.Name, new ShuffledOrder(data.Name, data.Count, seed));
        SampleShape = flat ? [data.Height * data.Width] : [1, data.Height, data.Width];
        using (NewDisposeScope())
        {
            images = data.ToByteTensor().view([data.Count, .. SampleShape]).to(device ?? CPU).DetachFromDisposeScope();
            labels = data.ToLabelTensor().to(device ?? CPU).DetachFromDisposeScope();
        }
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
        var index = tensor(NextIndices(batchSize), device: images.device); // [N]
        return ImageTensors.FromBytes(images.index_select(0, index)).MoveToOuterDisposeScope();
    }

    /// <summary>Draws the next batch with its labels, for conditional models.</summary>
    /// <param name="batchSize">The number of samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, ...]</c> in [-1, 1] and int64 <c>[N]</c> on the source's device; the caller disposes both.</returns>
    public (Tensor Images, Tensor Labels) NextLabelled(int batchSize)
    {
        using var scope = NewDisposeScope();
        var index = tensor(NextIndices(batchSize), device: images.device); // [N]
        var batch = ImageTensors.FromBytes(images.index_select(0, index));
        return (batch.MoveToOuterDisposeScope(), labels.index_select(0, index).MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Returns the indices of the next batch in the data set, for a caller that gathers the images itself. The position advances as with
    /// <see cref="Next"/>.
    /// </summary>
    /// <param name="batchSize">The number of samples, at least 1.</param>
    /// <returns>The indices.</returns>
    public long[] NextIndices(int batchSize) => order.Next(batchSize);

    /// <summary>Frees the copies of images and labels.</summary>
    public void Dispose()
    {
        images.Dispose();
        labels.Dispose();
    }
}
