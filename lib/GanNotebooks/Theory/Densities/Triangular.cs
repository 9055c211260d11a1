namespace GanNotebooks.Theory;

/// <summary>The triangular density on [a, b] with its peak 2/(b − a) at the mode c; it is continuous with kinks at a, c and b.</summary>
public sealed class Triangular : Density, ICertifiedDensity
{
    /// <summary>Triangular on [a, b] with mode c.</summary>
    /// <param name="lower">a, finite.</param>
    /// <param name="mode">c, a ≤ c ≤ b.</param>
    /// <param name="upper">b &gt; a, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, b ≤ a, or c is outside [a, b].</exception>
    public Triangular(double lower, double mode, double upper)
    {
        Lower = Require.Finite(lower);
        Mode = Require.Finite(mode);
        Upper = Require.Finite(upper);
        if (!(upper > lower))
            throw new ArgumentOutOfRangeException(nameof(upper), upper, Text.Of($"upper must exceed lower = {lower}, but was {upper}."));
        if (mode < lower || mode > upper)
            throw new ArgumentOutOfRangeException(nameof(mode), mode, Text.Of($"mode must lie in [{lower}, {upper}], but was {mode}."));
    }

    /// <summary>a.</summary>
    public double Lower { get; }

    /// <summary>c, where the density is largest.</summary>
    public double Mode { get; }

    /// <summary>b.</summary>
    public double Upper { get; }

    /// <summary>(a + b + c)/3.</summary>
    public override double Mean => (Lower + Mode + Upper) / 3;

    /// <summary>(a² + b² + c² − ab − ac − bc)/18, from the differences.</summary>
    public override double Variance
    {
        get
        {
            var (w, m) = (Upper - Lower, Mode - Lower);
            return (w * w - w * m + m * m) / 18;
        }
    }

    /// <summary>[a, b].</summary>
    public override Interval Support => new(Lower, Upper);

    /// <summary>a, c and b.</summary>
    public override IReadOnlyList<double> SplitPoints => [.. new[] { Lower, Mode, Upper }.Distinct()];

    /// <summary>log of 2(x − a)/((b − a)(c − a)) up to c and of 2(b − x)/((b − a)(b − c)) from there.</summary>
    public override double LogPdf(double x)
    {
        if (x < Lower || x > Upper)
            return double.NegativeInfinity;
        double height = 2 / (Upper - Lower);
        return Math.Log(x < Mode ? height * (x - Lower) / (Mode - Lower) : x > Mode ? height * (Upper - x) / (Upper - Mode) : height);
    }

    /// <summary>(x − a)²/((b − a)(c − a)) up to c, 1 − (b − x)²/((b − a)(b − c)) from there.</summary>
    public override double Cdf(double x)
    {
        if (x <= Lower || x >= Upper)
            return x <= Lower ? 0 : 1;
        return x <= Mode ? (x - Lower) * (x - Lower) / ((Upper - Lower) * (Mode - Lower)) : 1 - Survival(x);
    }

    /// <summary>(b − x)²/((b − a)(b − c)) from c on.</summary>
    public override double Survival(double x)
    {
        if (x <= Lower || x >= Upper)
            return x <= Lower ? 1 : 0;
        return x > Mode ? (Upper - x) * (Upper - x) / ((Upper - Lower) * (Upper - Mode)) : 1 - Cdf(x);
    }

    /// <summary>The quantile of a uniform number.</summary>
    public override double Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (u, w, m) = (random.NextDouble(), Upper - Lower, Mode - Lower);
        return u * w < m ? Lower + Math.Sqrt(u * w * m) : Upper - Math.Sqrt((1 - u) * w * (w - m));
    }

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => b <= Lower || a >= Upper;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var height = 2 / ((Interval)Upper - Lower);
        if (x[0].Hi <= Mode)
            return (height / ((Interval)Mode - Lower) * (x - Lower)).Log();
        return x[0].Lo >= Mode
            ? (height / ((Interval)Upper - Mode) * -(x - Upper)).Log()
            : throw new ArgumentException($"{this} has a kink inside {x[0]}.", nameof(x));
    }

    /// <summary>Range times width; at an end of the support the area of the corner.</summary>
    public Interval Mass(double a, double b)
    {
        var (from, to) = (Math.Max(a, Lower), Math.Min(b, Upper));
        if (to <= from)
            return 0;
        var width = (Interval)Upper - Lower;
        if (from == Lower && to <= Mode)
            return CertifiedMass.Clip(IntervalMath.Square((Interval)to - Lower) / (width * ((Interval)Mode - Lower)));
        if (to == Upper && from >= Mode)
            return CertifiedMass.Clip(IntervalMath.Square((Interval)Upper - from) / (width * ((Interval)Upper - Mode)));
        return from >= Mode || to <= Mode ? CertifiedMass.FromRange(this, from, to) : new(0, 1);
    }

    /// <summary>For example Triangular(0, 1, 3).</summary>
    public override string ToString() => Text.Of($"Triangular({Lower:R}, {Mode:R}, {Upper:R})");

    internal override double EdgeExponent(double x, int side)
    {
        bool corner = x == Lower && side > 0 && Mode > Lower || x == Upper && side < 0 && Mode < Upper;
        return corner ? 1 : base.EdgeExponent(x, side);
    }
}
