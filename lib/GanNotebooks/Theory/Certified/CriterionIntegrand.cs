namespace GanNotebooks.Theory;

/// <summary>
/// The integrand of C(G): g(p, q) = p log(p/(p+q)) + q log(q/(p+q)) = −p softplus(−l) − q softplus(l), l = log p − log q.
/// </summary>
/// <remarks>
/// g is homogeneous of degree 1 and convex, and falls in each argument. Jensen's inequality therefore bounds a piece of the integral by
/// its masses P and Q alone: g(P, Q) ≤ ∫ g ≤ 0, at most (P + Q) log 2 below 0. That handles tails and singular ends.
/// </remarks>
internal sealed class CriterionIntegrand(ICertifiedDensity p, ICertifiedDensity q) : ICertifiedIntegrand
{
    public IntervalJet? Taylor(IntervalJet x)
    {
        var (a, b) = (x[0].Lo, x[0].Hi);
        if (p.VanishesOn(a, b) || q.VanishesOn(a, b))
            return null;
        var (logP, logQ) = (p.LogPdf(x), q.LogPdf(x));
        var (plus, minus) = (logP - logQ).Softplus();
        return -(logP.Exp() * minus) - logQ.Exp() * plus;
    }

    public Interval Bound(double a, double b)
    {
        if (p.VanishesOn(a, b) || q.VanishesOn(a, b))
            return 0;
        return new(Lowest(p.Mass(a, b).Hi, q.Mass(a, b).Hi), 0);
    }

    /// <summary>A lower bound of g(P, Q).</summary>
    public static double Lowest(double massP, double massQ)
    {
        if (massP == 0 || massQ == 0)
            return 0;
        var l = IntervalMath.Log(massP) - IntervalMath.Log(massQ);
        return (-(massP * IntervalMath.Softplus(-l)) - massQ * IntervalMath.Softplus(l)).Lo;
    }
}
