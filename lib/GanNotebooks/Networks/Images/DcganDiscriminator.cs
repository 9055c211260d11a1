using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The discriminator of DCGAN (Radford, Metz, Chintala 2015, section 3) for square images, the mirror image of
/// <see cref="DcganGenerator"/>: each convolution (kernel 4, stride 2) halves the side and doubles the channels, with batch normalisation
/// except in the first, and LeakyReLU of slope 0.2. A last convolution over the whole rest gives the logit; there is no fully connected
/// hidden layer.
/// </summary>
public sealed class DcganDiscriminator : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> blocks;
    private readonly Conv2d output;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="width">Channels of the first layer.</param>
    /// <param name="batchNorm">Whether to normalise by batch statistics, as the paper does. Penalties and theorems on the slope at a single
    /// sample need a discriminator without.</param>
    /// <param name="extraLayer">End one layer later where the smallest side is odd, 7 to 4: one more convolution, with kernel 3. The
    /// features of the last block then see 18 × 18 pixels, most of a digit, instead of 10 × 10; in both cases the logit adds up
    /// votes.</param>
    /// <param name="packing">The number of images in one input, m (PacGAN, Lin et al. 2018): the input has m times the channels.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public DcganDiscriminator(int size = 28, int channels = 1, int width = 64, bool batchNorm = true, bool extraLayer = false,
        int packing = 1)
        : base(nameof(DcganDiscriminator))
    {
        SquareSizes.RequireChannels(channels, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(packing, 1);
        int[] sides = extraLayer ? SquareSizes.DeepOf(size) : SquareSizes.Of(size);
        (Size, Channels, Width, ExtraLayer) = (size, packing * channels, width, extraLayer);
        blocks = nn.ModuleList(Blocks(sides, Channels, width, batchNorm));
        output = nn.Conv2d(width << (sides.Length - 2), 1, sides[^1]);
        RegisterComponents();
    }

    /// <summary>Side of the images, in pixels.</summary>
    public int Size { get; }

    /// <summary>Channels of the input: 1 or 3, times the number of images in one input.</summary>
    public int Channels { get; }

    /// <summary>Channels of the first layer.</summary>
    public int Width { get; }

    /// <summary>Whether the network has the extra layer.</summary>
    public bool ExtraLayer { get; }

    /// <summary>Computes the logits of images.</summary>
    /// <param name="input">[N, channels, size, size].</param>
    /// <returns>Logits [N, 1], high on real.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SquareSizes.RequireImages(input, Channels, Size);
        var h = input;
        foreach (var block in blocks)
            h = block.call(h); // [N, c, s, s]
        return output.call(h).view(-1, 1); // [N, 1]
    }

    /// <summary>
    /// Computes the activations after each block, as the features of section 5 of the paper. Always
    /// in evaluation mode, so that an image's features do not depend on the rest of its batch.
    /// </summary>
    /// <param name="images">[N, channels, size, size].</param>
    /// <param name="count">Only the first so many blocks, at least 1; by default all.</param>
    /// <returns>For 28 × 28: [N, width, 14, 14] and [N, 2 width, 7, 7], and with the extra layer [N, 4 width, 4, 4]; the
    /// caller's.</returns>
    /// <exception cref="ArgumentException">The images have another shape, or there are not so many blocks.</exception>
    public IReadOnlyList<Tensor> Features(Tensor images, int? count = null)
    {
        SquareSizes.RequireImages(images, Channels, Size);
        int wanted = count ?? blocks.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, blocks.Count, nameof(count));
        using var mode = new EvaluationMode(this);
        using var scope = NewDisposeScope();
        var features = new List<Tensor>();
        foreach (var block in blocks.Take(wanted))
            features.Add(block.call(features.Count == 0 ? images : features[^1]));
        return [.. features.Select(f => f.MoveToOuterDisposeScope())];
    }

    /// <summary>The hidden layers, one for each step from a side to the next smaller one.</summary>
    internal static Sequential[] Blocks(int[] sides, int channels, int width, bool batchNorm) =>
        [.. Enumerable.Range(0, sides.Length - 1).Select(i => Block(i, Halving(sides[i], sides[i + 1]), channels, width, batchNorm))];

    // Kernel 4 gives s / 2, kernel 3 gives (s + 1) / 2.
    private static int Halving(int from, int to) => from == 2 * to ? 4 : 3;

    private static Sequential Block(int index, int kernel, int channels, int width, bool batchNorm)
    {
        int outputs = width << index;
        var activation = nn.LeakyReLU(ActivationModules.LeakySlope, inplace: true);
        if (index == 0)
            return nn.Sequential(("conv", new SpaceToDepthConv2d(channels, outputs)), ("activation", activation));
        var layer = nn.Conv2d(outputs / 2, outputs, kernel, stride: 2, padding: 1, bias: !batchNorm);
        return batchNorm
            ? nn.Sequential(("conv", layer), ("norm", nn.BatchNorm2d(outputs)), ("activation", activation))
            : nn.Sequential(("conv", layer), ("activation", activation));
    }
}
