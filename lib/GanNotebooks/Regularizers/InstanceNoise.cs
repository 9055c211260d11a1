using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// Gaussian noise on everything that D sees, so that the supports of p and q overlap (Arjovsky and Bottou 2017, section 3; Sønderby et al.
/// 2017). Its standard deviation falls linearly over training.
/// </summary>
/// <param name="Start">σ at the first step, in the unit of the data.</param>
/// <param name="End">σ at the last step.</param>
public sealed record InstanceNoise(double Start, double End = 0)
{
    /// <summary>σ after a fraction of the training.</summary>
    /// <param name="done">The finished part of the training, in [0, 1].</param>
    public double SigmaAt(double done) => Start + (End - Start) * done;

    /// <summary>x + σ n, n standard normal.</summary>
    /// <param name="samples">The samples x, [N, ...].</param>
    /// <param name="sigma">σ ≥ 0.</param>
    /// <param name="random">Source of n, on the CPU wherever x is.</param>
    public static Tensor Add(Tensor samples, double sigma, Generator random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        return samples + sigma * empty(samples.shape, dtype: samples.dtype, device: samples.device).FillNormal(0, 1, random);
    }
}
