namespace GanNotebooks.Theory;

/// <summary>The uniform density p(x) = 1/(b − a) on [a, b].</summary>
public sealed class Uniform : Density, ICertifiedDensity
{
    private readonly Interval logWidth;

    /// <summary>Uniform on [a, b].</summary>
    /// <param name="lower">a, finite.</param>
    /// <param name="upper">b &gt; a, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or b ≤ a.</exception>
    public Uniform(double lower = 0, double upper = 1)
    {
        Lower = Require.Finite(lower);
        Upper = Require.Finite(upper);
        if (!(upper > lower))
            throw new ArgumentOutOfRangeException(nameof(upper), upper, Text.Of($"upper must exceed lower = {lower}, but was {upper}."));
        logWidth = IntervalMath.Log((Interval)upper - lower);
    }

    /// <summary>a.</summary>
    public double Lower { get; }

    /// <summary>b.</summary>
    public double Upper { get; }

    /// <summary>½(a + b).</summary>
    public override double Mean => 0.5 * (Lower + Upper);

    /// <summary>(b − a)²/12.</summary>
    public override double Variance => (Upper - Lower) * (Upper - Lower) / 12;

    /// <summary>[a, b].</summary>
    public override Interval Support => new(Lower, Upper);

    /// <summary>−log(b − a) on [a, b], −∞ elsewhere.</summary>
    public override double LogPdf(double x) => x >= Lower && x <= Upper ? -logWidth.Midpoint : double.NegativeInfinity;

    /// <summary>(x − a)/(b − a), cut to [0, 1].</summary>
    public override double Cdf(double x) => Math.Clamp((x - Lower) / (Upper - Lower), 0, 1);

    /// <summary>(b − x)/(b − a), cut to [0, 1].</summary>
    public override double Survival(double x) => Math.Clamp((Upper - x) / (Upper - Lower), 0, 1);

    /// <summary>a + u (b − a).</summary>
    public override double Quantile(double u) => Lower + Require.Probability(u) * (Upper - Lower);

    /// <summary>a + u (b − a) with u uniform on [0, 1).</summary>
    public override double Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Lower + random.NextDouble() * (Upper - Lower);
    }

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => b <= Lower || a >= Upper;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return IntervalJet.Constant(-logWidth, x.Order);
    }

    /// <summary>Length of the common part over b − a.</summary>
    public Interval Mass(double a, double b)
    {
        var (from, to) = (Math.Max(a, Lower), Math.Min(b, Upper));
        return to <= from ? 0 : CertifiedMass.Clip(((Interval)to - from) / ((Interval)Upper - Lower));
    }

    /// <summary>For example Uniform(0, 1).</summary>
    public override string ToString() => Text.Of($"Uniform({Lower:R}, {Upper:R})");
}
