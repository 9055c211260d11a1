using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Batches of images as rows of pixels in [0, 1], black 0 and white 1, in the order of <see cref="ShuffledBatches"/>. Models with a
/// probability for each pixel take them; GANs take images in [-1, 1].
/// </summary>
public sealed class PixelBatches : IBatchSource
{
    private const double Half = 0.5;

    private readonly Tensor images; // uint8 [N, H W]
    private readonly ShuffledOrder order;
    private readonly PixelValues values;
    private readonly Generator random = new(0);

    /// <summary>Copies the images to the device and shuffles.</summary>
    /// <param name="data">The images.</param>
    /// <param name="seed">The seed of the order, and of sampled pixels.</param>
    /// <param name="values">The values of the pixels.</param>
    /// <param name="device">The device of the images and of the batches; by default the CPU.</param>
    public PixelBatches(ImageDataset data, long seed = 0, PixelValues values = PixelValues.Grey, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        this.values = values;
        Name = $"{data.Name}, {values.ToString().ToLowerInvariant()} pixels";
        order = new ShuffledOrder(Name, data.Count, seed);
        SampleShape = [data.Height * data.Width];
        using var scope = NewDisposeScope();
        images = data.ToByteTensor().view(data.Count, -1).to(device ?? CPU).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape { get; }

    /// <inheritdoc/>
    public long? SampleCount => order.Count;

    /// <inheritdoc/>
    public BatchPosition Position => order.Position;

    /// <summary>All images of a set as rows of pixels in [0, 1].</summary>
    /// <param name="data">The images.</param>
    /// <param name="values">The values of the pixels.</param>
    /// <param name="seed">The seed of sampled pixels.</param>
    /// <returns>float32 <c>[N, H W]</c> on the CPU; the caller disposes it.</returns>
    public static Tensor All(ImageDataset data, PixelValues values = PixelValues.Grey, long seed = 0)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        return Pixels(data.ToByteTensor().flatten(1), values, random).MoveToOuterDisposeScope();
    }

    /// <summary>Rows of pixels in [0, 1] as square images for showing.</summary>
    /// <param name="rows">[N, S²], nominally in [0, 1].</param>
    /// <returns>[N, 1, S, S] in [-1, 1]; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The rows are no square images.</exception>
    public static Tensor ToImages(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int side = rows.dim() == 2 ? (int)Math.Round(Math.Sqrt(rows.size(1))) : 0;
        if (side < 1 || side * side != rows.size(1))
            throw new ArgumentException($"expected rows [N, S²], got [{string.Join(", ", rows.shape)}]", nameof(rows));
        using var scope = NewDisposeScope();
        return rows.detach().to(float32).mul(2).sub(1).view(-1, 1, side, side).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => order.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize)
    {
        using var scope = NewDisposeScope();
        var (seed, epoch, next) = order.Position;
        ulong key = SeededRandom.SplitMix(SeededRandom.SplitMix((ulong)seed) + (ulong)epoch);
        random.manual_seed((long)(SeededRandom.SplitMix(key + (ulong)next) >> 1));
        var index = tensor(order.Next(batchSize), device: images.device); // [N]
        return Pixels(images.index_select(0, index), values, random).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the copy of the images.</summary>
    public void Dispose()
    {
        images.Dispose();
        random.Dispose();
    }

    private static Tensor Pixels(Tensor bytes, PixelValues values, Generator random)
    {
        var grey = bytes.to_type(ScalarType.Float32).div_(byte.MaxValue);
        return values switch
        {
            PixelValues.Grey => grey,
            PixelValues.Rounded => grey.gt(Half).to(float32),
            PixelValues.Sampled => rand(grey.shape, generator: random).to(grey.device).lt(grey).to(float32),
            _ => throw new ArgumentException($"unknown values of pixels: {values}", nameof(values)),
        };
    }
}

/// <summary>The values of the pixels of <see cref="PixelBatches"/>. Likelihoods of different values cannot be compared.</summary>
public enum PixelValues
{
    /// <summary>The grey levels b / 255.</summary>
    Grey,

    /// <summary>1 where the grey level is above 1/2, 0 elsewhere.</summary>
    Rounded,

    /// <summary>
    /// 1 with the grey level as its probability, drawn again whenever an image is shown: stochastic binarisation (Burda, Grosse and
    /// Salakhutdinov 2016).
    /// </summary>
    Sampled,
}
