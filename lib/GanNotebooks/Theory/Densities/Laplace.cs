namespace GanNotebooks.Theory;

/// <summary>The Laplace density p(x) = exp(−|x−μ|/b) / 2b; it has a kink at μ.</summary>
public sealed class Laplace : Density, ICertifiedDensity
{
    private readonly Interval logNormaliser;

    /// <summary>Laplace(μ, b).</summary>
    /// <param name="location">μ, finite.</param>
    /// <param name="scale">b &gt; 0, in the unit of x.</param>
    /// <exception cref="ArgumentOutOfRangeException">μ is not finite or b is not positive and finite.</exception>
    public Laplace(double location = 0, double scale = 1)
    {
        Mean = Require.Finite(location);
        Scale = Require.Positive(scale);
        logNormaliser = IntervalMath.Log(2 * (Interval)scale);
    }

    /// <summary>μ.</summary>
    public override double Mean { get; }

    /// <summary>b.</summary>
    public double Scale { get; }

    /// <summary>2b².</summary>
    public override double Variance => 2 * Scale * Scale;

    /// <summary>The real line.</summary>
    public override Interval Support => Interval.Entire;

    /// <summary>The kink, μ.</summary>
    public override IReadOnlyList<double> SplitPoints => [Mean];

    /// <summary>−|x−μ|/b − log 2b.</summary>
    public override double LogPdf(double x) => -Math.Abs(x - Mean) / Scale - logNormaliser.Midpoint;

    /// <summary>½ e^((x−μ)/b) below μ, 1 − ½ e^(−(x−μ)/b) above.</summary>
    public override double Cdf(double x) => x < Mean ? 0.5 * Math.Exp((x - Mean) / Scale) : 1 - 0.5 * Math.Exp(-(x - Mean) / Scale);

    /// <summary>1 − F(x), exact in the upper tail.</summary>
    public override double Survival(double x) => x < Mean ? 1 - Cdf(x) : 0.5 * Math.Exp(-(x - Mean) / Scale);

    /// <summary>The inverse of F.</summary>
    public override double Quantile(double u) => Require.Probability(u) < 0.5
        ? Mean + Scale * Math.Log(2 * u)
        : Mean - Scale * Math.Log(2 * (1 - u));

    /// <summary>The quantile of a uniform number.</summary>
    public override double Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double magnitude = -Math.Log(1 - random.NextDouble());
        return Mean + Scale * (random.NextDouble() < 0.5 ? -magnitude : magnitude);
    }

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => false;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var z = (x - Mean) / Scale;
        if (x[0].Lo >= Mean)
            return -z - logNormaliser;
        return x[0].Hi <= Mean ? z - logNormaliser : throw new ArgumentException($"{this} has a kink inside {x[0]}.", nameof(x));
    }

    /// <summary>Range times width; a tail is ½ e^(−|x−μ|/b) exactly.</summary>
    public Interval Mass(double a, double b)
    {
        if (double.IsFinite(a) && double.IsFinite(b))
            return CertifiedMass.FromRange(this, a, b);
        var z = double.IsInfinity(b) ? ((Interval)a - Mean) / Scale : ((Interval)Mean - b) / Scale;
        return z.Lo >= 0 && double.IsFinite(z.Hi) ? CertifiedMass.Clip(0.5 * IntervalMath.Exp(-z)) : new(0, 1);
    }

    /// <summary>For example Laplace(0, 1).</summary>
    public override string ToString() => Text.Of($"Laplace({Mean:R}, {Scale:R})");

    internal override TailExpansion? Tail(int side) => new(0, 1 / Scale, 0);
}
