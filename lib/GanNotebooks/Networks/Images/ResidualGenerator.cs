using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A small residual generator without normalisation, for the relativistic objective with R1 and R2, after the rules of R3GAN (Huang et al.
/// 2024): residual blocks, bilinear upsampling between them, LeakyReLU. It ends, as DCGAN does, in a transposed convolution and tanh.
/// </summary>
public sealed class ResidualGenerator : nn.Module<Tensor, Tensor>
{
    private readonly NoiseProjection projection;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly DepthToSpaceConv2d output;
    private readonly int noise;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Fixup"/> is applied.</summary>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="width">Channels of every hidden layer.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public ResidualGenerator(int size = 28, int channels = 1, int noise = 64, int width = 64)
        : base(nameof(ResidualGenerator))
    {
        SquareSizes.RequireChannels(channels, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        int[] sides = SquareSizes.Of(size);
        this.noise = noise;
        projection = new NoiseProjection(noise, width, sides[^1]);
        blocks = nn.ModuleList(Enumerable.Range(0, sides.Length - 1).Select(_ => new ResidualBlock(width)).ToArray());
        output = new DepthToSpaceConv2d(width, channels);
        RegisterComponents();
    }

    /// <summary>Maps noise to images.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <returns>[N, channels, size, size] in (-1, 1).</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SquareSizes.RequireNoise(input, noise);
        var h = projection.call(input); // [N, w, s, s]
        for (int i = 0; i < blocks.Count; i++)
        {
            if (i > 0)
                h = nn.functional.interpolate(h, scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false);
            h = blocks[i].call(h);
        }
        return output.call(nn.functional.leaky_relu(h, ActivationModules.LeakySlope)).tanh();
    }
}
