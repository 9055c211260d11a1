namespace GanNotebooks.Theory;

/// <summary>A density over which integrals can be enclosed rigorously.</summary>
public interface ICertifiedDensity
{
    /// <summary>True when the density is 0 on the whole open interval (a, b), which must not have a split point inside.</summary>
    bool VanishesOn(double a, double b);

    /// <summary>Taylor coefficients of log p over an interval without a split point inside, on which the density does not vanish.</summary>
    IntervalJet LogPdf(IntervalJet x);

    /// <summary>An enclosure of ∫ₐᵇ p, possibly coarse; a or b may be infinite.</summary>
    Interval Mass(double a, double b);
}

/// <summary>A function of which rigorous Taylor expansions and coarse bounds are known.</summary>
internal interface ICertifiedIntegrand
{
    /// <summary>Taylor coefficients over an interval with no breakpoint inside; null where the function vanishes identically.</summary>
    IntervalJet? Taylor(IntervalJet x);

    /// <summary>An enclosure of ∫ₐᵇ f, possibly coarse or <see cref="Interval.Entire"/>; a or b may be infinite.</summary>
    Interval Bound(double a, double b);
}
