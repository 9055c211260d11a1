using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>Images with their classes as conditions, one-hot rows [N, 10], in the order of <see cref="ShuffledBatches"/>.</summary>
public sealed class LabelledImages : IConditionedBatches
{
    private readonly ShuffledBatches batches;
    private readonly Device device;

    /// <summary>Copies the images to the device and shuffles.</summary>
    /// <param name="data">The images.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="device">The device of the images and of the batches; by default the CPU.</param>
    public LabelledImages(ImageDataset data, long seed = 0, Device? device = null)
    {
        this.device = device ?? CPU;
        batches = new ShuffledBatches(data, seed, device: this.device);
    }

    /// <summary>Number of classes, K.</summary>
    public static int Classes => 10;

    /// <inheritdoc/>
    public string Name => $"{batches.Name} with classes";

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => batches.SampleShape;

    /// <inheritdoc/>
    public IReadOnlyList<long> ConditionShape => [Classes];

    /// <inheritdoc/>
    public long? SampleCount => batches.SampleCount;

    /// <inheritdoc/>
    public BatchPosition Position => batches.Position;

    /// <summary>One-hot rows of classes.</summary>
    /// <param name="labels">int64 [N], each from 0 to 9.</param>
    /// <returns>float32 [N, 10] on the device of the labels; the caller's.</returns>
    public static Tensor OneHot(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = NewDisposeScope();
        return nn.functional.one_hot(labels, Classes).to(float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => batches.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => batches.Next(batchSize);

    /// <inheritdoc/>
    public ConditionedBatch NextPair(int batchSize)
    {
        var (images, labels) = batches.NextLabelled(batchSize);
        using (labels)
            return new ConditionedBatch(images, OneHot(labels));
    }

    /// <summary>The classes in turn: 0, 1, ..., 9, 0, 1, ...</summary>
    /// <inheritdoc/>
    public Tensor SampleConditions(int count, long index = 0)
    {
        using var scope = NewDisposeScope();
        return OneHot(arange(index * count, (index + 1) * count, int64, device).remainder(Classes)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the copies of images and labels.</summary>
    public void Dispose() => batches.Dispose();
}
