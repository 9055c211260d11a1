using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A small U-Net from images to images (Ronneberger et al. 2015; the generator of pix2pix, Isola et al. 2017, section 3.2.1): two
/// convolutions halve the side, two transposed ones double it, and each level hands its channels across. Unlike pix2pix, which draws its
/// randomness from dropout, it takes noise z, joined as constant planes at the narrowest level. Batch normalisation except next to the
/// images; it ends in tanh.
/// </summary>
public sealed class UNetGenerator : ConditionalNetwork
{
    private readonly Sequential down1, down2, middle, up1;
    private readonly ConvTranspose2d up2;
    private readonly int size, inputs, noise;

    /// <summary>Builds the layers. Their weights are torch's until <see cref="Initialization.Dcgan"/> is applied.</summary>
    /// <param name="inputs">Channels of the condition.</param>
    /// <param name="outputs">Channels of the image that is made: 1 for grey, 3 for colour.</param>
    /// <param name="size">Side of both images, a multiple of 4.</param>
    /// <param name="noise">Numbers in one z.</param>
    /// <param name="width">Channels of the first level.</param>
    public UNetGenerator(int inputs, int outputs, int size = 28, int noise = 8, int width = 16)
        : base(nameof(UNetGenerator))
    {
        SquareSizes.Of(size);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        SquareSizes.RequireChannels(outputs, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        (this.size, this.inputs, this.noise) = (size, inputs, noise);
        down1 = nn.Sequential(("conv", nn.Conv2d(inputs, width, 4, stride: 2, padding: 1)), ("activation", Leaky()));
        down2 = Normed(nn.Conv2d(width, 2 * width, 4, stride: 2, padding: 1, bias: false), 2 * width, Leaky());
        middle = Normed(nn.Conv2d(2 * width + noise, 4 * width, 3, padding: 1, bias: false), 4 * width, nn.ReLU(inplace: true));
        up1 = Normed(nn.ConvTranspose2d(6 * width, 2 * width, 4, stride: 2, padding: 1, bias: false), 2 * width, nn.ReLU(inplace: true));
        up2 = nn.ConvTranspose2d(3 * width, outputs, 4, stride: 2, padding: 1);
        RegisterComponents();
    }

    /// <summary>Maps noise and images to images.</summary>
    /// <param name="input">z, [N, noise].</param>
    /// <param name="condition">[N, inputs, size, size].</param>
    /// <returns>[N, outputs, size, size] in (-1, 1).</returns>
    /// <exception cref="ArgumentException">Noise or condition has another shape.</exception>
    public override Tensor forward(Tensor input, Tensor condition)
    {
        SquareSizes.RequireNoise(input, noise);
        ConditionShape.RequireImages(condition, inputs, size);
        var fine = down1.call(condition); // [N, w, s/2, s/2]
        var coarse = down2.call(fine); // [N, 2w, s/4, s/4]
        var h = middle.call(cat([coarse, ConcatenatedCondition.Beside(coarse, input)], 1)); // [N, 4w, s/4, s/4]
        h = up1.call(cat([h, coarse], 1)); // [N, 2w, s/2, s/2]
        return up2.call(cat([h, fine], 1)).tanh_(); // [N, outputs, s, s]
    }

    private static Sequential Normed(nn.Module<Tensor, Tensor> layer, int channels, nn.Module<Tensor, Tensor> activation) =>
        nn.Sequential(("conv", layer), ("norm", nn.BatchNorm2d(channels)), ("activation", activation));

    private static LeakyReLU Leaky() => nn.LeakyReLU(ActivationModules.LeakySlope, inplace: true);
}
