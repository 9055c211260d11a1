namespace GanNotebooks.Theory;

/// <summary>The value of the game, V(D, G) = E_p[log D(x)] + E_z[log(1 − D(G(z)))] = ∫ p log D + q log(1 − D).</summary>
/// <remarks>Source: Goodfellow et al. 2014, equations 1 and 3. In nats; −∞ is possible, positive values are not.</remarks>
public sealed class ValueFunction
{
    private readonly OptimalDiscriminator optimal;

    /// <summary>V for data density p and generator density q.</summary>
    /// <param name="p">p_data.</param>
    /// <param name="q">p_g.</param>
    public ValueFunction(Density p, Density q) => optimal = new(p, q);

    /// <summary>p_data.</summary>
    public Density P => optimal.P;

    /// <summary>p_g.</summary>
    public Density Q => optimal.Q;

    /// <summary>The integrand p(x) log y + q(x) log(1 − y) at the discriminator value y ∈ [0, 1].</summary>
    public double Integrand(double x, double y) => Term(P.Pdf(x), Math.Log(y)) + Term(Q.Pdf(x), LogSpace.Log1P(-y));

    /// <summary>V for a discriminator given by its values in [0, 1], by adaptive quadrature.</summary>
    /// <param name="discriminator">x ↦ D(x).</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of D lies outside [0, 1].</exception>
    public Estimate OfProbability(Func<double, double> discriminator, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        return Integrate(x => Integrand(x, Require.Probability(discriminator(x), nameof(discriminator))), quadrature);
    }

    /// <summary>V for a discriminator given by its logits, log D = −softplus(−l) and log(1 − D) = −softplus(l).</summary>
    public Estimate OfLogit(Func<double, double> logit, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(logit);
        return Integrate(x => logit(x) is var l ? Term(P.Pdf(x), -LogSpace.Softplus(-l)) + Term(Q.Pdf(x), -LogSpace.Softplus(l)) : 0,
            quadrature);
    }

    /// <summary>
    /// The first term, E_p[log D(x)] ≤ 0, of a discriminator given by its logits; only D can change it, the generator cannot.
    /// </summary>
    public Estimate DataTerm(Func<double, double> logit, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(logit);
        return Integrate(x => Term(P.Pdf(x), -LogSpace.Softplus(-logit(x))), quadrature);
    }

    /// <summary>
    /// The second term, E_q[log(1 − D(x))] = E_z[log(1 − D(G(z)))] ≤ 0: all that the generator sees, and no real sample is in it.
    /// </summary>
    public Estimate GeneratedTerm(Func<double, double> logit, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(logit);
        return Integrate(x => Term(Q.Pdf(x), -LogSpace.Softplus(logit(x))), quadrature);
    }

    /// <summary>V by Monte Carlo: N real and N generated samples, standard error of the sum of both means.</summary>
    /// <param name="logit">x ↦ log D(x) − log(1 − D(x)).</param>
    /// <param name="count">N ≥ 2 of each kind.</param>
    /// <param name="random">The seeded source of randomness.</param>
    public Estimate MonteCarloOfLogit(Func<double, double> logit, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(logit);
        return MonteCarlo.Expectation(P, x => -LogSpace.Softplus(-logit(x)), count, random)
            .Plus(MonteCarlo.Expectation(Q, x => -LogSpace.Softplus(logit(x)), count, random));
    }

    /// <summary>
    /// V(D* + ε D*(1 − D*) h) − V(D*) = ∫ p log(1 + ε (1 − D*) h) + q log(1 − ε D* h): never positive, 0 only for ε h = 0.
    /// </summary>
    /// <remarks>The factor D*(1 − D*) keeps the perturbed discriminator inside (0, 1) for |ε h| &lt; 1; the term linear in ε,
    /// ∫ h (p (1 − D*) − q D*), vanishes identically, which is the first-order condition of proposition 1.</remarks>
    /// <param name="epsilon">ε.</param>
    /// <param name="direction">h with |ε h(x)| &lt; 1 everywhere.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate Perturbation(double epsilon, Func<double, double> direction, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(direction);
        return Integrate(PerturbedIntegrand, quadrature);

        double PerturbedIntegrand(double x)
        {
            double step = epsilon * direction(x);
            if (!(Math.Abs(step) < 1))
            {
                throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon,
                    Text.Of($"|ε h(x)| must stay below 1, but was {Math.Abs(step)} at x = {x}."));
            }

            double l = optimal.Logit(x);
            var (d, complement) = (LogSpace.Sigmoid(l), LogSpace.Sigmoid(-l));
            return Term(P.Pdf(x), LogSpace.Log1P(step * complement)) + Term(Q.Pdf(x), LogSpace.Log1P(-step * d));
        }
    }

    private static double Term(double weight, double log) => weight == 0 ? 0 : weight * log;

    private Estimate Integrate(Func<double, double> f, Quadrature? quadrature) =>
        (quadrature ?? Quadrature.Default).Integrate(f, Partition.Of(P, Q));
}
