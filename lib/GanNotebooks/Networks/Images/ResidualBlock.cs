using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>x + f(x) with f two convolutions of 3 × 3, each behind a LeakyReLU; no normalisation.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d first, second;

    public ResidualBlock(int channels)
        : base(nameof(ResidualBlock))
    {
        (first, second) = (nn.Conv2d(channels, channels, 3, padding: 1), nn.Conv2d(channels, channels, 3, padding: 1));
        RegisterComponents();
    }

    public Conv2d First() => first;

    public Conv2d Second() => second;

    /// <summary>[N, c, s, s] to the same.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var h = first.call(nn.functional.leaky_relu(input, ActivationModules.LeakySlope));
        return input + second.call(nn.functional.leaky_relu(h, ActivationModules.LeakySlope));
    }
}
