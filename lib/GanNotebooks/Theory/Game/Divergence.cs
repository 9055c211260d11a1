namespace GanNotebooks.Theory;

/// <summary>Divergences between two distributions, in nats; infinite values are +∞, never NaN.</summary>
/// <remarks>
/// For densities each method takes the closed form where there is one, otherwise adaptive quadrature of an integrand built from log
/// densities; naming a <see cref="Quadrature"/> forces the numerical way. Infinities are decided by supports and tails, not by numbers.
/// In this library p is p_data and q is p_g (Goodfellow et al. 2014).
/// </remarks>
public static class Divergence
{
    /// <summary>KL(p‖q) = ∫ p log(p/q) ∈ [0, ∞].</summary>
    public static Estimate KullbackLeibler(Density p, Density q, Quadrature? quadrature = null)
    {
        if (quadrature is null && ClosedForm.KullbackLeibler(p, q) is { } value)
            return Estimate.ClosedForm(value);
        return AbsoluteContinuity.IsKullbackLeiblerInfinite(p, q)
            ? Estimate.ClosedForm(double.PositiveInfinity)
            : Integrate(p, q, (a, b) => Math.Exp(a) is var density && density == 0 ? 0 : density * (a - b), quadrature);
    }

    /// <summary>KL(q‖p), the mode-seeking direction.</summary>
    public static Estimate ReverseKullbackLeibler(Density p, Density q, Quadrature? quadrature = null) => KullbackLeibler(q, p, quadrature);

    /// <summary>JSD(p, q) = ½ KL(p‖m) + ½ KL(q‖m) ∈ [0, log 2], m = ½(p + q).</summary>
    public static Estimate JensenShannon(Density p, Density q, Quadrature? quadrature = null) =>
        quadrature is null && ClosedForm.JensenShannon(p, q) is { } value
            ? Estimate.ClosedForm(value)
            : Integrate(p, q, (a, b) => 0.5 * (TowardsMixture(a, b) + TowardsMixture(b, a)), quadrature);

    /// <summary>TV(p, q) = ½ ∫ |p − q| ∈ [0, 1].</summary>
    public static Estimate TotalVariation(Density p, Density q, Quadrature? quadrature = null) =>
        quadrature is null && ClosedForm.TotalVariation(p, q) is { } value
            ? Estimate.ClosedForm(value)
            : Integrate(p, q, (a, b) => 0.5 * Math.Abs(Math.Exp(a) - Math.Exp(b)), quadrature);

    /// <summary>H²(p, q) = ½ ∫ (√p − √q)² = 1 − ∫ √(pq) ∈ [0, 1]; the f-GAN table's entry is twice this.</summary>
    public static Estimate SquaredHellinger(Density p, Density q, Quadrature? quadrature = null) =>
        quadrature is null && ClosedForm.SquaredHellinger(p, q) is { } value
            ? Estimate.ClosedForm(value)
            : Integrate(p, q, (a, b) => 0.5 * Math.Pow(Math.Exp(0.5 * a) - Math.Exp(0.5 * b), 2), quadrature);

    /// <summary>Pearson's χ²(p‖q) = ∫ (p − q)²/q = ∫ p²/q − 1 ∈ [0, ∞].</summary>
    public static Estimate ChiSquare(Density p, Density q, Quadrature? quadrature = null)
    {
        if (quadrature is null && ClosedForm.ChiSquare(p, q) is { } value)
            return Estimate.ClosedForm(value);
        return AbsoluteContinuity.IsChiSquareInfinite(p, q)
            ? Estimate.ClosedForm(double.PositiveInfinity)
            : Integrate(p, q, SquaredOverQ, quadrature);
    }

    /// <summary>W₁(p, q) = ∫ |F − G| ∈ [0, ∞], in the unit of x: the work of moving one heap of earth onto the other.</summary>
    /// <remarks>Source: Vallender 1974; Arjovsky, Chintala and Bottou 2017, example 1.</remarks>
    public static Estimate Wasserstein1(Density p, Density q, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (ClosedForm.Wasserstein1(p, q) is { } value && (quadrature is null || p is StudentT { DegreesOfFreedom: <= 1 }))
            return Estimate.ClosedForm(value);
        return AbsoluteContinuity.IsWassersteinInfinite(p, q)
            ? Estimate.ClosedForm(double.PositiveInfinity)
            : (quadrature ?? Quadrature.Default).Integrate(Gap, Partition.Of(p, q));

        double Gap(double x)
        {
            var (f, g) = (p.Cdf(x), q.Cdf(x));
            return f > 0.5 && g > 0.5 ? Math.Abs(p.Survival(x) - q.Survival(x)) : Math.Abs(f - g);
        }
    }

    /// <summary>KL(p‖q) = Σ pᵢ log(pᵢ/qᵢ) ∈ [0, ∞].</summary>
    public static double KullbackLeibler(DiscreteDistribution p, DiscreteDistribution q) =>
        Sum(p, q, (a, b) => a == 0 ? 0 : b == 0 ? double.PositiveInfinity : a * Math.Log(a / b));

    /// <summary>KL(q‖p).</summary>
    public static double ReverseKullbackLeibler(DiscreteDistribution p, DiscreteDistribution q) => KullbackLeibler(q, p);

    /// <summary>JSD(p, q) ∈ [0, log 2].</summary>
    public static double JensenShannon(DiscreteDistribution p, DiscreteDistribution q) =>
        Sum(p, q, (a, b) => 0.5 * (TowardsMixture(Math.Log(a), Math.Log(b)) + TowardsMixture(Math.Log(b), Math.Log(a))));

    /// <summary>TV(p, q) = ½ Σ |pᵢ − qᵢ| ∈ [0, 1].</summary>
    public static double TotalVariation(DiscreteDistribution p, DiscreteDistribution q) => Sum(p, q, (a, b) => 0.5 * Math.Abs(a - b));

    /// <summary>H²(p, q) = ½ Σ (√pᵢ − √qᵢ)² ∈ [0, 1].</summary>
    public static double SquaredHellinger(DiscreteDistribution p, DiscreteDistribution q) =>
        Sum(p, q, (a, b) => 0.5 * Math.Pow(Math.Sqrt(a) - Math.Sqrt(b), 2));

    /// <summary>χ²(p‖q) = Σ (pᵢ − qᵢ)²/qᵢ ∈ [0, ∞].</summary>
    public static double ChiSquare(DiscreteDistribution p, DiscreteDistribution q) =>
        Sum(p, q, (a, b) => a == b ? 0 : b == 0 ? double.PositiveInfinity : (a - b) * (a - b) / b);

    /// <summary>W₁(p, q) = Σ |F − G| Δx over the union of both sets of points.</summary>
    public static double Wasserstein1(DiscreteDistribution p, DiscreteDistribution q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        double[] x = p.Points.Concat(q.Points).Distinct().Order().ToArray();
        return x.Zip(x.Skip(1), (from, to) => Math.Abs(p.Cdf(from) - q.Cdf(from)) * (to - from)).Sum();
    }

    /// <summary>a log(a/m) with m = ½(a + b), from the logarithms: a (log 2 − softplus(log b − log a)).</summary>
    internal static double TowardsMixture(double logA, double logB) => double.IsNegativeInfinity(logA)
        ? 0
        : Math.Exp(logA) * (Constants.Log2 - (double.IsNegativeInfinity(logB) ? 0 : LogSpace.Softplus(logB - logA)));

    /// <summary>(p − q)²/q = q (p/q − 1)² from the logarithms; p²/q where the ratio is so large that nothing else counts.</summary>
    internal static double SquaredOverQ(double logP, double logQ) => double.IsNegativeInfinity(logP)
        ? Math.Exp(logQ)
        : logP - logQ > 300 ? Math.Exp(2 * logP - logQ) : Math.Exp(logQ) * Math.Pow(LogSpace.ExpM1(logP - logQ), 2);

    private static Estimate Integrate(Density p, Density q, Func<double, double, double> ofLogs, Quadrature? quadrature)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        var estimate = (quadrature ?? Quadrature.Default).Integrate(x => ofLogs(p.LogPdf(x), q.LogPdf(x)), Partition.Of(p, q));
        return SingularEnds.Cover(estimate, p, q); // a bound for JSD, TV and H², whose integrands are at most p + q
    }

    private static double Sum(DiscreteDistribution p, DiscreteDistribution q, Func<double, double, double> term)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (!p.Points.SequenceEqual(q.Points))
            throw new ArgumentException($"p and q must live on the same points, but had {p.Count} and {q.Count} points.", nameof(q));
        return Enumerable.Range(0, p.Count).Sum(i => term(p[i], q[i]));
    }
}
