using System.Runtime.CompilerServices;
using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Starting weights, as explicit functions of a module and a generator of random numbers: the same seed gives the same network. A layer
/// whose parameters an initialisation does not know is refused; a new layer declares its parameters with <see cref="IInitializable"/>.
/// Batch normalisation keeps its scales of 1 and shifts of 0, unless the initialisation says otherwise. Spectral norms get their first
/// vector from the same generator, after all weights.
/// </summary>
public static class Initialization
{
    private const double DcganDeviation = 0.02;

    /// <summary>
    /// Weights and biases of every linear layer and every convolution from U(-a, a) with a = 1/√(inputs of one output): PyTorch's default
    /// for both, but drawn from the given generator.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">The source of randomness, on the CPU wherever the network is.</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ArgumentException">A layer has parameters that this initialisation does not know.</exception>
    public static T UniformFanIn<T>(this T module, Generator generator) where T : nn.Module
    {
        foreach (var layer in Layers(module, known: layer => layer.FanIn is not null))
        {
            double bound = 1 / Math.Sqrt(layer.FanIn!.Value);
            Fill(layer.Weight, t => t.FillUniform(-bound, bound, generator));
            Fill(layer.Bias, t => t.FillUniform(-bound, bound, generator));
        }
        return WithStates(module, generator);
    }

    /// <summary>Weights of every linear layer from N(0, σ²), biases zero.</summary>
    /// <param name="module">The network, of linear layers.</param>
    /// <param name="generator">The source of randomness, on the CPU wherever the network is.</param>
    /// <param name="standardDeviation">σ; 0.02 in DCGAN (Radford et al. 2015).</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ArgumentException">A layer has parameters that this initialisation does not know.</exception>
    public static T Normal<T>(this T module, Generator generator, double standardDeviation) where T : nn.Module
    {
        foreach (var layer in Layers(module, known: layer => layer.Module is Linear))
        {
            Fill(layer.Weight, t => t.FillNormal(0, standardDeviation, generator));
            Fill(layer.Bias, t => t.zero_());
        }
        return WithStates(module, generator);
    }

    /// <summary>
    /// DCGAN's start (Radford et al. 2015, section 4): weights of convolutions, transposed convolutions and linear layers from N(0, 0.02²),
    /// scales of batch normalisation from N(1, 0.02²), all biases zero. The scales are those of the authors' code; the paper does not
    /// mention them.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">The source of randomness, on the CPU wherever the network is.</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ArgumentException">A layer has parameters that this initialisation does not know.</exception>
    public static T Dcgan<T>(this T module, Generator generator) where T : nn.Module
    {
        foreach (var layer in Layers(module, known: _ => true, keepsBatchNorm: false))
        {
            double mean = layer.Module is BatchNorm2d ? 1 : 0;
            Fill(layer.Weight, t => t.FillNormal(mean, DcganDeviation, generator));
            Fill(layer.Bias, t => t.zero_());
        }
        return WithStates(module, generator);
    }

    /// <summary>
    /// A start for residual networks without normalisation (Zhang, Dauphin, Ma 2019, "Fixup initialization"): weights from N(0, 2/inputs),
    /// in the L residual blocks the first convolution's divided by √L and the second's zero, so that each block begins as the identity;
    /// biases zero.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="generator">The source of randomness, on the CPU wherever the network is.</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ArgumentException">A layer has parameters that this initialisation does not know.</exception>
    public static T Fixup<T>(this T module, Generator generator) where T : nn.Module
    {
        var layers = Layers(module, known: layer => layer.FanIn is not null && layer.Module is not Linear);
        var blocks = module.modules().OfType<ResidualBlock>().ToList();
        var (first, second) = (blocks.Select(b => b.First()).ToHashSet(), blocks.Select(b => b.Second()).ToHashSet());
        foreach (var layer in layers)
        {
            double scale = second.Contains(layer.Module) ? 0 : first.Contains(layer.Module) ? 1 / Math.Sqrt(blocks.Count) : 1;
            Fill(layer.Weight, t => t.FillNormal(0, scale * Math.Sqrt(2.0 / layer.FanIn!.Value), generator));
            Fill(layer.Bias, t => t.zero_());
        }
        return WithStates(module, generator);
    }

    /// <summary>
    /// Weights of every linear layer from U(-a, a), biases zero: the start of the 2014 networks (<c>irange</c> in their code).
    /// </summary>
    /// <param name="module">The network, of linear layers.</param>
    /// <param name="generator">The source of randomness, on the CPU wherever the network is.</param>
    /// <param name="bound">a.</param>
    /// <returns>The module itself.</returns>
    /// <exception cref="ArgumentException">A layer has parameters that this initialisation does not know.</exception>
    public static T Uniform<T>(this T module, Generator generator, double bound) where T : nn.Module
    {
        foreach (var layer in Layers(module, known: layer => layer.Module is Linear))
        {
            Fill(layer.Weight, t => t.FillUniform(-bound, bound, generator));
            Fill(layer.Bias, t => t.zero_());
        }
        return WithStates(module, generator);
    }

    // The layers to start, in their order. All are looked at before the first number is drawn, so that a refused network stays as it was.
    private static List<Layer> Layers(nn.Module module, Func<Layer, bool> known, bool keepsBatchNorm = true,
        [CallerMemberName] string initialization = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        var found = new List<Layer>();
        foreach (var part in module.modules().Prepend(module))
        {
            string[] own = [.. part.named_parameters(recurse: false).Select(p => p.name)];
            if (own.Length == 0 || keepsBatchNorm && ReducedPrecision.IsBatchNorm(part))
                continue;
            var layer = Known(part);
            if (layer is null || !known(layer))
            {
                string remedy = initialization is nameof(Normal) or nameof(Uniform) ? "; it starts linear layers only"
                    : layer is null ? $"; a layer of your own says how by implementing {nameof(IInitializable)}"
                    : "";
                throw new ArgumentException(
                    $"{initialization} does not start {string.Join(" and ", own)} of a {part.GetType().Name}{remedy}", nameof(module));
            }

            found.Add(layer);
        }

        return found;
    }

    // Such a state must not depend on what else the process has drawn.
    private static T WithStates<T>(T module, Generator generator) where T : nn.Module
    {
        foreach (var state in module.modules().Prepend(module).OfType<IRandomlyStarted>())
            state.Start(generator);
        return module;
    }

    private static Layer? Known(nn.Module part) => part switch
    {
        IInitializable own => new(part, own.Weight(), own.Bias(), own.FanIn()),
        Linear l => new(part, l.weight!, l.bias, l.weight!.size(1)),
        Conv2d c => new(part, c.weight!, c.bias, c.weight!.numel() / c.weight.size(0)),
        ConvTranspose2d c => new(part, c.weight!, c.bias, FanIn: null), // depends on the stride
        BatchNorm2d n => new(part, n.weight!, n.bias, FanIn: null),
        _ => null,
    };

    private static void Fill(Tensor? parameter, Func<Tensor, Tensor> fill)
    {
        if (parameter is null)
            return;
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        fill(parameter);
    }

    private sealed record Layer(nn.Module Module, Parameter Weight, Parameter? Bias, long? FanIn);
}
