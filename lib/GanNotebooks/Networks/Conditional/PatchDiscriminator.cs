using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The patch discriminator of pix2pix (Isola et al. 2017, section 3.2.2): it judges each patch of an image by itself, and the loss
/// averages over the patches. Two convolutions with stride 2 and one with kernel 3: a logit sees 18 × 18 pixels, and neighbouring logits
/// are 4 pixels apart. Inside a <see cref="ConcatenatedCondition"/> it judges patches of pairs.
/// </summary>
public sealed class PatchDiscriminator : nn.Module<Tensor, Tensor>, IJudgesPatches
{
    private readonly Sequential layers;
    private readonly int channels, size;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="channels">Channels of the image, and of the condition if there is one.</param>
    /// <param name="size">Side of the images, a multiple of 4.</param>
    /// <param name="width">Channels of the first layer.</param>
    public PatchDiscriminator(int channels, int size = 28, int width = 32)
        : base(nameof(PatchDiscriminator))
    {
        SquareSizes.Of(size);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (this.channels, this.size) = (channels, size);
        layers = nn.Sequential(
            ("conv1", nn.Conv2d(channels, width, 4, stride: 2, padding: 1)),
            ("activation1", nn.LeakyReLU(ActivationModules.LeakySlope, inplace: true)),
            ("conv2", nn.Conv2d(width, 2 * width, 4, stride: 2, padding: 1, bias: false)),
            ("norm2", nn.BatchNorm2d(2 * width)),
            ("activation2", nn.LeakyReLU(ActivationModules.LeakySlope, inplace: true)),
            ("output", nn.Conv2d(2 * width, 1, 3, padding: 1)));
        RegisterComponents();
    }

    /// <summary>Computes a logit for each patch.</summary>
    /// <param name="input">[N, channels, size, size].</param>
    /// <returns>[N, P], P = (size/4)², high on real patches.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4 || input.size(1) != channels || input.size(2) != size || input.size(3) != size)
            throw new ArgumentException($"expected images [N, {channels}, {size}, {size}], got {Shape.Text(input.shape)}", nameof(input));
        return layers.call(input).flatten(1);
    }
}

/// <summary>
/// A discriminator that gives several logits [N, P] for a sample, one for each patch. The trainer averages its losses over all of them. It
/// serves without gradient penalties, which are about one logit.
/// </summary>
public interface IJudgesPatches;
