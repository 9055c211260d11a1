using System.Runtime.CompilerServices;

namespace GanNotebooks.Theory;

/// <summary>A closed interval [Lo, Hi] of real numbers whose operations round outward, so that the exact result is always inside.</summary>
/// <remarks>
/// Each bound is computed in IEEE 754 double precision and moved one unit outward when its rounding error, which is itself a double and
/// known exactly, points inward. What cannot be decided (∞ − ∞, 0·∞, division by an interval with 0 inside) is bounded by ±∞.
/// Source: Moore, Kearfott and Cloud, Introduction to Interval Analysis, SIAM 2009, chapters 2 and 3.
/// </remarks>
public readonly record struct Interval
{
    /// <summary>The interval [<paramref name="lo"/>, <paramref name="hi"/>].</summary>
    /// <param name="lo">Lower bound; −∞ is allowed.</param>
    /// <param name="hi">Upper bound, at least <paramref name="lo"/>; +∞ is allowed.</param>
    /// <exception cref="ArgumentException">A bound is NaN, or lo &gt; hi.</exception>
    public Interval(double lo, double hi)
    {
        if (!(lo <= hi))
            throw new ArgumentException(Text.Of($"An interval needs lo <= hi, but lo was {lo} and hi was {hi}."), nameof(lo));
        Lo = lo;
        Hi = hi;
    }

    // For bounds that are ordered by construction: the arithmetic's inner loop has no time for a check.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Interval((double Lo, double Hi) bounds) => (Lo, Hi) = bounds;

    /// <summary>Lower bound.</summary>
    public double Lo { get; }

    /// <summary>Upper bound.</summary>
    public double Hi { get; }

    /// <summary>The whole real line, (−∞, ∞).</summary>
    public static Interval Entire { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Hi − Lo, rounded up.</summary>
    public double Width => Hi == Lo ? 0 : Math.BitIncrement(Hi - Lo);

    /// <summary>The middle, ½(Lo + Hi), rounded.</summary>
    public double Midpoint => Lo + 0.5 * (Hi - Lo);

    /// <summary>True for the interval [0, 0].</summary>
    public bool IsZero => Lo == 0 && Hi == 0;

    /// <summary>True when both bounds are finite.</summary>
    public bool IsFinite => double.IsFinite(Lo) && double.IsFinite(Hi);

    /// <summary>A number as the interval [x, x].</summary>
    public static implicit operator Interval(double x) => new(x, x);

    /// <summary>{a + b}, rounded outward.</summary>
    public static Interval operator +(Interval a, Interval b) => new((Rounding.AddDown(a.Lo, b.Lo), Rounding.AddUp(a.Hi, b.Hi)));

    /// <summary>{a − b}, rounded outward.</summary>
    public static Interval operator -(Interval a, Interval b) => new((Rounding.AddDown(a.Lo, -b.Hi), Rounding.AddUp(a.Hi, -b.Lo)));

    /// <summary>{−a}, exact.</summary>
    public static Interval operator -(Interval a) => new((-a.Hi, -a.Lo));

    /// <summary>{a b}, rounded outward.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.IsZero || b.IsZero)
            return 0;
        if (a.Lo >= 0)
            return new((Rounding.MultiplyDown(b.Lo >= 0 ? a.Lo : a.Hi, b.Lo), Rounding.MultiplyUp(b.Hi <= 0 ? a.Lo : a.Hi, b.Hi)));
        if (a.Hi <= 0)
            return -(-a * b);
        if (b.Lo >= 0 || b.Hi <= 0)
            return b * a;
        return new((
            Math.Min(Rounding.MultiplyDown(a.Lo, b.Hi), Rounding.MultiplyDown(a.Hi, b.Lo)),
            Math.Max(Rounding.MultiplyUp(a.Lo, b.Lo), Rounding.MultiplyUp(a.Hi, b.Hi))));
    }

    /// <summary>{a / b}, rounded outward; <see cref="Entire"/> when b contains 0.</summary>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Lo <= 0 && b.Hi >= 0)
            return Entire;
        if (b.Hi < 0)
            return -a / -b;
        return new(Rounding.DivideDown(a.Lo, a.Lo >= 0 ? b.Hi : b.Lo), Rounding.DivideUp(a.Hi, a.Hi >= 0 ? b.Lo : b.Hi));
    }

    /// <summary>True when x lies in the interval.</summary>
    public bool Contains(double x) => Lo <= x && x <= Hi;

    /// <summary>True when the two intervals have a point in common.</summary>
    public bool Overlaps(Interval other) => Lo <= other.Hi && other.Lo <= Hi;

    /// <summary>The intersection: two enclosures of the same number give a better one.</summary>
    /// <exception cref="InvalidOperationException">The intervals are disjoint: one of them does not contain what it claims.</exception>
    public Interval Intersect(Interval other)
    {
        if (!Overlaps(other))
            throw new InvalidOperationException($"{this} and {other} cannot both contain the same number.");
        return new(Math.Max(Lo, other.Lo), Math.Min(Hi, other.Hi));
    }

    /// <summary>The bounds in full precision.</summary>
    public override string ToString() => Text.Of($"[{Lo:R}, {Hi:R}]");
}
