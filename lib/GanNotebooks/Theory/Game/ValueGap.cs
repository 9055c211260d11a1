namespace GanNotebooks.Theory;

/// <summary>
/// The price of an imperfect discriminator: V(D*) − V(D) = ∫ (p + q) kl(D*‖D), kl the Kullback-Leibler divergence of two coins.
/// </summary>
/// <remarks>
/// With a = D*, b = D: p = (p + q) a and q = (p + q)(1 − a), so p log(a/b) + q log((1−a)/(1−b)) = (p + q) kl(a‖b). Pinsker's inequality
/// gives the bound from below, kl ≤ χ² the one from above. Source of the inequalities: Tsybakov 2009, section 2.4.
/// </remarks>
public sealed class ValueGap
{
    private readonly OptimalDiscriminator optimal;

    /// <summary>The price for data density p and generator density q.</summary>
    /// <param name="p">p_data.</param>
    /// <param name="q">p_g.</param>
    public ValueGap(Density p, Density q) => optimal = new(p, q);

    /// <summary>The logit of D*, log p − log q.</summary>
    public double LogitAt(double x) => optimal.Logit(x);

    /// <summary>kl(σ(l)‖σ(m)) = a log(a/b) + (1 − a) log((1−a)/(1−b)) with a = σ(l), b = σ(m), from the logits; 0 for l = m.</summary>
    public static double BinaryKullbackLeibler(double logit, double other)
    {
        if (logit == other)
            return 0;
        double Term(double l, double m) => LogSpace.Sigmoid(l) is var a && a == 0 ? 0 : a * (LogSpace.Softplus(-m) - LogSpace.Softplus(-l));
        return Math.Max(0, Term(logit, other) + Term(-logit, -other));
    }

    /// <summary>The largest mean |D − D*| over (p + q)/2 that a gap allows: ½ √gap.</summary>
    /// <remarks>gap ≥ 2 ∫ (p + q)(D − D*)² = 4 E[(D − D*)²] ≥ 4 (E|D − D*|)², by Pinsker and by Jensen.</remarks>
    /// <param name="gap">V(D*) − V(D) ≥ 0, in nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is negative.</exception>
    public static double LargestDistance(double gap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        return 0.5 * Math.Sqrt(gap);
    }

    /// <summary>V(D*) − V(D) = ∫ (p + q) kl(D*‖D).</summary>
    /// <param name="logit">The logit of D.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate Of(Func<double, double> logit, Quadrature? quadrature = null) =>
        Integrate(logit, (best, l) => BinaryKullbackLeibler(best, l), quadrature);

    /// <summary>2 ∫ (p + q)(D − D*)², never above the gap.</summary>
    /// <param name="logit">The logit of D.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate FromBelow(Func<double, double> logit, Quadrature? quadrature = null) =>
        Integrate(logit, (best, l) => 2 * SquaredError(best, l), quadrature);

    /// <summary>∫ (p + q)(D − D*)²/(D(1 − D)), never below the gap.</summary>
    /// <param name="logit">The logit of D.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate FromAbove(Func<double, double> logit, Quadrature? quadrature = null) =>
        Integrate(logit, (best, l) => SquaredError(best, l) / (LogSpace.Sigmoid(l) * LogSpace.Sigmoid(-l)), quadrature);

    /// <summary>½ ∫ h² pq/(p + q): the gap of the logit log(p/q) + ε h is ε² times this, up to terms of third order in ε.</summary>
    /// <param name="h">The direction of the error.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate LogitCoefficient(Func<double, double> h, Quadrature? quadrature = null) =>
        Integrate(h, (best, size) => 0.5 * size * size * LogSpace.Sigmoid(best) * LogSpace.Sigmoid(-best), quadrature);

    private static double SquaredError(double best, double l) => Math.Pow(LogSpace.Sigmoid(l) - LogSpace.Sigmoid(best), 2);

    private Estimate Integrate(Func<double, double> f, Func<double, double, double> price, Quadrature? quadrature)
    {
        ArgumentNullException.ThrowIfNull(f);
        return (quadrature ?? Quadrature.Default).Integrate(
            x => optimal.P.Pdf(x) + optimal.Q.Pdf(x) is var weight && weight == 0 ? 0 : weight * price(optimal.Logit(x), f(x)),
            Partition.Of(optimal.P, optimal.Q));
    }
}
