using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A convolution from the few channels of an image (kernel 4, stride 2, padding 1), the same function with the same weights as
/// <c>nn.Conv2d</c>, several times faster on a CPU: each 2 × 2 square of pixels becomes a pixel of four times the channels, and over those
/// goes a kernel of 2 × 2 with stride 1. The result has its channels last in memory, which the layers behind it keep.
/// </summary>
internal sealed class SpaceToDepthConv2d : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight; // [outputs, channels, 4, 4]
    private readonly Parameter bias; // [outputs]

    public SpaceToDepthConv2d(int channels, int outputs)
        : base(nameof(SpaceToDepthConv2d))
    {
        double bound = 1 / Math.Sqrt(channels * PixelKernel.Side * PixelKernel.Side);
        weight = nn.Parameter(empty(outputs, channels, PixelKernel.Side, PixelKernel.Side).uniform_(-bound, bound));
        bias = nn.Parameter(empty(outputs).uniform_(-bound, bound));
        RegisterComponents();
    }

    public Parameter Weight() => weight;

    public Parameter Bias() => bias;

    /// <summary>[N, c, s, s] to [N, outputs, s/2, s/2].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var (n, c, h, w) = (input.shape[0], input.shape[1], input.shape[2] / 2 + 1, input.shape[3] / 2 + 1);
        var padded = nn.functional.pad(input, (1, 1, 1, 1)); // [N, c, 2h, 2w]
        // [N, 4c, h, w]
        var squares = padded.reshape(n, c, h, 2, w, 2).permute(0, 2, 4, 1, 3, 5).reshape(n, h, w, 4 * c).permute(0, 3, 1, 2);
        return nn.functional.conv2d(squares, PixelKernel.OfSquares(weight), bias);
    }
}

/// <summary>A kernel of 4 × 4 with stride 2 as one of 2 × 2 with stride 1 over squares of 2 × 2 pixels.</summary>
internal static class PixelKernel
{
    public const int Side = 4;

    /// <summary>[p, q, 4, 4] to [p, 4q, 2, 2]: row 2i + a becomes part a of row i, and columns alike.</summary>
    public static Tensor OfSquares(Tensor weight) =>
        weight.view(weight.shape[0], weight.shape[1], 2, 2, 2, 2).permute(0, 1, 3, 5, 2, 4)
            .reshape(weight.shape[0], 4 * weight.shape[1], 2, 2);
}
