using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Networks whose layers compute in bfloat16: the range of float32 with 8 significant bits, half the memory for activations, and more speed
/// where the processor multiplies such numbers. A trainer takes the parameters of such a network as it finds them, keeps them exactly in
/// float32 from then on, and rounds after each update (Micikevicius et al. 2018, section 3.1); no scaling of the loss is needed, since the
/// exponents are those of float32.
/// </summary>
public static class ReducedPrecision
{
    /// <summary>
    /// Casts the layers, in place. Batch normalisation stays in float32, as it takes means of many numbers; it accepts and returns
    /// bfloat16.
    /// </summary>
    /// <param name="module">The network, before it is given to a trainer.</param>
    /// <returns>The network itself.</returns>
    /// <exception cref="ArgumentException">The network has spectral norm, whose power iteration needs more digits.</exception>
    public static T InBFloat16<T>(this T module) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        if (module.modules().Prepend(module).Any(m => m is SpectralNorm))
        {
            throw new ArgumentException(
                "spectral norm stays in float32: with 8 significant bits its power iteration does not find the largest singular value",
                nameof(module));
        }

        using var scope = NewDisposeScope();
        nn.Module network = module;
        nn.Module[] norms = [.. network.modules().Prepend(network).Where(IsBatchNorm)];
        // the cast would round them, too
        var exact = norms.Select(norm => norm.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone()))
            .ToArray();
        network.to(bfloat16);
        foreach (var (norm, state) in norms.Zip(exact))
        {
            norm.to(float32);
            norm.load_state_dict(state);
        }
        return module;
    }

    /// <summary>Whether a layer normalises by batch statistics.</summary>
    internal static bool IsBatchNorm(nn.Module layer) => layer.GetType().Name.StartsWith("BatchNorm", StringComparison.Ordinal);

    /// <summary>The number type in which a network computes: bfloat16 if any layer has such parameters.</summary>
    internal static ScalarType PrecisionOf(nn.Module network) => network.parameters().Any(p => p.dtype == bfloat16) ? bfloat16 : float32;
}
