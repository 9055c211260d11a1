namespace GanNotebooks.Theory;

/// <summary>The mass that doubles cannot reach: next to an end other than 0 at which both densities diverge.</summary>
/// <remarks>
/// Between 1 and the double below it lies 1.1e-16. A density like (1 − x)^(−0.95) has a sixth of its mass there, and no quadrature rule can
/// evaluate it. Where one density stays bounded, the integrands of divergences do so, too, up to a logarithm. Next to 0 doubles are dense.
/// </remarks>
internal static class SingularEnds
{
    // Milder poles leave some 1e-8 out of reach.
    private const double Strong = -0.5;

    /// <summary>The estimate with P and Q of the gaps added to its error: what an integrand of size at most p + q can miss.</summary>
    public static Estimate Cover(Estimate estimate, Density p, Density q) =>
        estimate with { Error = estimate.Error + UnreachableMass(p, q) };

    private static double UnreachableMass(Density p, Density q) =>
        p.SplitPoints.Intersect(q.SplitPoints).Where(x => x != 0).Sum(x => Gap(p, q, x, 1) + Gap(p, q, x, -1));

    private static double Gap(Density p, Density q, double x, int side)
    {
        if (!(p.EdgeExponent(x, side) < Strong && q.EdgeExponent(x, side) < Strong))
            return 0;
        return side > 0
            ? p.Cdf(Math.BitIncrement(x)) - p.Cdf(x) + q.Cdf(Math.BitIncrement(x)) - q.Cdf(x)
            : p.Survival(Math.BitDecrement(x)) - p.Survival(x) + q.Survival(Math.BitDecrement(x)) - q.Survival(x);
    }
}
