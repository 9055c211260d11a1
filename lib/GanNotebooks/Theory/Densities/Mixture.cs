namespace GanNotebooks.Theory;

/// <summary>A finite mixture p(x) = Σ wᵢ pᵢ(x) / Σ wᵢ, evaluated as a log-sum-exp so that the tails survive.</summary>
/// <remarks>
/// Weights that are doubles need not sum to 1: three times 0.3333333333333 falls short by 1e-13. Everything here is divided by their sum,
/// and the certified members by an interval that contains the exact sum, so that p integrates to 1 whatever the weights are.
/// </remarks>
public sealed class Mixture : Density, ICertifiedDensity
{
    private readonly double[] weights;
    private readonly double[] logWeights; // log wᵢ − log Σ w
    private readonly Density[] components;
    private readonly double total;
    private readonly Interval certifiedTotal;

    /// <summary>
    /// A mixture of weighted components, for example <c>new Mixture((0.5, new Gaussian(-2, 0.5)), (0.5, new Gaussian(2, 0.5)))</c>.
    /// </summary>
    /// <param name="components">Pairs of a weight and a density; the weights are ≥ 0 and sum to 1 within 1e-12.</param>
    /// <exception cref="ArgumentException">No component, a negative weight, or weights that do not sum to 1.</exception>
    public Mixture(params (double Weight, Density Component)[] components)
    {
        ArgumentNullException.ThrowIfNull(components);
        weights = Require.Weights([.. components.Select(c => c.Weight)], nameof(components));
        this.components = [.. components.Select(c => c.Component ?? throw new ArgumentNullException(nameof(components)))];
        total = weights.Sum();
        logWeights = [.. weights.Select(w => Math.Log(w) - Math.Log(total))];
        certifiedTotal = weights.Aggregate((Interval)0, (sum, w) => sum + w);
    }

    /// <summary>wᵢ, as they were given.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>pᵢ.</summary>
    public IReadOnlyList<Density> Components => components;

    /// <summary>Σ wᵢ μᵢ / Σ wᵢ.</summary>
    public override double Mean => Average(d => d.Mean);

    /// <summary>Σ wᵢ (σᵢ² + (μᵢ − μ)²) / Σ wᵢ.</summary>
    public override double Variance
    {
        get
        {
            double mean = Mean;
            return Average(d => d.Variance + Math.Pow(d.Mean - mean, 2));
        }
    }

    /// <summary>The hull of the components' supports.</summary>
    public override Interval Support => new(Positive.Min(c => c.Density.Support.Lo), Positive.Max(c => c.Density.Support.Hi));

    /// <summary>All split points of the components.</summary>
    public override IReadOnlyList<double> SplitPoints => [.. Positive.SelectMany(c => c.Density.SplitPoints).Distinct().Order()];

    /// <summary>All landmarks of the components.</summary>
    public override IReadOnlyList<double> Landmarks => [.. Positive.SelectMany(c => c.Density.Landmarks).Distinct().Order()];

    private IEnumerable<(double Weight, Density Density)> Positive => weights.Zip(components).Where(c => c.First > 0);

    /// <summary>log Σ exp(log wᵢ + log pᵢ(x)) − log Σ wᵢ.</summary>
    public override double LogPdf(double x)
    {
        var terms = components.Length <= 64 ? stackalloc double[components.Length] : new double[components.Length];
        for (int i = 0; i < components.Length; i++)
            terms[i] = logWeights[i] + (weights[i] > 0 ? components[i].LogPdf(x) : 0);
        return LogSpace.LogSumExp(terms);
    }

    /// <summary>Σ wᵢ Fᵢ(x) / Σ wᵢ.</summary>
    public override double Cdf(double x) => Average(d => d.Cdf(x));

    /// <summary>Σ wᵢ (1 − Fᵢ(x)) / Σ wᵢ.</summary>
    public override double Survival(double x) => Average(d => d.Survival(x));

    /// <summary>A component by its weight, then a sample of it.</summary>
    public override double Sample(Random random) => components[Sampling.Index(weights, random)].Sample(random);

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => Certified.All(c => c.Density.VanishesOn(a, b));

    /// <summary>
    /// log p = log pᵣ + log(wᵣ + Σ wᵢ exp(log pᵢ − log pᵣ)) − log Σ wᵢ with r the largest component, so that nothing underflows.
    /// </summary>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var terms = Certified.Where(c => !c.Density.VanishesOn(x[0].Lo, x[0].Hi))
            .Select(c => c.Density.LogPdf(x) + (IntervalMath.Log(c.Weight) - IntervalMath.Log(certifiedTotal))).ToArray();
        if (terms.Length == 0)
            throw new ArgumentException($"{this} vanishes on {x[0]}.", nameof(x));
        var largest = terms.MaxBy(t => t[0].Hi)!;
        if (terms.Length == 1)
            return largest;
        var ratio = IntervalJet.Constant(1, x.Order);
        foreach (var term in terms)
            ratio = ReferenceEquals(term, largest) ? ratio : ratio + (term - largest).Exp();
        return largest + ratio.Log();
    }

    /// <summary>Σ wᵢ times the mass of component i, over Σ wᵢ.</summary>
    public Interval Mass(double a, double b) =>
        CertifiedMass.Clip(Certified.Aggregate((Interval)0, (sum, c) => sum + c.Weight * c.Density.Mass(a, b)) / certifiedTotal);

    /// <summary>For example Mixture(0.5 Gaussian(-2, 0.5) + 0.5 Gaussian(2, 0.5)).</summary>
    public override string ToString() => "Mixture(" + string.Join(" + ", weights.Zip(components, (w, c) => Text.Of($"{w:R} {c}"))) + ")";

    internal override IEnumerable<(double Lo, double Hi)> Cores => Positive.SelectMany(c => c.Density.Cores).Distinct();

    internal override TailExpansion? Tail(int side) => Positive.Select(c => c.Density.Tail(side)).Aggregate(
        (TailExpansion?)null, (a, b) => a is { } x && b is { } y ? TailExpansion.Heavier(x, y) : a ?? b);

    internal override double EdgeExponent(double x, int side) => Positive.Min(c => c.Density.EdgeExponent(x, side));

    private double Average(Func<Density, double> of) => Positive.Sum(c => c.Weight * of(c.Density)) / total;

    private IEnumerable<(double Weight, ICertifiedDensity Density)> Certified =>
        Positive.Select(c => (c.Weight, c.Density as ICertifiedDensity
        ?? throw new NotSupportedException($"{c.Density} offers no rigorous bounds, so {this} cannot be certified.")));
}
