using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The common part of <see cref="SpaceToDepthConv2d"/> and <see cref="DepthToSpaceConv2d"/>: a kernel of 4 × 4 with stride 2, computed as
/// one of 2 × 2 with stride 1 over squares of 2 × 2 pixels.
/// </summary>
internal abstract class SquaresConv2d : nn.Module<Tensor, Tensor>, IInitializable
{
    private const int Side = 4;

    private readonly Parameter weight; // [rows, channels, 4, 4]
    private readonly Parameter bias; // [outputs]

    /// <summary>Draws the weights from torch's own generator, as its convolutions do.</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="rows">Channels on the side of the network.</param>
    /// <param name="channels">Channels on the side of the image.</param>
    /// <param name="outputs">Channels of the result.</param>
    protected SquaresConv2d(string name, int rows, int channels, int outputs)
        : base(name)
    {
        double bound = 1 / Math.Sqrt(channels * Side * Side);
        weight = nn.Parameter(empty(rows, channels, Side, Side).uniform_(-bound, bound));
        bias = nn.Parameter(empty(outputs).uniform_(-bound, bound));
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public Parameter Weight() => weight;

    public Parameter Bias() => bias;

    public abstract long FanIn();

    /// <summary>The kernel over squares, [rows, 4 channels, 2, 2]: row 2i + a becomes part a of row i, and columns alike.</summary>
    protected Tensor OfSquares() => weight.view(weight.size(0), weight.size(1), 2, 2, 2, 2).permute(0, 1, 3, 5, 2, 4)
        .reshape(weight.size(0), 4 * weight.size(1), 2, 2);
}
