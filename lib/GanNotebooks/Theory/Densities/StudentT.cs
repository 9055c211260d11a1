namespace GanNotebooks.Theory;

/// <summary>Student's t density with ν degrees of freedom, shifted and scaled: p(x) = c (1 + z²/ν)^(−(ν+1)/2), z = (x−μ)/s.</summary>
/// <remarks>c = Γ((ν+1)/2) / (Γ(ν/2) √(νπ) s). ν = 1 is Cauchy: no mean. ν ≤ 2: no finite variance.</remarks>
public sealed class StudentT : Density, ICertifiedDensity
{
    private readonly Interval logConstant;

    /// <summary>Creates the density of Student's t, shifted and scaled.</summary>
    /// <param name="degreesOfFreedom">ν &gt; 0; small ν means heavy tails p ≍ |x|^(−ν−1).</param>
    /// <param name="location">μ, finite.</param>
    /// <param name="scale">s &gt; 0, in the unit of x (not the standard deviation).</param>
    /// <exception cref="ArgumentOutOfRangeException">ν or s is not positive and finite, or μ is not finite.</exception>
    public StudentT(double degreesOfFreedom, double location = 0, double scale = 1)
    {
        DegreesOfFreedom = Require.Positive(degreesOfFreedom);
        Location = Require.Finite(location);
        Scale = Require.Positive(scale);
        logConstant = IntervalMath.LogGamma(0.5 * (Interval)degreesOfFreedom + 0.5) - IntervalMath.LogGamma(0.5 * degreesOfFreedom)
            - 0.5 * IntervalMath.Log(degreesOfFreedom * IntervalMath.Pi) - IntervalMath.Log(scale);
    }

    /// <summary>ν.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>μ, the centre of symmetry.</summary>
    public double Location { get; }

    /// <summary>s.</summary>
    public double Scale { get; }

    /// <summary>μ for ν &gt; 1, otherwise NaN.</summary>
    public override double Mean => DegreesOfFreedom > 1 ? Location : double.NaN;

    /// <summary>s² ν/(ν − 2) for ν &gt; 2, +∞ for 1 &lt; ν ≤ 2, otherwise NaN.</summary>
    public override double Variance => DegreesOfFreedom switch
    {
        > 2 => Scale * Scale * DegreesOfFreedom / (DegreesOfFreedom - 2),
        > 1 => double.PositiveInfinity,
        _ => double.NaN,
    };

    /// <summary>The real line.</summary>
    public override Interval Support => Interval.Entire;

    /// <summary>μ plus multiples of s.</summary>
    public override IReadOnlyList<double> Landmarks => Around(Location, Scale);

    /// <summary>log c − (ν+1)/2 · log(1 + z²/ν).</summary>
    public override double LogPdf(double x)
    {
        double z = Math.Abs(x - Location) / Scale;
        var (nu, big) = (DegreesOfFreedom, z > 1e100);
        return logConstant.Midpoint - 0.5 * (nu + 1) * (big ? 2 * Math.Log(z) - Math.Log(nu) : LogSpace.Log1P(z * z / nu));
    }

    /// <summary>½ I_{ν/(ν+z²)}(ν/2, ½) below μ, one minus that above.</summary>
    public override double Cdf(double x) => x <= Location ? Beyond(Location - x) : 1 - Beyond(x - Location);

    /// <summary>1 − F(x), relatively exact in the upper tail.</summary>
    public override double Survival(double x) => x >= Location ? Beyond(x - Location) : 1 - Beyond(Location - x);

    /// <summary>μ + s z √(ν/χ²) with z normal and χ² chi-square of ν degrees.</summary>
    public override double Sample(Random random)
    {
        double z = Sampling.Normal(random);
        return Location + Scale * z / Math.Sqrt(Sampling.Gamma(0.5 * DegreesOfFreedom, random) / (0.5 * DegreesOfFreedom));
    }

    /// <inheritdoc/>
    public bool VanishesOn(double a, double b) => false;

    /// <inheritdoc/>
    public IntervalJet LogPdf(IntervalJet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var power = 0.5 * ((Interval)DegreesOfFreedom + 1);
        var z = (x - Location) / Scale;
        return -(power * (z.Square() / DegreesOfFreedom + 1).Log()) + logConstant;
    }

    /// <summary>
    /// Range times width; a tail lies between c (s√ν)^(ν+1) x^(−ν)/ν, x the distance from μ, and (1 + νs²/x²)^(−(ν+1)/2) times that.
    /// </summary>
    public Interval Mass(double a, double b)
    {
        if (double.IsFinite(a) && double.IsFinite(b))
            return CertifiedMass.FromRange(this, a, b);
        var z = double.IsInfinity(b) ? ((Interval)a - Location) / Scale : ((Interval)Location - b) / Scale;
        if (!(z.Lo > 0) || double.IsInfinity(z.Hi))
            return new(0, 1);
        Interval nu = DegreesOfFreedom, power = 0.5 * ((Interval)DegreesOfFreedom + 1);
        var upper = IntervalMath.Exp(logConstant + IntervalMath.Log(Scale) + power * IntervalMath.Log(nu) - nu * IntervalMath.Log(z)) / nu;
        var lower = upper * IntervalMath.Exp(-(power * IntervalMath.Log1P(nu / IntervalMath.Square(z))));
        return new(Math.Clamp(lower.Lo, 0, 1), Math.Clamp(upper.Hi, 0, 1));
    }

    /// <summary>For example StudentT(3, 0, 1).</summary>
    public override string ToString() => Text.Of($"StudentT({DegreesOfFreedom:R}, {Location:R}, {Scale:R})");

    internal override TailExpansion? Tail(int side) => new(0, 0, DegreesOfFreedom + 1);

    private double Beyond(double distance)
    {
        double square = distance / Scale * (distance / Scale);
        if (double.IsInfinity(square))
            return 0;
        double sum = DegreesOfFreedom + square;
        return 0.5 * SpecialFunctions.IncompleteBeta(DegreesOfFreedom / sum, 0.5 * DegreesOfFreedom, 0.5, square / sum);
    }
}
