using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A transposed convolution to the few channels of an image (kernel 4, stride 2, padding 1), the same function with the same weights as
/// <c>nn.ConvTranspose2d</c>, several times faster on a CPU; the adjoint of <see cref="SpaceToDepthConv2d"/>.
/// </summary>
internal sealed class DepthToSpaceConv2d : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight; // [inputs, channels, 4, 4]
    private readonly Parameter bias; // [channels]

    public DepthToSpaceConv2d(int inputs, int channels)
        : base(nameof(DepthToSpaceConv2d))
    {
        double bound = 1 / Math.Sqrt(channels * PixelKernel.Side * PixelKernel.Side);
        weight = nn.Parameter(empty(inputs, channels, PixelKernel.Side, PixelKernel.Side).uniform_(-bound, bound));
        bias = nn.Parameter(empty(channels).uniform_(-bound, bound));
        RegisterComponents();
    }

    public Parameter Weight() => weight;

    public Parameter Bias() => bias;

    /// <summary>[N, inputs, s, s] to [N, c, 2s, 2s].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var squares = nn.functional.conv_transpose2d(input, PixelKernel.OfSquares(weight)); // [N, 4c, s + 1, s + 1]
        var (n, c, h, w) = (squares.shape[0], squares.shape[1] / 4, squares.shape[2], squares.shape[3]);
        var padded = squares.permute(0, 2, 3, 1).reshape(n, h, w, c, 2, 2).permute(0, 3, 1, 4, 2, 5).reshape(n, c, 2 * h, 2 * w);
        return padded.narrow(2, 1, 2 * h - 2).narrow(3, 1, 2 * w - 2) + bias.view(1, c, 1, 1);
    }
}
