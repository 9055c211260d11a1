using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Stacked MNIST (Metz et al. 2017; Srivastava et al. 2017): three independent random digits as the red, green and blue channel of one
/// image, a thousand equally likely modes if the digits are. Batch b of seed s is drawn from stream b of s.
/// </summary>
public sealed class StackedMnist : IBatchSource
{
    private const int Channels = 3, Classes = 10;
    private readonly ImageDataset digits;
    private readonly int[][] byClass;
    private readonly long seed;
    private readonly torch.Device? device;
    private long batches;

    /// <summary>
    /// Makes the source. Every digit class is equally likely, as in the definition of the modes; within a class every image is.
    /// </summary>
    /// <param name="digits">Grey images in ten classes, none of them empty.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="device">Where batches go; by default the CPU.</param>
    /// <exception cref="ArgumentException">There are not ten classes, or one is empty.</exception>
    public StackedMnist(ImageDataset digits, long seed = 0, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.ClassNames.Count != Classes || digits.CountByLabel().Contains(0))
        {
            throw new ArgumentException($"Expected images of ten classes, none empty, got {string.Join(", ", digits.CountByLabel())}.",
                nameof(digits));
        }

        (this.digits, this.seed, this.device) = (digits, seed, device);
        byte[] labels = digits.Labels.ToArray();
        byClass = [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, labels.Length).Where(n => labels[n] == c).ToArray())];
    }

    /// <inheritdoc/>
    public string Name => "stacked " + digits.Name;

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => [Channels, digits.Height, digits.Width];

    /// <inheritdoc/>
    public BatchPosition Position => new(seed, Epoch: 0, Next: batches);

    /// <inheritdoc/>
    public void Seek(BatchPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Seed != seed || position.Epoch != 0 || position.Next < 0)
            throw new ArgumentException($"Expected a position of {Name} with seed {seed} and epoch 0, got {position}.", nameof(position));
        batches = position.Next;
    }

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => NextWithModes(batchSize).Images;

    /// <summary>Draws the next batch with its modes.</summary>
    /// <param name="batchSize">How many samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, 3, H, W]</c> in [-1, 1] on the source's device, the caller's; and 100 a + 10 b + c for the digits a, b,
    /// c.</returns>
    public (Tensor Images, int[] Modes) NextWithModes(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = new SeededRandom(seed, stream: batches++);
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

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
