namespace GanNotebooks.Theory;

/// <summary>The integrand of KL(p‖m), m = ½(p + q): p (log p − log m), with log m from the sum of the densities themselves.</summary>
/// <remarks>
/// Written without logits, softplus or D*, so that it checks <see cref="CriterionIntegrand"/> by another road. For masses P, Q the
/// log-sum inequality gives ∫ ≥ P log(2P/(P+Q)), and log m ≥ log p − log 2 gives ∫ ≤ P log 2.
/// </remarks>
internal sealed class TowardsMixtureIntegrand(ICertifiedDensity p, ICertifiedDensity q) : ICertifiedIntegrand
{
    // u log(2u/(1+u)) falls until u = 0.3021, where it is −0.23196, and rises from there; P log(2P/(P+Q)) is Q times that at u = P/Q.
    private const double Least = -0.232;
    private const double IncreasesFrom = 0.31;
    private const double DecreasesTo = 0.25;

    public IntervalJet? Taylor(IntervalJet x)
    {
        var (a, b) = (x[0].Lo, x[0].Hi);
        if (p.VanishesOn(a, b))
            return null;
        var logP = p.LogPdf(x);
        var density = logP.Exp();
        if (q.VanishesOn(a, b))
            return IntervalMath.Log2 * density;
        var other = q.LogPdf(x);
        // log m = log p − log 2 + log(1 + q/p), or the same with p and q exchanged, whichever ratio is small.
        var logMixture = logP[0].Midpoint >= other[0].Midpoint
            ? logP + ((other - logP).Exp() + 1).Log()
            : other + ((logP - other).Exp() + 1).Log();
        return density * (logP - logMixture + IntervalMath.Log2);
    }

    public Interval Bound(double a, double b)
    {
        var mass = p.Mass(a, b);
        if (mass.IsZero)
            return 0;
        double other = q.Mass(a, b).Hi;
        var lower = mass.Lo >= IncreasesFrom * other ? LogSum(mass.Lo, other)
            : mass.Hi <= DecreasesTo * other ? LogSum(mass.Hi, other)
            : Least * (Interval)other;
        return new(lower.Lo, (mass * IntervalMath.Log2).Hi);
    }

    private static Interval LogSum(double mass, double other) => mass == 0 ? 0
        : mass * (IntervalMath.Log2 - IntervalMath.Softplus(IntervalMath.Log(Math.Max(other, double.Epsilon)) - IntervalMath.Log(mass)));
}
