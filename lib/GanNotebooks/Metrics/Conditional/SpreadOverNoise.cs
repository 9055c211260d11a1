using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>How much the samples of one condition differ: their variance over the noise z, per number of a sample.</summary>
public static class SpreadOverNoise
{
    /// <summary>The unbiased variance over the samples of each condition, averaged over all numbers of a sample.</summary>
    /// <param name="samples">[C, Z, ...], row c with Z samples of condition c; C and Z at least 2. One stored answer for each condition
    /// gives 0.</param>
    /// <returns>The mean over the conditions, with its standard error.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    public static MeanWithError Of(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() < 3 || samples.size(0) < 2 || samples.size(1) < 2)
        {
            throw new ArgumentException(
                $"expected samples [C, Z, ...], C and Z at least 2, got {Shape.Text(samples.shape)}", nameof(samples));
        }

        NonFiniteSamples.ThrowIfAny(samples, nameof(samples));
        using var scope = NewDisposeScope();
        var variance = samples.detach().cpu().to(float64).flatten(2).var(1, unbiased: true).mean([1L]); // [C]
        return MeanWithError.Mean(variance.data<double>().ToArray());
    }
}
