namespace GanNotebooks.Theory;

/// <summary>
/// Enclosures of the Taylor coefficients f⁽ᵏ⁾(x)/k!, k = 0 … Order, for every x in an interval: differentiation without symbols.
/// </summary>
/// <remarks>
/// Start from <see cref="Variable"/> and compute; each operation applies the coefficients' recurrence in interval arithmetic.
/// Source: Moore, Kearfott and Cloud, Introduction to Interval Analysis, SIAM 2009, section 9.3; Tucker, Validated Numerics, 2011, chapter
/// 4.
/// </remarks>
public sealed class IntervalJet
{
    private readonly Interval[] coefficients;

    private IntervalJet(Interval[] coefficients) => this.coefficients = coefficients;

    /// <summary>Highest derivative that is carried.</summary>
    public int Order => coefficients.Length - 1;

    /// <summary>Enclosure of f⁽ᵏ⁾(x)/k! over the interval.</summary>
    public Interval this[int k] => coefficients[k];

    /// <summary>The function x ↦ x over the interval <paramref name="x"/>.</summary>
    public static IntervalJet Variable(Interval x, int order)
    {
        var c = new Interval[Require.AtLeast(order, 0) + 1];
        c[0] = x;
        if (order > 0)
            c[1] = 1;
        return new(c);
    }

    /// <summary>A constant function.</summary>
    public static IntervalJet Constant(Interval value, int order)
    {
        var c = new Interval[Require.AtLeast(order, 0) + 1];
        c[0] = value;
        return new(c);
    }

    /// <summary>f + g.</summary>
    public static IntervalJet operator +(IntervalJet f, IntervalJet g) => Build(Same(f, g), k => f[k] + g[k]);

    /// <summary>f − g.</summary>
    public static IntervalJet operator -(IntervalJet f, IntervalJet g) => Build(Same(f, g), k => f[k] - g[k]);

    /// <summary>−f.</summary>
    public static IntervalJet operator -(IntervalJet f) => Build(f.Order, k => -f[k]);

    /// <summary>f + a.</summary>
    public static IntervalJet operator +(IntervalJet f, Interval a) => Build(f.Order, k => k == 0 ? f[0] + a : f[k]);

    /// <summary>f − a.</summary>
    public static IntervalJet operator -(IntervalJet f, Interval a) => Build(f.Order, k => k == 0 ? f[0] - a : f[k]);

    /// <summary>a f.</summary>
    public static IntervalJet operator *(Interval a, IntervalJet f) => Build(f.Order, k => a * f[k]);

    /// <summary>f / a.</summary>
    public static IntervalJet operator /(IntervalJet f, Interval a) => Build(f.Order, k => f[k] / a);

    /// <summary>f g, by Leibniz' rule (f g)ₖ = Σ fⱼ gₖ₋ⱼ.</summary>
    public static IntervalJet operator *(IntervalJet f, IntervalJet g) =>
        Build(Same(f, g), k => Convolve(f.coefficients, g.coefficients, k, 0));

    /// <summary>f / g, from (f/g)·g = f.</summary>
    public static IntervalJet operator /(IntervalJet f, IntervalJet g)
    {
        var c = new Interval[Same(f, g) + 1];
        for (int k = 0; k < c.Length; k++)
            c[k] = (f[k] - Convolve(g.coefficients, c, k, 1)) / g[0];
        return new(c);
    }

    /// <summary>f², with the square's sign kept in the value.</summary>
    public IntervalJet Square() => Build(Order, k => k == 0 ? IntervalMath.Square(this[0]) : Convolve(coefficients, coefficients, k, 0));

    /// <summary>e^f, from (e^f)′ = f′ e^f.</summary>
    public IntervalJet Exp()
    {
        var (d, c) = (Derivative(), new Interval[coefficients.Length]);
        c[0] = IntervalMath.Exp(this[0]);
        for (int k = 1; k < c.Length; k++)
            c[k] = Convolve(d, c, k, 1) / k;
        return new(c);
    }

    /// <summary>log f, from f (log f)′ = f′; unbounded where f may be 0.</summary>
    public IntervalJet Log()
    {
        var (c, d) = (new Interval[coefficients.Length], new Interval[coefficients.Length]); // dₖ = k cₖ
        c[0] = IntervalMath.Log(this[0]);
        for (int k = 1; k < c.Length; k++)
        {
            d[k] = (k * this[k] - Convolve(d, coefficients, k, 1)) / this[0];
            c[k] = d[k] / k;
        }
        return new(c);
    }

    /// <summary>log(1 + e^f) and log(1 + e^−f), each relatively exact, from s′ = σ(±f)·(±f′) and σ′ = σ(f) σ(−f) f′.</summary>
    public (IntervalJet Plus, IntervalJet Minus) Softplus()
    {
        var d = Derivative();
        Interval[] sigma = new Interval[d.Length], complement = new Interval[d.Length], slope = new Interval[d.Length];
        Interval[] plus = new Interval[d.Length], minus = new Interval[d.Length];
        sigma[0] = IntervalMath.Sigmoid(this[0]);
        complement[0] = IntervalMath.Sigmoid(-this[0]);
        (plus[0], minus[0]) = (IntervalMath.Softplus(this[0]), IntervalMath.Softplus(-this[0]));
        for (int k = 1; k < d.Length; k++)
        {
            slope[k - 1] = Convolve(sigma, complement, k - 1, 0);
            sigma[k] = Convolve(d, slope, k, 1) / k;
            complement[k] = -sigma[k];
            plus[k] = Convolve(d, sigma, k, 1) / k;
            minus[k] = -Convolve(d, complement, k, 1) / k;
        }
        return (new(plus), new(minus));
    }

    private Interval[] Derivative()
    {
        var d = new Interval[coefficients.Length]; // dₖ = k fₖ
        for (int k = 1; k < d.Length; k++)
            d[k] = k * coefficients[k];
        return d;
    }

    private static Interval Convolve(Interval[] f, Interval[] g, int k, int from)
    {
        Interval sum = 0;
        for (int j = from; j <= k; j++)
        {
            if (!f[j].IsZero && !g[k - j].IsZero)
                sum += f[j] * g[k - j];
        }
        return sum;
    }

    private static int Same(IntervalJet f, IntervalJet g) => f.Order == g.Order
        ? f.Order
        : throw new ArgumentException($"Jets of orders {f.Order} and {g.Order} cannot be combined.");

    private static IntervalJet Build(int order, Func<int, Interval> coefficient)
    {
        var c = new Interval[order + 1];
        for (int k = 0; k <= order; k++)
            c[k] = coefficient(k);
        return new(c);
    }
}
