namespace GanNotebooks.Theory;

/// <summary>The normal density p(x) = exp(−(x−μ)²/2σ²) / (σ √2π). The second parameter is the standard deviation.</summary>
public sealed class Gaussian : Density, ICertifiedDensity
{
    private readonly Interval logNormaliser;

    /// <summary>N(μ, σ²).</summary>
    /// <param name="mean">μ, finite.</param>
    /// <param name="standardDeviation">σ &gt; 0, in the unit of x.</param>
    /// <exception cref="ArgumentOutOfRangeException">μ is not finite or σ is not positive and finite.</exception>
    public Gaussian(double mean = 0, double standardDeviation = 1)
    {
        Mean = Require.Finite(mean);
        Sigma = Require.Positive(standardDeviation);
        logNormaliser = IntervalMath.HalfLogTwoPi + IntervalMath.Log(Sigma);
    }

    /// <summary>μ.</summary>
    public override double Mean { get; }

    /// <summary>σ, the standard deviation.</summary>
    public double Sigma { get; }

    /// <summary>σ².</summary>
    public override double Variance => Sigma * Sigma;

    /// <summary>The real line.</summary>
    public override Interval Support => Interval.Entire;

    /// <summary>−z²/2 − log σ − ½ log 2π, z = (x−μ)/σ.</summary>
    public override double LogPdf(double x)
    {
        double z = (x - Mean) / Sigma;
        return -0.5 * z * z - logNormaliser.Midpoint;
    }

    /// <summary>Φ((x−μ)/σ).</summary>
    public override double Cdf(double x) => SpecialFunctions.NormalCdf((x - Mean) / Sigma);

    /// <summary>Φ(−(x−μ)/σ).</summary>
    public override double Survival(double x) => SpecialFunctions.NormalCdf(-(x - Mean) / Sigma);

    /// <summary>μ + σ z with z standard normal.</summary>
    public override double Sample(Random random) => Mean + Sigma * Sampling.Normal(random);

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => false;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (Interval)(-0.5) * ((x - Mean) / Sigma).Square() - logNormaliser;
    }

    /// <summary>Range times width; a tail by Mills' ratio φ(z)/z·(1 − 1/z²) ≤ 1 − Φ(z) ≤ φ(z)/z for z ≥ 1.</summary>
    /// <remarks>Source: Feller, An Introduction to Probability Theory I, lemma VII.1.2.</remarks>
    public Interval Mass(double a, double b)
    {
        if (double.IsFinite(a) && double.IsFinite(b))
            return CertifiedMass.FromRange(this, a, b);
        var z = double.IsInfinity(b) ? ((Interval)a - Mean) / Sigma : ((Interval)Mean - b) / Sigma;
        if (!(z.Lo >= 1) || double.IsInfinity(z.Hi))
            return new(0, 1);
        var square = IntervalMath.Square(z);
        var upper = IntervalMath.Exp(-0.5 * square - IntervalMath.HalfLogTwoPi) / z;
        return CertifiedMass.Clip(new(Math.Max(0, (upper * (1 - 1 / square)).Lo), upper.Hi));
    }

    /// <summary>For example Gaussian(0, 1).</summary>
    public override string ToString() => Text.Of($"Gaussian({Mean:R}, {Sigma:R})");

    internal override TailExpansion? Tail(int side) => new(0.5 / Variance, -side * Mean / Variance, 0);
}
