using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The generator of DCGAN (Radford, Metz, Chintala 2015, section 3) for square images: noise is projected to a small image of many
/// channels, and each transposed convolution (kernel 4, stride 2) doubles the side and halves the channels. Batch normalisation and ReLU
/// after every layer but the last, which ends in tanh. 28 = 7 · 2² takes two of them, 64 = 4 · 2⁴ four.
/// </summary>
public sealed class DcganGenerator : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> blocks;
    private readonly DepthToSpaceConv2d output;
    private readonly int noise;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="noise">Numbers in one z; 100 in the paper.</param>
    /// <param name="width">Channels of the last hidden layer; 64 in the paper's reference implementation (<c>ngf</c>) and 128 in its figure
    /// 1.</param>
    /// <param name="extraLayer">Begin one layer earlier where the smallest side is odd, 28 = (2 · 4 − 1) · 2²: one more transposed
    /// convolution, with kernel 3.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public DcganGenerator(int size = 28, int channels = 1, int noise = 100, int width = 64, bool extraLayer = false)
        : base(nameof(DcganGenerator))
    {
        SquareSizes.RequireChannels(channels, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        int[] sides = extraLayer ? SquareSizes.DeepOf(size) : SquareSizes.Of(size);
        (this.noise, Size, Channels, Width) = (noise, size, channels, width);
        int most = width << (sides.Length - 2);
        var doublings = Enumerable.Range(1, sides.Length - 2)
            .Select(i => Block(Doubling(sides[^i], sides[^(i + 1)], most >> (i - 1)), most >> i));
        blocks = nn.ModuleList([Block(new NoiseProjection(noise, most, sides[^1]), most), .. doublings]);
        output = new DepthToSpaceConv2d(width, channels);
        RegisterComponents();
    }

    /// <summary>Side of the images, in pixels.</summary>
    public int Size { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>Channels of the last hidden layer.</summary>
    public int Width { get; }

    /// <summary>Maps noise to images.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <returns>[N, channels, size, size] in (-1, 1).</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SquareSizes.RequireNoise(input, noise);
        var h = input;
        foreach (var block in blocks)
            h = block.call(h); // [N, c, s, s]
        return output.call(h).tanh_(); // [N, channels, size, size]
    }

    // Kernel 4 gives 2s, kernel 3 gives 2s − 1.
    internal static ConvTranspose2d Doubling(int from, int to, int inputs) =>
        nn.ConvTranspose2d(inputs, inputs / 2, to == 2 * from ? 4 : 3, stride: 2, padding: 1, bias: false);

    private static Sequential Block(nn.Module<Tensor, Tensor> layer, int outputs) => nn.Sequential(
        ("conv", layer), ("norm", nn.BatchNorm2d(outputs)), ("activation", nn.ReLU(inplace: true)));
}
