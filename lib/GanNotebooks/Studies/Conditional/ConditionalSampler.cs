using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A trained conditional generator with its noise. It owns the network, and computes in evaluation mode without gradients.
/// </summary>
public sealed class ConditionalSampler : IDisposable
{
    private const int Block = 500;

    private readonly ConditionalNetwork generator;

    /// <summary>Takes over a generator.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="noise">Numbers in one z, which are standard normal.</param>
    public ConditionalSampler(ConditionalNetwork generator, int noise)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 1);
        (this.generator, NoiseDimension) = (generator, noise);
        generator.eval();
    }

    /// <summary>Numbers in one z.</summary>
    public int NoiseDimension { get; }

    /// <summary>Draws samples of each condition.</summary>
    /// <param name="conditions">Conditions [C, ...].</param>
    /// <param name="draws">Samples of each condition, Z.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <returns>[C Z, ...], the Z samples of a condition one after the other; the caller disposes them.</returns>
    public Tensor Draw(Tensor conditions, int draws = 1, long seed = 1)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var random = new Generator((ulong)seed);
        var repeated = conditions.repeat_interleave(draws, dim: 0);
        var z = randn([repeated.size(0), NoiseDimension], generator: random);
        return cat([.. z.split(Block).Zip(repeated.split(Block), generator.call)]).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => generator.Dispose();
}
