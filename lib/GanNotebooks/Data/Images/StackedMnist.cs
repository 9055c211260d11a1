using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Stacked MNIST (Metz et al. 2017; Srivastava et al. 2017): three independent random digits as the red, green and blue channel of one
/// image, a thousand equally likely modes if the digits are.
/// </summary>
public sealed class StackedMnist : StreamedBatches
{
    private const int Channels = 3, Classes = 10;
    private readonly ImageDataset digits;
    private readonly int[][] byClass;
    private readonly torch.Device? device;

    /// <summary>
    /// Creates the source. Every digit class is equally likely, as in the definition of the modes; within a class every image is.
    /// </summary>
    /// <param name="digits">Grey images in ten classes, none of them empty.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">There are not ten classes, or one is empty.</exception>
    public StackedMnist(ImageDataset digits, long seed = 0, torch.Device? device = null)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.ClassNames.Count != Classes || digits.CountByLabel().Contains(0))
        {
            throw new ArgumentException($"Expected images of ten classes, none empty, got {string.Join(", ", digits.CountByLabel())}.",
                nameof(digits));
        }

        (this.digits, this.device) = (digits, device);
        byte[] labels = digits.Labels.ToArray();
        byClass = [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, labels.Length).Where(n => labels[n] == c).ToArray())];
    }

    /// <inheritdoc/>
    public override string Name => "stacked " + digits.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [Channels, digits.Height, digits.Width];

    /// <inheritdoc/>
    public override Tensor Next(int batchSize) => NextWithModes(batchSize).Images;

    /// <summary>Draws the next batch with its modes.</summary>
    /// <param name="batchSize">The number of samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, 3, H, W]</c> in [-1, 1] on the source's device, which the caller disposes; and 100 a + 10 b + c for the
    /// digits a, b, c.</returns>
    public (Tensor Images, int[] Modes) NextWithModes(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = NextStream();
        int size = digits.Height * digits.Width;
        var (bytes, modes) = (new byte[batchSize * Channels * size], new int[batchSize]);
        for (int n = 0; n < batchSize * Channels; n++)
        {
            int label = random.NextInt(Classes);
            digits.Image(byClass[label][random.NextInt(byClass[label].Length)]).CopyTo(bytes.AsSpan(n * size));
            modes[n / Channels] = modes[n / Channels] * Classes + label;
        }

        using var scope = NewDisposeScope();
        var pixels = tensor(bytes, [batchSize, .. SampleShape], dtype: ScalarType.Byte, device: device); // [N, 3, H, W]
        return (ImageTensors.FromBytes(pixels).MoveToOuterDisposeScope(), modes);
    }
}
