namespace GanNotebooks.Theory;

/// <summary>A probability density on the real line, in double precision, with its logarithm as the primary quantity.</summary>
public abstract class Density
{
    /// <summary>log p(x) in nats; −∞ outside the support.</summary>
    public abstract double LogPdf(double x);

    /// <summary>p(x) = exp(log p(x)), 1/unit of x.</summary>
    public double Pdf(double x) => Math.Exp(LogPdf(x));

    /// <summary>Distribution function F(x) = P(X ≤ x), in [0, 1].</summary>
    public abstract double Cdf(double x);

    /// <summary>Survival function P(X &gt; x) = 1 − F(x), relatively exact in the upper tail where a family can do so.</summary>
    public virtual double Survival(double x) => 1 - Cdf(x);

    /// <summary>The smallest closed interval that carries all mass; its ends may be infinite.</summary>
    public abstract Interval Support { get; }

    /// <summary>E[X]; NaN where it does not exist (Student t with ν ≤ 1).</summary>
    public abstract double Mean { get; }

    /// <summary>E[(X − E X)²]; +∞ where it diverges, NaN where the mean does not exist.</summary>
    public abstract double Variance { get; }

    /// <summary>√Variance.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Points where the density has a jump or a kink, ends of the support included, ascending.</summary>
    public virtual IReadOnlyList<double> SplitPoints =>
        [.. new[] { Support.Lo, Support.Hi }.Where(double.IsFinite)];

    /// <summary>
    /// Points that show an integrator where the mass lies: a centre and a few multiples of the scale around it, ascending.
    /// </summary>
    public virtual IReadOnlyList<double> Landmarks => Around(Mean, StandardDeviation);

    /// <summary>Draws one sample.</summary>
    /// <param name="random">The source of randomness; seed it and the sample is reproducible.</param>
    public abstract double Sample(Random random);

    /// <summary><paramref name="count"/> independent samples, shape [count].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public double[] Samples(Random random, int count)
    {
        ArgumentNullException.ThrowIfNull(random);
        double[] samples = new double[Require.AtLeast(count, 0)];
        for (int i = 0; i < count; i++)
            samples[i] = Sample(random);
        return samples;
    }

    /// <summary>The smallest x with F(x) ≥ u, by bisection of the distribution function.</summary>
    /// <param name="u">Probability in [0, 1]; 0 and 1 give the ends of the support.</param>
    /// <exception cref="ArgumentOutOfRangeException">u is not a probability.</exception>
    public virtual double Quantile(double u)
    {
        Require.Probability(u);
        if (u is 0 or 1)
            return u == 0 ? Support.Lo : Support.Hi;
        double lo = Math.Max(Support.Lo, -1), hi = Math.Min(Support.Hi, 1);
        (lo, hi) = (Math.Min(lo, hi), Math.Max(lo, hi));
        while (Cdf(lo) >= u && lo > Support.Lo)
            lo = Math.Max(Support.Lo, lo < 0 ? 2 * lo : -1);
        while (Cdf(hi) < u && hi < Support.Hi)
            hi = Math.Min(Support.Hi, hi > 0 ? 2 * hi : 1);
        while (lo + 0.5 * (hi - lo) is var middle && middle > lo && middle < hi)
            (lo, hi) = Cdf(middle) >= u ? (lo, middle) : (middle, hi);
        return hi;
    }

    /// <summary>The intervals that hold nearly all mass, one for each part with a scale of its own.</summary>
    internal virtual IEnumerable<(double Lo, double Hi)> Cores =>
        SplitPoints.Concat(Landmarks).Where(double.IsFinite).ToArray() is { Length: > 0 } x ? [(x.Min(), x.Max())] : [];

    /// <summary>The decay of log p at −∞ (side −1) or +∞ (side +1); null where the support ends or nothing is known.</summary>
    internal virtual TailExpansion? Tail(int side) => null;

    /// <summary>The e in p(x + u·side) ≍ uᵉ as u falls to 0; +∞ when p vanishes there.</summary>
    internal virtual double EdgeExponent(double x, int side) =>
        (side > 0 ? x >= Support.Lo && x < Support.Hi : x > Support.Lo && x <= Support.Hi)
            ? 0 : double.PositiveInfinity;

    /// <summary>Centre plus 0, ±2, ±4 and ±8 scales, inside the support.</summary>
    private protected double[] Around(double centre, double scale) =>
        [.. new[] { -8.0, -4, -2, 0, 2, 4, 8 }.Select(k => centre + k * scale).Where(x => x > Support.Lo && x < Support.Hi)];
}
