namespace GanNotebooks.Theory;

/// <summary>The beta density p(x) = x^(α−1) (1−x)^(β−1) / B(α, β) on [0, 1]. A shape below 1 makes it unbounded at that end.</summary>
public sealed class Beta : Density, ICertifiedDensity
{
    private readonly Interval logConstant;

    /// <summary>Beta(α, β).</summary>
    /// <param name="alpha">α &gt; 0.</param>
    /// <param name="beta">β &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shape is not positive and finite.</exception>
    public Beta(double alpha, double beta)
    {
        Alpha = Require.Positive(alpha);
        BetaShape = Require.Positive(beta);
        logConstant = IntervalMath.LogGamma((Interval)alpha + beta) - IntervalMath.LogGamma(alpha) - IntervalMath.LogGamma(beta);
    }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>β.</summary>
    public double BetaShape { get; }

    /// <summary>α/(α + β).</summary>
    public override double Mean => Alpha / (Alpha + BetaShape);

    /// <summary>αβ / ((α + β)² (α + β + 1)).</summary>
    public override double Variance => Mean * (1 - Mean) / (Alpha + BetaShape + 1);

    /// <summary>[0, 1].</summary>
    public override Interval Support => new(0, 1);

    /// <summary>(α−1) log x + (β−1) log(1−x) − log B(α, β) on [0, 1].</summary>
    public override double LogPdf(double x)
    {
        if (!(x >= 0 && x <= 1))
            return double.NegativeInfinity;
        return logConstant.Midpoint + Term(Alpha - 1, Math.Log(x)) + Term(BetaShape - 1, LogSpace.Log1P(-x));
    }

    /// <summary>I_x(α, β).</summary>
    public override double Cdf(double x) => x <= 0 ? 0 : x >= 1 ? 1 : SpecialFunctions.IncompleteBeta(x, Alpha, BetaShape);

    /// <summary>I_{1−x}(β, α).</summary>
    public override double Survival(double x) => x <= 0 ? 1 : x >= 1 ? 0 : SpecialFunctions.IncompleteBeta(1 - x, BetaShape, Alpha, x);

    /// <summary>g/(g + h) with g, h gamma variables of shapes α, β.</summary>
    public override double Sample(Random random)
    {
        double g = Sampling.Gamma(Alpha, random);
        return g / (g + Sampling.Gamma(BetaShape, random));
    }

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => b <= 0 || a >= 1;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var sum = IntervalJet.Constant(logConstant, x.Order);
        if (Alpha != 1)
            sum += ((Interval)Alpha - 1) * x.Log();
        if (BetaShape != 1)
            sum += ((Interval)BetaShape - 1) * (-x + 1).Log();
        return sum;
    }

    /// <summary>Range times width; at the end 0 it is b^α/(α B) times the range of (1−x)^(β−1), and likewise at 1.</summary>
    public Interval Mass(double a, double b)
    {
        var (from, to) = (Math.Max(a, 0), Math.Min(b, 1));
        if (to <= from)
            return 0;
        if (from == 0 && to == 1)
            return 1;
        if (from == 0)
            return Corner(to, Alpha, BetaShape);
        return to == 1 ? Corner((Interval)1 - from, BetaShape, Alpha) : CertifiedMass.FromRange(this, from, to);
    }

    /// <summary>For example Beta(2, 3).</summary>
    public override string ToString() => Text.Of($"Beta({Alpha:R}, {BetaShape:R})");

    internal override double EdgeExponent(double x, int side) =>
        x == 0 && side > 0 ? Alpha - 1 : x == 1 && side < 0 ? BetaShape - 1 : base.EdgeExponent(x, side);

    private static double Term(double exponent, double log) => exponent == 0 ? 0 : exponent * log;

    private Interval Corner(Interval width, double near, double far)
    {
        var power = IntervalMath.Exp(logConstant + near * IntervalMath.Log(width)) / near;
        var factor = IntervalMath.Exp(((Interval)far - 1) * IntervalMath.Log(new(Math.Max(0, (1 - width).Lo), 1)));
        return CertifiedMass.Clip(power * factor);
    }
}
