using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// λ E(‖∇l(x̂)‖ − 1)² at x̂ = ε x + (1 − ε) G(z), ε uniform on [0, 1] and drawn for each sample (Gulrajani et al. 2017, equation 3): the
/// best Wasserstein critic has slope 1 between the two distributions.
/// </summary>
/// <param name="Weight">λ; 10 in the paper.</param>
public sealed record GradientPenalty(double Weight = 10) : IDiscriminatorPenalty
{
    /// <inheritdoc/>
    public Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random)
    {
        InputGradient.RequireSameShape(real, fake);
        var epsilon = PerSample.Uniform(real, random); // [N, 1, ...]
        return Weight * OneCentered(discriminator, epsilon * real + (1 - epsilon) * fake);
    }

    // norm(), unlike the root of a sum of squares, has gradient 0, not NaN, where the slope is 0.
    internal static Tensor OneCentered(Func<Tensor, Tensor> discriminator, Tensor samples) =>
        (InputGradient.Of(discriminator, samples).norm(1) - 1).square().mean();
}

/// <summary>Random numbers, one for each sample of a batch.</summary>
internal static class PerSample
{
    // [N, 1, ...]: stretches over the rest of the sample.
    public static Tensor Uniform(Tensor like, Generator random)
    {
        long[] shape = [like.size(0), .. Enumerable.Repeat(1L, (int)like.dim() - 1)];
        return empty(shape, dtype: like.dtype, device: like.device).FillUniform(0, 1, random);
    }
}
