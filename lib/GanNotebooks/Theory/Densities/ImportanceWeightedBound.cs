namespace GanNotebooks.Theory;

/// <summary>
/// The importance-weighted bound L_k = E log (1/k) Σ wᵢ with wᵢ = p(x, zᵢ)/q(zᵢ), zᵢ ~ q (Burda, Grosse and Salakhutdinov 2016), for a
/// model in which everything is known: z ~ N(0, 1), x|z ~ N(z, 1), hence x ~ N(0, 2). L_1 is the evidence lower bound. In nats.
/// </summary>
/// <remarks>
/// An expectation over k variables is one integral: log S = ∫₀^∞ (e^(−t) − e^(−tS)) dt/t (Frullani), so for the mean S of k independent
/// weights E log S = ∫₀^∞ (e^(−t) − φ(t/k)^k) dt/t with φ(t) = E e^(−tw).
/// </remarks>
public sealed class ImportanceWeightedBound
{
    private const double ModelVariance = 2;

    // With t = e^u: below the first end the integrand is under e^(2u), beyond the last one e^u is infinite.
    private static readonly double[] Ends = [-30, 0, 10, 40, 700];

    private static readonly Gaussian Standard = new();

    private readonly double x;
    private readonly Gaussian proposal;

    /// <summary>The bound at a point x.</summary>
    /// <param name="x">The observation.</param>
    /// <param name="proposal">q, for example <see cref="ExactPosterior"/>; by default the prior N(0, 1).</param>
    public ImportanceWeightedBound(double x, Gaussian? proposal = null) => (this.x, this.proposal) = (x, proposal ?? Standard);

    /// <summary>log p(x) of N(0, 2), which every bound stays below.</summary>
    public double LogEvidence => new Gaussian(0, Math.Sqrt(ModelVariance)).LogPdf(x);

    /// <summary>The posterior p(z|x) = N(x/2, 1/2). As proposal it makes all weights equal to p(x).</summary>
    /// <param name="x">The observation.</param>
    public static Gaussian ExactPosterior(double x) => new(x / ModelVariance, Math.Sqrt(1 / ModelVariance));

    /// <summary>
    /// L_1 in closed form: E_q log p(x|z) − KL(q ‖ p) = −½ log 2π − ½ ((x − m)² + s²) − ½ (m² + s² − 1 − log s²) with q = N(m, s²).
    /// </summary>
    public double Elbo
    {
        get
        {
            var (m, s2) = (proposal.Mean, proposal.Variance);
            return -0.5 * Math.Log(2 * Math.PI) - 0.5 * ((x - m) * (x - m) + s2) - 0.5 * (m * m + s2 - 1 - Math.Log(s2));
        }
    }

    /// <summary>Computes L_k by quadrature.</summary>
    /// <param name="count">Number of samples, k, at least 1.</param>
    public Estimate Value(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The weights are divided by p(x), so that their mean is 1.
        var integral = Quadrature.Default.Integrate(u => Math.Exp(-Math.Exp(u)) - Math.Pow(Transform(Math.Exp(u) / count), count), Ends);
        return integral.Affine(1, LogEvidence);
    }

    // φ(t) = E exp(−t w/p(x)).
    private double Transform(double t) => Quadrature.Default.Expectation(proposal, z => Math.Exp(-t * Math.Exp(LogRatio(z)))).Value;

    // log w/p(x) = log p(z|x) − log q(z).
    private double LogRatio(double z) => ExactPosterior(x).LogPdf(z) - proposal.LogPdf(z);
}
