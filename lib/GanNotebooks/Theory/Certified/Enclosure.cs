namespace GanNotebooks.Theory;

/// <summary>A certified number: the true value lies between the bounds.</summary>
/// <param name="Bounds">[lo, hi].</param>
/// <param name="Panels">Panels of the partition that proved it.</param>
/// <param name="Evaluations">Taylor expansions that were computed.</param>
/// <remarks>An enclosure is always valid. It may be wider than was asked for, and then <see cref="Reached"/> says so.</remarks>
public sealed record Enclosure(Interval Bounds, int Panels, long Evaluations)
{
    /// <summary>The assumption behind the certificate.</summary>
    public static string Assumption { get; } = "IEEE 754 double arithmetic, and Math.Exp and Math.Log wrong by less than "
        + $"{IntervalMath.AssumedUlps} units in the last place. No C library promises the latter; "
        + "the tests compare both with 115 decimals at 40,000 points and allow 1.";

    /// <summary>The width that was asked for; ∞ where none was.</summary>
    public double Requested { get; init; } = double.PositiveInfinity;

    /// <summary>True when the computation stopped because it had no panels left, not because rounding was all that remained.</summary>
    public bool PanelsExhausted { get; init; }

    /// <summary>True when the enclosure is as narrow as was asked for.</summary>
    public bool Reached => Width <= Requested;

    /// <summary>Lower bound.</summary>
    public double Lo => Bounds.Lo;

    /// <summary>Upper bound.</summary>
    public double Hi => Bounds.Hi;

    /// <summary>hi − lo, rounded up.</summary>
    public double Width => Bounds.Width;

    /// <summary>The middle of the bounds.</summary>
    public double Midpoint => Bounds.Midpoint;

    /// <summary>True when x lies between the bounds.</summary>
    public bool Contains(double x) => Bounds.Contains(x);

    /// <summary>True when both could contain the same number.</summary>
    public bool Overlaps(Enclosure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Bounds.Overlaps(other.Bounds);
    }

    /// <summary>The midpoint with half the width as error.</summary>
    public Estimate ToEstimate() => new(Midpoint, 0.5 * Width, EstimateMethod.Certified, Evaluations);

    /// <summary>The sum of two enclosed numbers; the requested widths add, too.</summary>
    public Enclosure Plus(Enclosure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Bounds + other.Bounds, Panels + other.Panels, Evaluations + other.Evaluations)
        {
            Requested = Requested + other.Requested,
            PanelsExhausted = PanelsExhausted || other.PanelsExhausted,
        };
    }

    /// <summary>a·value + b, rounded outward; the requested width becomes |a| times what it was.</summary>
    public Enclosure Affine(Interval a, Interval b) => this with
    {
        Bounds = a * Bounds + b,
        Requested = Requested * Math.Max(Math.Abs(a.Lo), Math.Abs(a.Hi)),
    };

    /// <summary>
    /// For example [-1.1634513967508232, -1.1634513967500801] (width 7.4E-13, 49 panels); a requested width that was not reached is named.
    /// </summary>
    public override string ToString() => Text.Of($"[{Lo:R}, {Hi:R}] (width {Width:G2}{Shortfall}, {Panels} panels)");

    private string Shortfall => Reached
        ? ""
        : Text.Of($" instead of {Requested:G2} because {(PanelsExhausted ? "the panels ran out" : "rounding allows no less")}");
}
