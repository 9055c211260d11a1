using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// From an outline to an image: the condition is the morphological outline of an image, the sample is the image itself. The image is
/// made black and white first, so that the outline tells where the edges are and not how bright or how textured the inside is.
/// </summary>
public sealed class OutlinedImages : DrawnPairs
{
    /// <summary>Grey level in [0, 1] above which a pixel belongs to the object.</summary>
    public const double DefaultThreshold = 0.25;

    private readonly ImageDataset images;
    private readonly double threshold;

    /// <summary>Creates the source.</summary>
    /// <param name="images">Grey images, for example digits or garments.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="threshold">Grey level in (0, 1) above which a pixel belongs to the object.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    public OutlinedImages(ImageDataset images, long seed = 0, double threshold = DefaultThreshold, torch.Device? device = null)
        : base(seed, device)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!(threshold is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "the threshold must lie in (0, 1).");
        (this.images, this.threshold) = (images, threshold);
    }

    /// <inheritdoc/>
    public override string Name => images.Name + " from outlines";

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [1, images.Height, images.Width];

    /// <inheritdoc/>
    public override IReadOnlyList<long> ConditionShape => [1, images.Height, images.Width];

    /// <summary>
    /// The outline of the object in an image: dilation minus erosion with a square of 3 × 3 pixels (the morphological gradient; Serra
    /// 1982). Outside the image counts as neither object nor ground.
    /// </summary>
    /// <param name="images">[N, 1, H, W] in [-1, 1].</param>
    /// <param name="threshold">Grey level in [0, 1] above which a pixel belongs to the object.</param>
    /// <returns>[N, 1, H, W], 1 on the outline and -1 elsewhere; the caller disposes it.</returns>
    public static Tensor Outline(Tensor images, double threshold = DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        var shape = images.gt(2 * threshold - 1).to(float32); // 0 or 1
        var dilated = nn.functional.max_pool2d(shape, 3, 1, 1);
        var eroded = nn.functional.max_pool2d(-shape, 3, 1, 1).neg();
        return (dilated - eroded).mul(2).sub(1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    private protected override ConditionedBatch Draw(SeededRandom random, int count)
    {
        int[] indices = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(images.Count))];
        var samples = Gather(images, indices); // [N, 1, H, W]
        return new(samples, Outline(samples, threshold));
    }
}
