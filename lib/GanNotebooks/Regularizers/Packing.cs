using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// D judges m samples of one kind at once, joined along the features or channels (Lin et al. 2018, PacGAN): a generator that produces one
/// mode only is found out by samples that are too alike.
/// </summary>
public static class Packing
{
    /// <summary>[N, c, ...] to [N/m, m c, ...].</summary>
    /// <param name="samples">At least two-dimensional.</param>
    /// <param name="degree">m, which divides N.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static Tensor Pack(Tensor samples, int degree)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        if (samples.dim() < 2 || samples.shape[0] % degree != 0)
            throw new ArgumentException($"expected [N, c, ...] with N divisible by {degree}, got {Shape.Text(samples.shape)}");
        return degree == 1 ? samples : samples.reshape([samples.shape[0] / degree, samples.shape[1] * degree, .. samples.shape[2..]]);
    }
}
