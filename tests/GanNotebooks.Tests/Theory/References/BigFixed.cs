using System.Globalization;
using System.Numerics;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>
/// Fixed-point numbers with 384 binary places (115 decimals) on BigInteger: the second opinion on every certified number.
/// </summary>
public readonly record struct BigFixed(BigInteger Raw)
{
    public const int Bits = 384;

    public static readonly BigFixed One = new(BigInteger.One << Bits);
    public static readonly BigFixed Zero = new(BigInteger.Zero);
    public static readonly BigFixed Ln2 = 18 * InverseArcTanh(26) - 2 * InverseArcTanh(4801) + 8 * InverseArcTanh(8749);
    public static readonly BigFixed Pi = 4 * (4 * InverseArcTan(5) - InverseArcTan(239));

    private const int Guard = 48;
    private const int Halvings = 16;

    public static BigFixed From(double x)
    {
        var r = Rational.FromDouble(x);
        return new((r.Numerator << Bits) / r.Denominator);
    }

    public static BigFixed Of(BigInteger numerator, BigInteger denominator) => new((numerator << Bits) / denominator);

    public static BigFixed operator +(BigFixed a, BigFixed b) => new(a.Raw + b.Raw);

    public static BigFixed operator -(BigFixed a, BigFixed b) => new(a.Raw - b.Raw);

    public static BigFixed operator -(BigFixed a) => new(-a.Raw);

    public static BigFixed operator *(BigFixed a, BigFixed b) => new((a.Raw * b.Raw) >> Bits);

    public static BigFixed operator *(int a, BigFixed b) => new(a * b.Raw);

    public static BigFixed operator /(BigFixed a, BigFixed b) => new((a.Raw << Bits) / b.Raw);

    public static BigFixed operator /(BigFixed a, int b) => new(a.Raw / b);

    public static bool operator <(BigFixed a, BigFixed b) => a.Raw < b.Raw;

    public static bool operator >(BigFixed a, BigFixed b) => a.Raw > b.Raw;

    public static BigFixed Abs(BigFixed a) => new(BigInteger.Abs(a.Raw));

    public static BigFixed Exp(BigFixed x)
    {
        int k = (int)BigInteger.Max(-100_000, BigInteger.Min(100_000, (x.Raw + (Ln2.Raw >> 1)) / Ln2.Raw));
        if (k < -Bits - 2)
            return Zero;
        var r = ((x.Raw - k * Ln2.Raw) << Guard) >> Halvings;
        BigInteger one = BigInteger.One << (Bits + Guard), sum = one, term = one;
        for (int n = 1; !term.IsZero && term != BigInteger.MinusOne; n++)
            sum += term = ((term * r) >> (Bits + Guard)) / n;
        for (int i = 0; i < Halvings; i++)
            sum = (sum * sum) >> (Bits + Guard);
        return new(k >= 0 ? (sum << k) >> Guard : sum >> (Guard - k));
    }

    public static BigFixed Log(BigFixed x)
    {
        if (x.Raw.Sign <= 0)
            throw new ArgumentOutOfRangeException(nameof(x));
        int exponent = (int)x.Raw.GetBitLength() - Bits;
        var m = new BigFixed(exponent >= 0 ? x.Raw >> exponent : x.Raw << -exponent);
        var y = From(Math.Log((double)(m.Raw >> (Bits - 60)) / (1L << 60)));
        for (int i = 0; i < 2; i++) // Halley: 1e-16, 1e-48, 1e-144
        {
            var e = Exp(y);
            y += 2 * ((m - e) / (m + e));
        }
        // A shifted-out low bit of a large x is below 2^-384 of x and does not matter.
        return y + exponent * Ln2;
    }

    public static BigFixed Pow(BigFixed x, BigFixed exponent) => Exp(exponent * Log(x));

    /// <summary>log Γ(x) by Stirling's series at x + n ≥ 50 with 30 terms: error below 1e-69.</summary>
    public static BigFixed LogGamma(BigFixed x)
    {
        var product = One;
        for (; x < 50 * One; x += One)
            product *= x;
        var sum = (x - One / 2) * Log(x) - x + Log(2 * Pi) / 2;
        var (power, square) = (One / x, x * x);
        for (int k = 1; k <= 30; k++, power /= square)
        {
            var b = bernoulli[2 * k] / (2 * k * (2 * k - 1));
            sum += Of(b.Numerator, b.Denominator) * power;
        }
        return sum - Log(product);
    }

    public string ToDecimal(int digits)
    {
        var scaled = (BigInteger.Abs(Raw) * BigInteger.Pow(10, digits) + (BigInteger.One << (Bits - 1))) >> Bits;
        string text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return (Raw.Sign < 0 ? "-" : "") + text[..^digits] + "." + text[^digits..];
    }

    public double ToDouble() => new Rational(Raw, BigInteger.One << Bits) is var r && r.IsZero
        ? 0
        : double.Parse(ToDecimal(60), CultureInfo.InvariantCulture);

    private static readonly Rational[] bernoulli = Bernoulli(61);

    private static Rational[] Bernoulli(int count)
    {
        var b = new Rational[count];
        b[0] = 1;
        for (int m = 1; m < count; m++)
        {
            Rational sum = 0;
            BigInteger binomial = 1;
            for (int k = 0; k < m; k++)
            {
                sum += new Rational(binomial, 1) * b[k];
                binomial = binomial * (m + 1 - k) / (k + 1);
            }
            b[m] = -sum / (m + 1);
        }
        return b;
    }

    private static BigFixed InverseArcTan(int n) => ArcSeries(n, -1);

    private static BigFixed InverseArcTanh(int n) => ArcSeries(n, 1);

    private static BigFixed ArcSeries(int n, int sign)
    {
        BigInteger power = (BigInteger.One << (Bits + 16)) / n, sum = power;
        for (int k = 1; !power.IsZero; k++)
        {
            power /= (BigInteger)n * n;
            sum += (k % 2 == 1 ? sign : 1) * power / (2 * k + 1);
        }
        return new(sum >> 16);
    }
}
