using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// D sees m samples of one kind at once, joined along the features or channels (Lin et al. 2018, PacGAN): a generator that produces one
/// mode only is recognised by samples that are too alike.
/// </summary>
public static class Packing
{
    /// <summary>Joins m samples: [N, c, ...] to [N/m, m c, ...].</summary>
    /// <param name="samples">The samples, with at least two dimensions.</param>
    /// <param name="degree">m, which divides N.</param>
    /// <exception cref="ArgumentException">N is not a multiple of m, or the samples have fewer than two dimensions.</exception>
    public static Tensor Pack(Tensor samples, int degree)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        if (samples.dim() < 2 || samples.size(0) % degree != 0)
            throw new ArgumentException($"expected [N, c, ...] with N divisible by {degree}, got {Shape.Text(samples.shape)}");
        return degree == 1 ? samples : samples.reshape([samples.size(0) / degree, samples.size(1) * degree, .. samples.shape[2..]]);
    }
}
