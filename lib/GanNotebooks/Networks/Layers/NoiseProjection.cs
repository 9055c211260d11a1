using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Noise to a small image of many channels: the same function with the same weights as <c>nn.ConvTranspose2d</c> on [N, z, 1, 1] without
/// bias, as the one matrix product that it is, with the channels last in memory.
/// </summary>
internal sealed class NoiseProjection : nn.Module<Tensor, Tensor>, IInitializable
{
    private readonly Parameter weight; // [z, channels, s, s]

    public NoiseProjection(int noise, int channels, int side)
        : base(nameof(NoiseProjection))
    {
        double bound = 1 / Math.Sqrt(channels * side * side);
        weight = nn.Parameter(empty(noise, channels, side, side).uniform_(-bound, bound));
        RegisterComponents();
    }

    public Parameter Weight() => weight;

    public Parameter? Bias() => null;

    public long FanIn() => weight.size(0);

    /// <summary>[N, z] to [N, channels, s, s].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var (z, c, s) = (weight.size(0), weight.size(1), weight.size(2));
        return input.mm(weight.permute(0, 2, 3, 1).reshape(z, s * s * c)).view(-1, s, s, c).permute(0, 3, 1, 2);
    }
}
