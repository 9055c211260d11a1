using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>
/// The eigenvalues of the Dirac-GAN's Jacobian at the equilibrium, by formula; the plus sign first. Source: Mescheder et al. 2018 (arXiv
/// 1801.04406).
/// </summary>
public static class DiracEigenvalues
{
    private const double Slope = LogisticLink.SlopeAtZero;
    private const double Curvature = LogisticLink.CurvatureAtZero;

    /// <summary>Minimax and non-saturating: ± i f′(0).</summary>
    /// <returns>± 0.5 i.</returns>
    public static (Complex First, Complex Second) Minimax() => Around(0, -Slope * Slope);

    /// <summary>Wasserstein, inside the clipping box: ± i.</summary>
    /// <returns>± i.</returns>
    public static (Complex First, Complex Second) Wasserstein() => Around(0, -1);

    /// <summary>Instance noise: σ² f″(0) ± √(σ⁴ f″(0)² - f′(0)²).</summary>
    /// <param name="sigma">The standard deviation of the noise.</param>
    /// <returns>The two eigenvalues.</returns>
    public static (Complex First, Complex Second) InstanceNoise(double sigma)
    {
        double mean = sigma * sigma * Curvature;
        return Around(mean, mean * mean - Slope * Slope);
    }

    /// <summary>R1, R2, also on the non-saturating game: -γ/2 ± √(γ²/4 - f′(0)²); critical at γ = 2 |f′(0)| = 1.</summary>
    /// <param name="gamma">The weight of the penalty.</param>
    /// <returns>The two eigenvalues.</returns>
    public static (Complex First, Complex Second) R1(double gamma) => Around(-gamma / 2, gamma * gamma / 4 - Slope * Slope);

    /// <summary>
    /// A MISPRINT, kept to be refuted: -γ/2 ± √(γ²/4 - f′(0)), f′(0) not squared, as R3GAN (Huang et al. 2024, "The GAN is dead; long live
    /// the GAN!") prints it in equation 12. A numeric Jacobian settles it in favour of <see cref="R1"/>.
    /// </summary>
    /// <param name="gamma">The weight of the penalty.</param>
    /// <returns>The pair that is not the eigenvalues.</returns>
    public static (Complex First, Complex Second) R1AsMisprinted(double gamma) => Around(-gamma / 2, gamma * gamma / 4 - Slope);

    /// <summary>Consensus optimisation: -γ f′(0)² ± i f′(0).</summary>
    /// <param name="gamma">The weight γ of the term.</param>
    /// <returns>The two eigenvalues.</returns>
    public static (Complex First, Complex Second) Consensus(double gamma) => Around(-gamma * Slope * Slope, -Slope * Slope);

    private static (Complex First, Complex Second) Around(double mean, double discriminant)
    {
        var root = Complex.Sqrt(discriminant);
        return (mean + root, mean - root);
    }
}
