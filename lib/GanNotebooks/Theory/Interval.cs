namespace GanNotebooks.Theory;

/// <summary>A closed interval [Lo, Hi] of real numbers whose operations round outward, so that the exact result is always inside.</summary>
/// <remarks>
/// Each operation is evaluated in IEEE 754 double precision (error at most half a unit in the last place) and then widened by one
/// unit on each side. What cannot be decided (∞ − ∞, division by an interval that contains 0) gives <see cref="Entire"/>.
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

    /// <summary>{a + b}, rounded outward; exact when one operand is 0.</summary>
    public static Interval operator +(Interval a, Interval b) =>
        a.IsZero ? b : b.IsZero ? a : Outward(a.Lo + b.Lo, a.Hi + b.Hi);

    /// <summary>{a − b}, rounded outward; exact when b is 0.</summary>
    public static Interval operator -(Interval a, Interval b) =>
        b.IsZero ? a : a.IsZero ? -b : Outward(a.Lo - b.Hi, a.Hi - b.Lo);

    /// <summary>{−a}, exact.</summary>
    public static Interval operator -(Interval a) => new(-a.Hi, -a.Lo);

    /// <summary>{a b}, rounded outward; exact when one operand is 0.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.IsZero || b.IsZero)
            return 0;
        if (a.Lo >= 0 && b.Lo >= 0)
            return Outward(a.Lo * b.Lo, a.Hi * b.Hi);
        double ll = a.Lo * b.Lo, lh = a.Lo * b.Hi, hl = a.Hi * b.Lo, hh = a.Hi * b.Hi;
        return Outward(Math.Min(Math.Min(ll, lh), Math.Min(hl, hh)), Math.Max(Math.Max(ll, lh), Math.Max(hl, hh)));
    }

    /// <summary>{a / b}, rounded outward; <see cref="Entire"/> when b contains 0.</summary>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Lo <= 0 && b.Hi >= 0)
            return Entire;
        if (a.IsZero)
            return 0;
        double ll = a.Lo / b.Lo, lh = a.Lo / b.Hi, hl = a.Hi / b.Lo, hh = a.Hi / b.Hi;
        return Outward(Math.Min(Math.Min(ll, lh), Math.Min(hl, hh)), Math.Max(Math.Max(ll, lh), Math.Max(hl, hh)));
    }

    /// <summary>True when x lies in the interval.</summary>
    public bool Contains(double x) => Lo <= x && x <= Hi;

    /// <summary>True when the two intervals have a point in common.</summary>
    public bool Overlaps(Interval other) => Lo <= other.Hi && other.Lo <= Hi;

    /// <summary>What lies in both: two enclosures of the same number give a better one.</summary>
    /// <exception cref="InvalidOperationException">The intervals are disjoint: one of them does not contain what it claims.</exception>
    public Interval Intersect(Interval other)
    {
        if (!Overlaps(other))
            throw new InvalidOperationException($"{this} and {other} cannot both contain the same number.");
        return new(Math.Max(Lo, other.Lo), Math.Min(Hi, other.Hi));
    }

    /// <summary>The bounds in full precision.</summary>
    public override string ToString() => Text.Of($"[{Lo:R}, {Hi:R}]");

    internal static Interval Outward(double lo, double hi) =>
        double.IsNaN(lo) || double.IsNaN(hi) ? Entire : new(Math.BitDecrement(lo), Math.BitIncrement(hi));
}
