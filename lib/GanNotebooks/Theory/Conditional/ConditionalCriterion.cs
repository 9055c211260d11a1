namespace GanNotebooks.Theory;

/// <summary>
/// The criterion of a conditional GAN with finitely many conditions: the largest value that D(x, c) can reach,
/// C = Σ_c ∫ p(c) p(x|c) log D* + r(c) q(x|c) log(1 − D*), D*(x, c) = p(c) p(x|c) / (p(c) p(x|c) + r(c) q(x|c)).
/// </summary>
/// <remarks>
/// r is the law of the conditions that the generator is asked for. With r = p, C = E_c[2 JSD(p(·|c), q(·|c))] − log 4, whose minimum
/// −log 4 is reached only by q(·|c) = p(·|c) for every c of positive probability. In general C = 2 JSD of the joint laws − log 4.
/// Source: Mirza and Osindero 2014, equation 2, with theorem 1 of Goodfellow et al. 2014 applied to each condition.
/// </remarks>
public sealed class ConditionalCriterion
{
    private readonly (Density P, Density Q)[] laws;
    private readonly double[] weights;
    private readonly double[] generatedWeights;

    /// <summary>C for laws of the data and of the generator under each condition.</summary>
    /// <param name="weights">p(c) ≥ 0, sum 1.</param>
    /// <param name="laws">p(·|c) and q(·|c), one pair for each condition.</param>
    /// <param name="generatedWeights">r(c) ≥ 0, sum 1; null for r = p, the usual game.</param>
    /// <exception cref="ArgumentException">The numbers of weights and laws differ, or weights do not sum to 1.</exception>
    public ConditionalCriterion(
        IReadOnlyList<double> weights, IReadOnlyList<(Density P, Density Q)> laws, IReadOnlyList<double>? generatedWeights = null)
    {
        ArgumentNullException.ThrowIfNull(laws);
        this.weights = Require.Weights(weights);
        this.generatedWeights = generatedWeights is null ? this.weights : Require.Weights(generatedWeights);
        this.laws = [.. laws];
        if (this.weights.Length != this.laws.Length || this.generatedWeights.Length != this.laws.Length)
        {
            throw new ArgumentException(
                $"expected a weight for each of {this.laws.Length} conditions, got {this.weights.Length} and "
                + $"{this.generatedWeights.Length}.", nameof(weights));
        }
    }

    /// <summary>Number of conditions.</summary>
    public int Count => laws.Length;

    /// <summary>p(c).</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>r(c), the law of the generator's conditions.</summary>
    public IReadOnlyList<double> GeneratedWeights => generatedWeights;

    /// <summary>p(·|c) and q(·|c).</summary>
    public IReadOnlyList<(Density P, Density Q)> Laws => laws;

    /// <summary>The game in which D does not see the condition: the criterion of the two marginal laws of x.</summary>
    public VirtualCriterion Unconditional => new(
        new Mixture([.. laws.Select((pair, c) => (weights[c], pair.P))]),
        new Mixture([.. laws.Select((pair, c) => (generatedWeights[c], pair.Q))]));

    /// <summary>The logit of D*(x, c): log p(x|c) − log q(x|c) + log p(c)/r(c).</summary>
    /// <param name="x">The sample.</param>
    /// <param name="condition">c, from 0.</param>
    public double Logit(double x, int condition)
    {
        var (p, q) = laws[Checked(condition)];
        return new OptimalDiscriminator(p, q).Logit(x) + Math.Log(weights[condition]) - Math.Log(generatedWeights[condition]);
    }

    /// <summary>D*(x, c) ∈ [0, 1].</summary>
    /// <param name="x">The sample.</param>
    /// <param name="condition">c, from 0.</param>
    public double DiscriminatorAt(double x, int condition) => LogSpace.Sigmoid(Logit(x, condition));

    /// <summary>p(c|x), the posterior of the conditions given a sample of the data.</summary>
    /// <param name="x">The sample.</param>
    /// <returns>One probability for each condition.</returns>
    public double[] Posterior(double x) => PosteriorOf(x, weights, c => laws[c].P);

    /// <summary>q(c|x), the posterior of the conditions given a generated sample.</summary>
    /// <param name="x">The sample.</param>
    /// <returns>One probability for each condition.</returns>
    public double[] GeneratedPosterior(double x) => PosteriorOf(x, generatedWeights, c => laws[c].Q);

    /// <summary>C, enclosed: Σ_c ∫ of the criterion's integrand for the measures p(c) p(x|c) and r(c) q(x|c).</summary>
    /// <param name="width">Requested width, for all conditions together.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure Certified(double width = 1e-12) => Sum(width, Term);

    /// <summary>
    /// −log 4 + Σ_c KL(p(c) p‖m) + KL(r(c) q‖m), m = ½ (p(c) p + r(c) q), enclosed: other integrands and other bounds than
    /// <see cref="Certified"/>.
    /// </summary>
    /// <param name="width">Requested width.</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    public Enclosure CertifiedFromJensenShannon(double width = 1e-12) => Sum(width, (c, part) =>
        TowardsMixture(c, 0.5 * part, fromData: true).Plus(TowardsMixture(c, 0.5 * part, fromData: false)))
        .Affine(1, -2 * IntervalMath.Log2);

    /// <summary>C by adaptive quadrature.</summary>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate ByQuadrature(Quadrature? quadrature = null) =>
        Value((x, c) => Logit(x, c), quadrature);

    /// <summary>V of any discriminator that sees the condition: Σ_c p(c) E_p(·|c)[log D(x, c)] + r(c) E_q(·|c)[log(1 − D(x, c))].</summary>
    /// <param name="logit">(x, c) ↦ the logit of D.</param>
    /// <param name="quadrature">Tolerances; null for the default.</param>
    public Estimate Value(Func<double, int, double> logit, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(logit);
        return Enumerable.Range(0, Count).Select(c =>
        {
            var (p, q) = laws[c];
            var value = new ValueFunction(p, q);
            var data = value.DataTerm(x => logit(x, c), quadrature).Affine(weights[c], 0);
            return data.Plus(value.GeneratedTerm(x => logit(x, c), quadrature).Affine(generatedWeights[c], 0));
        }).Aggregate((a, b) => a.Plus(b));
    }

    /// <summary>Names the conditions.</summary>
    public override string ToString() =>
        string.Join("; ", laws.Select((pair, c) => Text.Of($"c = {c + 1}: {weights[c]:R} {pair.P}, {generatedWeights[c]:R} {pair.Q}")));

    private Enclosure Term(int condition, double width)
    {
        var (p, q) = laws[condition];
        var integrand = new CriterionIntegrand(
            new WeightedDensity(weights[condition], p), new WeightedDensity(generatedWeights[condition], q));
        double from = Math.Max(p.Support.Lo, q.Support.Lo);
        return CertifiedIntegral.Over(integrand, Partition.Within(from, Math.Min(p.Support.Hi, q.Support.Hi), p, q), width);
    }

    private Enclosure TowardsMixture(int condition, double width, bool fromData)
    {
        var (p, q) = laws[condition];
        var (data, generated) = (new WeightedDensity(weights[condition], p), new WeightedDensity(generatedWeights[condition], q));
        var support = fromData ? p.Support : q.Support;
        return CertifiedIntegral.Over(fromData ? new TowardsMixtureIntegrand(data, generated) : new(generated, data),
            Partition.Within(support.Lo, support.Hi, p, q), width);
    }

    private Enclosure Sum(double width, Func<int, double, Enclosure> term) => Enumerable.Range(0, Count)
        .Where(c => weights[c] > 0 || generatedWeights[c] > 0)
        .Select(c => term(c, Require.Positive(width) / Count)).Aggregate((a, b) => a.Plus(b));

    private static double[] PosteriorOf(double x, double[] prior, Func<int, Density> law)
    {
        double[] logs = [.. prior.Select((w, c) => Math.Log(w) + law(c).LogPdf(x))];
        double total = LogSpace.LogSumExp(logs);
        return [.. logs.Select(l => Math.Exp(l - total))];
    }

    private int Checked(int condition) => condition >= 0 && condition < Count
        ? condition
        : throw new ArgumentOutOfRangeException(nameof(condition), condition, $"there are {Count} conditions, numbered from 0.");
}
