using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// γ_R/2 E_p‖∇l‖² + γ_F/2 E_q‖∇l‖²: the logit should be flat on data (R1), on fakes (R2), or both (Mescheder, Geiger and Nowozin 2018,
/// equations 9 and 10). Where both players are right there is nothing to tell apart, and D should say so.
/// </summary>
/// <param name="OnReal">γ_R, the weight of R1.</param>
/// <param name="OnFake">γ_F, the weight of R2.</param>
public sealed record ZeroCenteredGradientPenalty(double OnReal, double OnFake) : IDiscriminatorPenalty
{
    /// <summary>γ/2 E_p‖∇l‖².</summary>
    public static ZeroCenteredGradientPenalty R1(double gamma) => new(gamma, 0);

    /// <summary>γ/2 E_q‖∇l‖².</summary>
    public static ZeroCenteredGradientPenalty R2(double gamma) => new(0, gamma);

    /// <summary>R1 and R2 with the same γ, as in R3GAN (Huang et al. 2024).</summary>
    public static ZeroCenteredGradientPenalty Both(double gamma) => new(gamma, gamma);

    /// <inheritdoc/>
    public Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random)
    {
        InputGradient.RequireSameShape(real, fake);
        if (OnReal > 0 && OnReal == OnFake) // one pass for both: the mean over 2N samples is half the sum of the two means
            return OnReal * MeanSquaredNorm(discriminator, cat([real, fake]));
        var penalty = zeros([], device: real.device, dtype: real.dtype);
        if (OnReal > 0)
            penalty += OnReal / 2 * MeanSquaredNorm(discriminator, real);
        return OnFake > 0 ? penalty + OnFake / 2 * MeanSquaredNorm(discriminator, fake) : penalty;
    }

    private static Tensor MeanSquaredNorm(Func<Tensor, Tensor> discriminator, Tensor samples) =>
        InputGradient.Of(discriminator, samples).square().sum(1).mean();
}
