using System.Globalization;
using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger denominator;

    /// <summary>numerator / denominator, reduced.</summary>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException($"The fraction {numerator}/0 does not exist.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    /// <summary>The numerator; carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, positive.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>True for 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>Converts an integer to a fraction.</summary>
    public static implicit operator Rational(int value) => new(value, 1);

    /// <summary>a + b, exactly.</summary>
    public static Rational operator +(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <summary>a − b, exactly.</summary>
    public static Rational operator -(Rational a, Rational b) => a + -b;

    /// <summary>−a, exactly.</summary>
    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    /// <summary>a b, exactly.</summary>
    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>a / b, exactly.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>Equality of values.</summary>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>Inequality of values.</summary>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>a &lt; b.</summary>
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    /// <summary>a &gt; b.</summary>
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>a ≤ b.</summary>
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    /// <summary>a ≥ b.</summary>
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>Converts a double exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or NaN.</exception>
    public static Rational FromDouble(double x)
    {
        Require.Finite(x);
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int power = Math.Max(exponent, 1) - 1075;
        BigInteger signed = x < 0 ? -mantissa : mantissa;
        return power >= 0 ? new(signed << power, 1) : new(signed, BigInteger.One << -power);
    }

    /// <summary>A decimal text such as -1.1634513967504 or 3/7, exactly.</summary>
    /// <exception cref="FormatException">The text is neither a decimal number nor a fraction.</exception>
    public static Rational Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return new(BigInteger.Parse(text.AsSpan(0, slash), CultureInfo.InvariantCulture),
                BigInteger.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture));
        }

        int point = text.IndexOf('.', StringComparison.Ordinal);
        var digits =
            BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new(digits, BigInteger.Pow(10, point < 0 ? 0 : text.Length - point - 1));
    }

    /// <summary>An enclosure in doubles.</summary>
    public Interval Enclose()
    {
        // 64 leading bits of the quotient, and the next integer away from 0 when the division leaves a rest.
        int shift = (int)Math.Max(0, 64 + Denominator.GetBitLength() - BigInteger.Abs(Numerator).GetBitLength());
        if (shift > 1000)
            throw new OverflowException($"{this} is too small to be enclosed in doubles.");
        var quotient = BigInteger.DivRem(Numerator << shift, Denominator, out var rest);
        var (low, high) = rest.Sign < 0 ? (quotient - 1, quotient) : (quotient, quotient + rest.Sign);
        return new Interval(RoundDown(low), -RoundDown(-high)) / Math.ScaleB(1, shift);
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>For example <c>\frac{3}{7}</c>.</summary>
    public string ToLatex() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : (Sign < 0 ? "-" : "") + Text.Of($"\\frac{{{BigInteger.Abs(Numerator)}}}{{{Denominator}}}");

    /// <summary>For example 3/7.</summary>
    public override string ToString() => Denominator.IsOne ? Text.Of($"{Numerator}") : Text.Of($"{Numerator}/{Denominator}");

    private static double RoundDown(BigInteger value)
    {
        double near = (double)value;
        return new BigInteger(near) <= value ? near : Math.BitDecrement(near);
    }
}
