namespace GanNotebooks.Theory;

/// <summary>A function of which rigorous Taylor expansions and coarse bounds are known.</summary>
public interface ICertifiedIntegrand
{
    /// <summary>Taylor coefficients over an interval with no breakpoint inside; null where the function vanishes identically.</summary>
    IntervalJet? Taylor(IntervalJet x);

    /// <summary>An enclosure of ∫ₐᵇ f, possibly coarse or <see cref="Interval.Entire"/>; a or b may be infinite.</summary>
    Interval Bound(double a, double b);
}
