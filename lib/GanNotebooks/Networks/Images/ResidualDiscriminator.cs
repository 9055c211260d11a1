using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A small residual discriminator without normalisation, the mirror image of <see cref="ResidualGenerator"/>: gradient penalties may be put
/// on it, because an image's logit does not depend on the rest of its batch.
/// </summary>
public sealed class ResidualDiscriminator : nn.Module<Tensor, Tensor>
{
    private readonly SpaceToDepthConv2d input;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly Conv2d output;
    private readonly int size, channels;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Fixup"/> is applied.</summary>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="width">Channels of every hidden layer.</param>
    /// <exception cref="ArgumentException">A size does not fit; the message names one that would.</exception>
    public ResidualDiscriminator(int size = 28, int channels = 1, int width = 64)
        : base(nameof(ResidualDiscriminator))
    {
        SquareSizes.RequireChannels(channels, width);
        int[] sides = SquareSizes.Of(size);
        (this.size, this.channels) = (size, channels);
        input = new SpaceToDepthConv2d(channels, width);
        blocks = nn.ModuleList(Enumerable.Range(0, sides.Length - 1).Select(_ => new ResidualBlock(width)).ToArray());
        output = nn.Conv2d(width, 1, sides[^1]);
        RegisterComponents();
    }

    /// <summary>Computes the logits of images.</summary>
    /// <param name="input">[N, channels, size, size].</param>
    /// <returns>Logits [N, 1], high on real.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        SquareSizes.RequireImages(input, channels, size);
        var h = this.input.call(input); // [N, w, s, s]
        for (int i = 0; i < blocks.Count; i++)
        {
            if (i > 0)
                h = nn.functional.avg_pool2d(h, 2); // bilinear downsampling by 2
            h = blocks[i].call(h);
        }
        return output.call(nn.functional.leaky_relu(h, ActivationModules.LeakySlope)).view(-1, 1);
    }
}
