using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The hidden layers of a <see cref="DcganDiscriminator"/>, φ(x): the part that heads for several questions share
/// (<see cref="ProjectionDiscriminator"/>, <see cref="AuxiliaryDiscriminator"/>).
/// </summary>
public sealed class DcganFeatures : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> blocks;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="width">Channels of the first layer.</param>
    /// <param name="batchNorm">Whether to normalise by batch statistics.</param>
    /// <param name="extraLayer">End one layer later where the smallest side is odd, as in <see cref="DcganDiscriminator"/>.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public DcganFeatures(int size = 28, int channels = 1, int width = 32, bool batchNorm = true, bool extraLayer = false)
        : base(nameof(DcganFeatures))
    {
        SquareSizes.RequireChannels(channels, width);
        int[] sides = extraLayer ? SquareSizes.DeepOf(size) : SquareSizes.Of(size);
        (Size, Channels) = (size, channels);
        blocks = nn.ModuleList(DcganDiscriminator.Blocks(sides, channels, width, batchNorm));
        Count = (width << (sides.Length - 2)) * sides[^1] * sides[^1];
        RegisterComponents();
    }

    /// <summary>Numbers in the features of one image, F.</summary>
    public int Count { get; }

    /// <summary>Side of the images, in pixels.</summary>
    public int Size { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>Computes the features of images.</summary>
    /// <param name="input">[N, channels, size, size].</param>
    /// <returns>[N, F].</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SquareSizes.RequireImages(input, Channels, Size);
        var h = input;
        foreach (var block in blocks)
            h = block.call(h); // [N, c, s, s]
        return h.flatten(1);
    }
}
