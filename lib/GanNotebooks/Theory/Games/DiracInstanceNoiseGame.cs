namespace GanNotebooks.Theory;

/// <summary>
/// Dirac-GAN with Gaussian noise of standard deviation σ on data and samples: V = E f(ψ(θ + ε)) + E f(-ψε), ε ~ N(0, σ²), both expectations
/// exact up to rounding (trapezoidal rule, which converges exponentially for such integrands). Source: Mescheder et al. 2018 (arXiv
/// 1801.04406).
/// </summary>
/// <param name="Sigma">σ, positive.</param>
public sealed record DiracInstanceNoiseGame(double Sigma = 0.7) : ISmoothGame
{
    private const int Half = 100;
    private const double Spacing = 0.09; // nodes from -9 to 9 standard deviations; the first error term is about e^(-2π²/0.09)
    private static readonly (double Node, double Weight)[] Rule = MakeRule();

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"instance noise σ {Sigma}");

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at)
    {
        var (theta, psi) = (0.0, 0.0);
        foreach (var (node, weight) in Rule)
        {
            var (noise, fake) = (Sigma * node, at.Theta + Sigma * node);
            double slope = LogisticLink.Slope(at.Psi * fake);
            theta -= weight * at.Psi * slope;
            psi += weight * (fake * slope - noise * LogisticLink.Slope(-at.Psi * noise));
        }

        return new(theta, psi);
    }

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at)
    {
        var (a, mixed, d) = (0.0, 0.0, 0.0);
        foreach (var (node, weight) in Rule)
        {
            var (noise, fake) = (Sigma * node, at.Theta + Sigma * node);
            var (slope, curvature) = (LogisticLink.Slope(at.Psi * fake), LogisticLink.Curvature(at.Psi * fake));
            a -= weight * at.Psi * at.Psi * curvature;
            mixed += weight * (slope + at.Psi * fake * curvature);
            d += weight * (fake * fake * curvature + noise * noise * LogisticLink.Curvature(at.Psi * noise));
        }

        return new(a, -mixed, mixed, d);
    }

    private static (double Node, double Weight)[] MakeRule()
    {
        double[] nodes = Enumerable.Range(-Half, 2 * Half + 1).Select(k => k * Spacing).ToArray();
        double total = nodes.Sum(x => Math.Exp(-x * x / 2));
        return [.. nodes.Select(x => (x, Math.Exp(-x * x / 2) / total))];
    }
}
