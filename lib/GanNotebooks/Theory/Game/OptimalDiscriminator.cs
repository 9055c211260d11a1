namespace GanNotebooks.Theory;

/// <summary>The discriminator that maximises V(D, G) for fixed G: D*(x) = p(x)/(p(x) + q(x)) = σ(log p(x) − log q(x)).</summary>
/// <remarks>Source: Goodfellow et al. 2014, proposition 1. Where p = q = 0 any value is optimal; ½ is returned.</remarks>
public sealed class OptimalDiscriminator
{
    /// <summary>D* for data density p and generator density q.</summary>
    /// <param name="p">p_data.</param>
    /// <param name="q">p_g.</param>
    public OptimalDiscriminator(Density p, Density q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        (P, Q) = (p, q);
    }

    /// <summary>p_data.</summary>
    public Density P { get; }

    /// <summary>p_g.</summary>
    public Density Q { get; }

    /// <summary>The maximiser a/(a + b) of y ↦ a log y + b log(1 − y) for weights a, b ≥ 0; ½ when both are 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or NaN.</exception>
    public static double Maximiser(double a, double b)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        return a == b ? 0.5 : a / (a + b);
    }

    /// <summary>The logit log p(x) − log q(x): ±∞ where only one density lives, 0 where none does.</summary>
    public double Logit(double x)
    {
        var (a, b) = (P.LogPdf(x), Q.LogPdf(x));
        return a == b ? 0 : a - b;
    }

    /// <summary>D*(x) ∈ [0, 1].</summary>
    public double At(double x) => LogSpace.Sigmoid(Logit(x));

    /// <summary>log D*(x) = −softplus(−logit), exact in the far tails.</summary>
    public double LogAt(double x) => -LogSpace.Softplus(-Logit(x));

    /// <summary>log(1 − D*(x)) = −softplus(logit).</summary>
    public double LogComplementAt(double x) => -LogSpace.Softplus(Logit(x));

    /// <summary>The logit log p − log q at a point of the plane, for rings and grids.</summary>
    public static double Logit(GaussianMixture2D p, GaussianMixture2D q, double x, double y)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return p.LogPdf(x, y) - q.LogPdf(x, y);
    }

    /// <summary>D*(x) at each point.</summary>
    public double[] At(IEnumerable<double> xs) => [.. xs.Select(At)];

    /// <summary>Accuracy of "real if D* &gt; ½" on a balanced mixture: ½(1 + TV(p, q)) ∈ [½, 1].</summary>
    /// <param name="quadrature">Null takes the closed form of TV where there is one; naming a quadrature integrates in any case.</param>
    public Estimate Accuracy(Quadrature? quadrature = null) => Divergence.TotalVariation(P, Q, quadrature).Affine(0.5, 0.5);

    /// <summary>
    /// E_q[D*]. For p = N(0, 1) and q = N(t, 1) the generator's gradient is proportional to it: dC/dt = t E_q[D*] by the envelope theorem,
    /// and the non-saturating gradient is t (1 − E_q[D*]).
    /// </summary>
    public Estimate MeanOnFakes(Quadrature? quadrature = null) => (quadrature ?? Quadrature.Default).Integrate(
        x => Q.Pdf(x) is var density && density == 0 ? 0 : density * At(x), Partition.Of(P, Q));

    /// <summary>∫ |D − D*| (p + q)/2, the distance of a trained discriminator from the optimum.</summary>
    /// <param name="discriminator">D, values in [0, 1].</param>
    /// <param name="quadrature">The tolerances; null is a relaxed 1e-6, enough for a trained network.</param>
    public Estimate Distance(Func<double, double> discriminator, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return (quadrature ?? Quadrature.Default with { AbsoluteTolerance = 1e-6 }).Integrate(
            x => 0.5 * (P.Pdf(x) + Q.Pdf(x)) is var weight && weight == 0 ? 0 : weight * Math.Abs(discriminator(x) - At(x)),
            Partition.Of(P, Q));
    }

    /// <summary>Names the pair of densities.</summary>
    public override string ToString() => $"D* = p/(p+q), p = {P}, q = {Q}";
}
