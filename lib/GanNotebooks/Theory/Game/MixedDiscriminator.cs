namespace GanNotebooks.Theory;

/// <summary>
/// D* = dP/d(P + Q) for distributions with or without a density: at an atom of either, the share of P's mass; elsewhere p/(p + q).
/// </summary>
/// <remarks>
/// P ≤ P + Q, so by the theorem of Radon and Nikodym both have a density with respect to P + Q, r and 1 − r with 0 ≤ r ≤ 1, and the
/// derivation of Goodfellow et al. 2014, proposition 1, gives D* = r without a change.
/// </remarks>
public sealed class MixedDiscriminator
{
    /// <summary>D* for the distribution P of the data and Q of the generator.</summary>
    /// <param name="p">P.</param>
    /// <param name="q">Q.</param>
    public MixedDiscriminator(MixedDistribution p, MixedDistribution q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        (P, Q) = (p, q);
    }

    /// <summary>The distribution of the data.</summary>
    public MixedDistribution P { get; }

    /// <summary>The distribution of the generator.</summary>
    public MixedDistribution Q { get; }

    /// <summary>D*(x) ∈ [0, 1]; ½ where neither distribution has mass.</summary>
    public double At(double x)
    {
        var (a, b) = (P.Atom(x), Q.Atom(x));
        if (a + b > 0)
            return OptimalDiscriminator.Maximiser(a, b);
        var (logP, logQ) = (P.LogPdf(x), Q.LogPdf(x));
        return logP == logQ ? 0.5 : LogSpace.Sigmoid(logP - logQ);
    }

    /// <summary>P(A)/(P(A) + Q(A)) for A = [x − r, x + r]; it tends to D*(x) as r falls, for almost every x of P + Q.</summary>
    /// <remarks>Source: Besicovitch's differentiation theorem; Evans and Gariepy 1992, section 1.6.</remarks>
    /// <param name="x">The middle.</param>
    /// <param name="r">Half the length, positive.</param>
    public double ShareOfReal(double x, double r)
    {
        Require.Positive(r);
        return OptimalDiscriminator.Maximiser(P.Probability(x - r, x + r), Q.Probability(x - r, x + r));
    }

    /// <summary>C = max V(D) = ∫ log D* dP + ∫ log(1 − D*) dQ ∈ [−log 4, 0]: a sum over the atoms and an integral over the rest.</summary>
    public Estimate Criterion(Quadrature? quadrature = null)
    {
        double atoms = P.Atoms.Keys.Union(Q.Atoms.Keys).Sum(x => VirtualCriterion.Integrand(Math.Log(P.Atom(x)), Math.Log(Q.Atom(x))));
        if (P.DensityMass == 0 || Q.DensityMass == 0)
            return Estimate.ClosedForm(atoms);
        var rest = (quadrature ?? Quadrature.Default).Integrate(
            x => VirtualCriterion.Integrand(P.LogPdf(x), Q.LogPdf(x)), Partition.Of(P.Density!, Q.Density!));
        return SingularEnds.Cover(rest, P.Density!, Q.Density!).Affine(1, atoms);
    }

    /// <summary>JSD(P, Q) = ½ (log 4 + C) ∈ [0, log 2].</summary>
    public Estimate JensenShannon(Quadrature? quadrature = null) => Criterion(quadrature).Affine(0.5, Constants.Log2);
}
