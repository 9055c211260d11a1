namespace GanNotebooks.Theory;

/// <summary>
/// The virtual training criterion C(G) = max_D V(D, G) = E_p[log D*] + E_q[log(1 − D*)] = −log 4 + 2 JSD(p, q) ∈ [−log 4, 0].
/// </summary>
/// <remarks>
/// Source: Goodfellow et al. 2014, theorem 1. Four ways to the same number: closed form, quadrature, Monte Carlo, certificate.
/// </remarks>
public sealed class VirtualCriterion
{
    /// <summary>C for data density p and generator density q.</summary>
    /// <param name="p">p_data.</param>
    /// <param name="q">p_g.</param>
    public VirtualCriterion(Density p, Density q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        (P, Q) = (p, q);
    }

    /// <summary>p_data.</summary>
    public Density P { get; }

    /// <summary>p_g.</summary>
    public Density Q { get; }

    /// <summary>g = p log(p/(p+q)) + q log(q/(p+q)) from the log densities; 0 where one of them vanishes.</summary>
    public static double Integrand(double logP, double logQ)
    {
        if (double.IsNegativeInfinity(logP) || double.IsNegativeInfinity(logQ))
            return 0;
        double l = logP - logQ;
        return -Math.Exp(logP) * LogSpace.Softplus(-l) - Math.Exp(logQ) * LogSpace.Softplus(l);
    }

    /// <summary>The integrand p log D* + q log(1 − D*) = −(p + q) H_b(D*) at x, H_b the binary entropy.</summary>
    public double At(double x) => Integrand(P.LogPdf(x), Q.LogPdf(x));

    /// <summary>C from a formula, null where there is none (see <see cref="ClosedForm.Criterion"/>).</summary>
    public Estimate? FromClosedForm() => ClosedForm.Criterion(P, Q) is { } value ? Estimate.ClosedForm(value) : null;

    /// <summary>C by adaptive quadrature; the error includes the mass at singular ends that doubles cannot reach.</summary>
    public Estimate ByQuadrature(Quadrature? quadrature = null) =>
        SingularEnds.Cover((quadrature ?? Quadrature.Default).Integrate(At, Partition.Of(P, Q)), P, Q);

    /// <summary>C by Monte Carlo: N samples of p and N of q.</summary>
    /// <param name="count">N ≥ 2.</param>
    /// <param name="random">The seeded source of randomness.</param>
    public Estimate ByMonteCarlo(int count, Random random) =>
        new ValueFunction(P, Q).MonteCarloOfLogit(new OptimalDiscriminator(P, Q).Logit, count, random);

    /// <summary>C, enclosed: ∫ −(p + q) H_b(D*) through logits and softplus.</summary>
    /// <param name="width">Requested width, for example 1e-12.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure Certified(double width = 1e-12)
    {
        var integrand = new CriterionIntegrand(Bounds(P), Bounds(Q));
        double from = Math.Max(P.Support.Lo, Q.Support.Lo);
        return CertifiedIntegral.Over(integrand, Partition.Within(from, Math.Min(P.Support.Hi, Q.Support.Hi), P, Q), width);
    }

    /// <summary>
    /// −log 4 + KL(p‖m) + KL(q‖m), enclosed: other integrands, other partitions, other tail bounds than <see cref="Certified"/>.
    /// </summary>
    /// <param name="width">Requested width.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure CertifiedFromJensenShannon(double width = 1e-12) =>
        CertifiedJensenShannon(0.5 * width).Affine(2, -2 * IntervalMath.Log2);

    /// <summary>JSD(p, q) = ½ KL(p‖m) + ½ KL(q‖m), enclosed.</summary>
    /// <param name="width">Requested width.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure CertifiedJensenShannon(double width = 1e-12) =>
        CertifiedDataTerm(width).Plus(CertifiedGeneratedTerm(width)).Affine(0.5, 0);

    /// <summary>KL(p‖m) with m = ½(p + q), enclosed: the first of the two terms above −log 4; it equals E_p[log D*] + log 2.</summary>
    /// <param name="width">Requested width.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure CertifiedDataTerm(double width = 1e-12) => TowardsMixture(P, Q, width);

    /// <summary>
    /// KL(q‖m) with m = ½(p + q), enclosed: the second of the two terms above −log 4; it equals E_q[log(1 − D*)] + log 2.
    /// </summary>
    /// <param name="width">Requested width.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure CertifiedGeneratedTerm(double width = 1e-12) => TowardsMixture(Q, P, width);

    /// <summary>C on a finite set: Σ pᵢ log D*ᵢ + qᵢ log(1 − D*ᵢ).</summary>
    public static double Of(DiscreteDistribution p, DiscreteDistribution q) => 2 * Divergence.JensenShannon(p, q) - Constants.Log4;

    /// <summary>
    /// C in the plane, by nested adaptive quadrature (not certified); the error is the outer rule's plus the inner tolerance.
    /// </summary>
    /// <param name="p">p_data.</param>
    /// <param name="q">p_g.</param>
    /// <param name="tolerance">Absolute tolerance.</param>
    public static Estimate Of(GaussianMixture2D p, GaussianMixture2D q, double tolerance = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return PlaneQuadrature.Integrate((x, y) => Integrand(p.LogPdf(x, y), q.LogPdf(x, y)), tolerance, p, q);
    }

    /// <summary>Names the pair of densities.</summary>
    public override string ToString() => $"C(G), p = {P}, q = {Q}";

    private static Enclosure TowardsMixture(Density p, Density q, double width)
    {
        var integrand = new TowardsMixtureIntegrand(Bounds(p), Bounds(q));
        return CertifiedIntegral.Over(integrand, Partition.Within(p.Support.Lo, p.Support.Hi, p, q), width);
    }

    private static ICertifiedDensity Bounds(Density density) => density as ICertifiedDensity
        ?? throw new NotSupportedException(
            $"{density} offers no rigorous bounds; use quadrature, or a density that implements ICertifiedDensity.");
}
