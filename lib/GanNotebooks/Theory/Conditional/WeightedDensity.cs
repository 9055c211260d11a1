namespace GanNotebooks.Theory;

/// <summary>w p: a density with a total mass of w, the part of a joint law p(c) p(x|c) that belongs to one condition.</summary>
/// <remarks>The integrands of the criterion are homogeneous of degree 1, and their bounds use masses only, so both hold for it.</remarks>
internal sealed class WeightedDensity(double weight, Density density) : ICertifiedDensity
{
    private readonly ICertifiedDensity bounds = density as ICertifiedDensity
        ?? throw new NotSupportedException($"{density} offers no rigorous bounds, so the conditional criterion cannot be certified.");

    private readonly Interval logWeight = weight > 0 ? IntervalMath.Log(weight) : 0;

    public bool VanishesOn(double a, double b) => weight == 0 || bounds.VanishesOn(a, b);

    public IntervalJet LogPdf(IntervalJet x) => bounds.LogPdf(x) + logWeight;

    public Interval Mass(double a, double b) => weight * bounds.Mass(a, b);
}
