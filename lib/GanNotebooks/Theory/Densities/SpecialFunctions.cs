namespace GanNotebooks.Theory;

/// <summary>The special functions behind distribution functions and closed forms, to about 14 digits.</summary>
internal static class SpecialFunctions
{
    private const int FractionDepth = 250;

    /// <summary>Complementary error function erfc(x) = 2/√π ∫ₓ^∞ e^(−t²) dt, relatively exact for large x.</summary>
    /// <remarks>A series of positive terms below 1, a continued fraction above. Source: Abramowitz and Stegun 7.1.6 and 7.1.14.</remarks>
    public static double Erfc(double x)
    {
        if (x < 1)
            return x < -1 ? 2 - Erfc(-x) : 1 - Erf(x);
        if (x > 27.3)
            return 0;
        double tail = x;
        for (int k = FractionDepth; k >= 1; k--)
            tail = x + 0.5 * k / tail;
        double square = x * x;
        double rounding = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square) * (1 - rounding) / (tail * Math.Sqrt(Math.PI));
    }

    /// <summary>Error function erf(x) = 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 1)
            return Math.CopySign(1 - Erfc(Math.Abs(x)), x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            sum += term *= 2 * x * x / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>Standard normal distribution function Φ(x) = ½ erfc(−x/√2).</summary>
    public static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>log Γ(x) for x &gt; 0 (Stirling's series after a shift to x ≥ 10).</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not positive and finite.</exception>
    public static double LogGamma(double x) => IntervalMath.LogGamma(x).Midpoint;

    /// <summary>log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b).</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>Digamma ψ(x) = d log Γ(x) / dx for x &gt; 0.</summary>
    /// <remarks>Source: Abramowitz and Stegun 6.3.5 and 6.3.18.</remarks>
    public static double Digamma(double x)
    {
        double shift = 0;
        for (Require.Positive(x); x < 12; x++)
            shift -= 1 / x;
        double s = 1 / (x * x);
        return shift + Math.Log(x) - 0.5 / x
            - s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s * (1.0 / 132 - s * (691.0 / 32760 - s / 12))))));
    }

    /// <summary>Regularised incomplete beta function I_x(a, b) = ∫₀ˣ t^(a−1) (1−t)^(b−1) dt / B(a, b).</summary>
    /// <param name="x">Upper limit in [0, 1].</param>
    /// <param name="a">First shape, positive.</param>
    /// <param name="b">Second shape, positive.</param>
    /// <param name="complement">1 − x, given separately where x is too close to 1 to tell.</param>
    /// <remarks>Source: Abramowitz and Stegun 26.5.8 (continued fraction), evaluated by Lentz' method.</remarks>
    public static double IncompleteBeta(double x, double a, double b, double? complement = null)
    {
        Require.Probability(x);
        double y = complement ?? 1 - x;
        if (x == 0 || y == 0)
            return x == 0 ? 0 : 1;
        double front = Math.Exp(a * Math.Log(x) + b * Math.Log(y) - LogBeta(a, b));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(y, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / Guard(1 - (a + b) * x / (a + 1)), h = d;
        for (int m = 1; m <= 10_000; m++)
        {
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            double change = Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
            if (Math.Abs(change - 1) < 1e-16)
                break;
        }
        return h;

        double Guard(double v) => Math.Abs(v) < Tiny ? Tiny : v;

        double Step(double coefficient)
        {
            d = 1 / Guard(1 + coefficient * d);
            c = Guard(1 + coefficient / c);
            h *= c * d;
            return c * d;
        }
    }
}
