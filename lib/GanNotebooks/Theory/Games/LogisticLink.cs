namespace GanNotebooks.Theory;

/// <summary>
/// f(t) = -log(1 + e⁻ᵗ), the link of the original GAN: the logarithm of the probability that a discriminator with logit t gives to its own
/// label.
/// </summary>
public static class LogisticLink
{
    /// <summary>f′(0) = 1/2, the only property of the loss that local convergence depends on.</summary>
    public const double SlopeAtZero = 0.5;

    /// <summary>f″(0) = -1/4.</summary>
    public const double CurvatureAtZero = -0.25;

    /// <summary>f(t), without overflow.</summary>
    /// <param name="t">The logit.</param>
    /// <returns>-log(1 + e⁻ᵗ), at most 0.</returns>
    public static double Value(double t) => Math.Min(t, 0) - Math.Log(1 + Math.Exp(-Math.Abs(t)));

    /// <summary>f′(t) = 1/(1 + eᵗ).</summary>
    /// <param name="t">The logit.</param>
    /// <returns>In (0, 1).</returns>
    public static double Slope(double t) => 1 / (1 + Math.Exp(t));

    /// <summary>f″(t) = -f′(t) (1 - f′(t)).</summary>
    /// <param name="t">The logit.</param>
    /// <returns>In [-1/4, 0].</returns>
    public static double Curvature(double t) => -Slope(t) * Slope(-t);
}
