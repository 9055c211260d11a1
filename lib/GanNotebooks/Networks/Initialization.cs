using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Starting weights, as explicit functions of a module and a generator of random numbers: the same seed gives the same network.
/// </summary>
public static class Initialization
{
    private const double DcganDeviation = 0.02;

    /// <summary>
    /// Weights and biases of every linear layer and every convolution from U(-a, a) with a = 1/√(inputs of one output): PyTorch's default
    /// for both, but from a generator of one's own.
    /// </summary>
    /// <returns>The module itself.</returns>
    public static T UniformFanIn<T>(this T module, Generator generator) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var layer in module.modules().Prepend(module))
        {
            var (weight, bias) = layer switch
            {
                Linear l => (l.weight, l.bias),
                Conv2d c => (c.weight, c.bias),
                SpaceToDepthConv2d c => (c.Weight(), c.Bias()),
                _ => default((Parameter?, Parameter?)),
            };
            if (weight is null)
                continue;
            double bound = 1 / Math.Sqrt(weight.numel() / weight.shape[0]);
            Fill(weight, t => t.FillUniform(-bound, bound, generator));
            Fill(bias, t => t.FillUniform(-bound, bound, generator));
        }
        return module;
    }

    /// <summary>Weights of every linear layer from N(0, σ²), biases zero.</summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">Source of randomness, on the CPU wherever the network is.</param>
    /// <param name="standardDeviation">σ; 0.02 in DCGAN (Radford et al. 2015).</param>
    /// <returns>The module itself.</returns>
    public static T Normal<T>(this T module, Generator generator, double standardDeviation) where T : nn.Module
    {
        foreach (var layer in LinearLayers(module))
        {
            Fill(layer.weight, t => t.FillNormal(0, standardDeviation, generator));
            Fill(layer.bias, t => t.zero_());
        }
        return module;
    }

    /// <summary>
    /// DCGAN's start (Radford et al. 2015, section 4): weights of convolutions, transposed convolutions and linear layers from N(0, 0.02²),
    /// scales of batch normalisation from N(1, 0.02²), all biases zero. The scales are those of the authors' code; the paper does not
    /// mention them.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">Source of randomness, on the CPU wherever the network is.</param>
    /// <returns>The module itself.</returns>
    public static T Dcgan<T>(this T module, Generator generator) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var layer in module.modules().Prepend(module))
        {
            var (weight, bias, mean) = layer switch
            {
                Linear l => (l.weight, l.bias, 0),
                Conv2d c => (c.weight, c.bias, 0),
                ConvTranspose2d c => (c.weight, c.bias, 0),
                SpaceToDepthConv2d c => (c.Weight(), c.Bias(), 0),
                DepthToSpaceConv2d c => (c.Weight(), c.Bias(), 0),
                NoiseProjection p => (p.Weight(), null, 0),
                BatchNorm2d n => (n.weight, n.bias, 1),
                _ => default((Parameter?, Parameter?, int)),
            };
            Fill(weight, t => t.FillNormal(mean, DcganDeviation, generator));
            Fill(bias, t => t.zero_());
        }
        return module;
    }

    /// <summary>
    /// A start for residual networks without normalisation (Zhang, Dauphin, Ma 2019, "Fixup initialization"): weights from N(0, 2/inputs),
    /// in the L residual blocks the first convolution's divided by √L and the second's zero, so that each block begins as the identity;
    /// biases zero.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">Source of randomness, on the CPU wherever the network is.</param>
    /// <returns>The module itself.</returns>
    public static T Fixup<T>(this T module, Generator generator) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        var blocks = module.modules().OfType<ResidualBlock>().ToList();
        var (first, second) = (blocks.Select(b => b.First()).ToHashSet(), blocks.Select(b => b.Second()).ToHashSet());
        foreach (var layer in module.modules())
        {
            var (weight, bias, inputs) = layer switch
            {
                Conv2d c => (c.weight, c.bias, c.weight!.numel() / c.weight.shape[0]),
                SpaceToDepthConv2d c => (c.Weight(), c.Bias(), c.Weight().numel() / c.Weight().shape[0]),
                DepthToSpaceConv2d c => (c.Weight(), c.Bias(), 4 * c.Weight().shape[0]), // 2 × 2 of the 4 × 4 weights meet in a pixel
                NoiseProjection p => (p.Weight(), null, p.Weight().shape[0]),
                _ => default((Parameter?, Parameter?, long)),
            };
            double scale = second.Contains(layer) ? 0 : first.Contains(layer) ? 1 / Math.Sqrt(blocks.Count) : 1;
            Fill(weight, t => t.FillNormal(0, scale * Math.Sqrt(2.0 / inputs), generator));
            Fill(bias, t => t.zero_());
        }
        return module;
    }

    /// <summary>
    /// Weights of every linear layer from U(-a, a), biases zero: the start of the 2014 networks (<c>irange</c> in their code).
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">Source of randomness, on the CPU wherever the network is.</param>
    /// <param name="bound">a.</param>
    /// <returns>The module itself.</returns>
    public static T Uniform<T>(this T module, Generator generator, double bound) where T : nn.Module
    {
        foreach (var layer in LinearLayers(module))
        {
            Fill(layer.weight, t => t.FillUniform(-bound, bound, generator));
            Fill(layer.bias, t => t.zero_());
        }
        return module;
    }

    private static IEnumerable<Linear> LinearLayers(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.modules().OfType<Linear>();
    }

    private static void Fill(Tensor? parameter, Func<Tensor, Tensor> fill)
    {
        if (parameter is null)
            return;
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        fill(parameter);
    }
}
