using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The generator of DCGAN with conditional batch normalisation: noise passes through the same layers for all classes, and the class sets
/// scale and shift of every channel (the generator of Miyato and Koyama 2018, section 4, without residual blocks). The other way to tell
/// it the class is <see cref="ConcatenatedCondition"/> around a <see cref="DcganGenerator"/> with wider noise.
/// </summary>
public sealed class ConditionalDcganGenerator : ConditionalNetwork
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;
    private readonly ModuleList<ConditionalBatchNorm2d> norms;
    private readonly DepthToSpaceConv2d output;
    private readonly int noise;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="condition">Numbers in one condition, K.</param>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="width">Channels of the last hidden layer.</param>
    /// <param name="extraLayer">Begin one layer earlier where the smallest side is odd, as in <see cref="DcganGenerator"/>.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public ConditionalDcganGenerator(int condition, int size = 28, int channels = 1, int noise = 64, int width = 32,
        bool extraLayer = false)
        : base(nameof(ConditionalDcganGenerator))
    {
        SquareSizes.RequireChannels(channels, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(condition, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        int[] sides = extraLayer ? SquareSizes.DeepOf(size) : SquareSizes.Of(size);
        this.noise = noise;
        int most = width << (sides.Length - 2);
        var doublings = Enumerable.Range(1, sides.Length - 2).Select(
            i => (nn.Module<Tensor, Tensor>)DcganGenerator.Doubling(sides[^i], sides[^(i + 1)], most >> (i - 1)));
        layers = nn.ModuleList([new NoiseProjection(noise, most, sides[^1]), .. doublings]);
        norms = nn.ModuleList(Enumerable.Range(0, layers.Count)
            .Select(i => new ConditionalBatchNorm2d(most >> i, condition)).ToArray());
        output = new DepthToSpaceConv2d(width, channels);
        RegisterComponents();
    }

    /// <summary>Maps noise and conditions to images.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <param name="condition">[N, K].</param>
    /// <returns>[N, channels, size, size] in (-1, 1).</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        SquareSizes.RequireNoise(input, noise);
        var h = input;
        for (int i = 0; i < layers.Count; i++)
            h = norms[i].call(layers[i].call(h), condition).relu(); // [N, c, s, s]
        return output.call(h).tanh_(); // [N, channels, size, size]
    }
}
