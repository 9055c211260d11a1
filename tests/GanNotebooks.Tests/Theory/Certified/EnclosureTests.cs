using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class EnclosureTests
{
    [Fact]
    public void Certified_OrdinaryPair_ReachesTheRequestedWidthOnBothSides()
    {
        var criterion = new VirtualCriterion(new Gaussian(), new Gaussian(1));
        Assert.All(new[] { 1e-6, 1e-9, 1e-12 }, width => Assert.All(
            new[] { criterion.Certified(width), criterion.CertifiedFromJensenShannon(width), criterion.CertifiedJensenShannon(width) },
            e => Assert.True(e.Reached && e.Requested == width && e.Width <= width && !e.PanelsExhausted, $"{e} at {width}")));
    }

    [Fact]
    public void Certified_BelowTheRoundingFloor_SaysThatRoundingForbidsIt()
    {
        var e = new VirtualCriterion(new Gaussian(), new Gaussian(1)).Certified(1e-18);
        Assert.False(e.Reached);
        Assert.False(e.PanelsExhausted);
        Assert.Equal(1e-18, e.Requested);
        Assert.InRange(e.Width, 1e-18, 1e-13);
        Assert.Contains("instead of 1E-18 because rounding allows no less", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Certified_SingularEndAgainstABell_SaysThatThePanelsRanOut()
    {
        var e = new VirtualCriterion(new Beta(0.05, 5), new Gaussian()).CertifiedGeneratedTerm();
        Assert.Equal(e.Width <= e.Requested, e.Reached);
        var few = CertifiedIntegral.Over(new Pole(), [0, 1], 1e-12, 20);
        Assert.False(few.Reached);
        Assert.True(few.PanelsExhausted);
        Assert.Contains("because the panels ran out, 20 panels", few.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Certified_PanelsOfTwoDoubles_AreNotCalledReached()
    {
        var block = new Uniform(1e16, 1e16 + 2);
        Assert.False(new VirtualCriterion(block, new Uniform(1e16, 1e16 + 4)).Certified() is { Width: > 1e-12, Reached: true });
        Assert.True(new VirtualCriterion(block, block).Certified().Contains(Constants.GlobalMinimum));
    }

    [Fact]
    public void PlusAndAffine_ScaleTheRequestedWidthWithTheValue()
    {
        Enclosure narrow = new(new(1, 1.5), 1, 1) { Requested = 0.75 };
        Enclosure wide = new(new(1, 2), 1, 1) { Requested = 0.5, PanelsExhausted = true };
        Assert.True(narrow.Reached);
        Assert.False(wide.Reached);
        var sum = narrow.Plus(wide);
        Assert.Equal((1.25, false, true), (sum.Requested, sum.Reached, sum.PanelsExhausted)); // width 1.5 against 0.75 + 0.5
        Assert.Equal((2.5, false), (sum.Affine(-2, 7).Requested, sum.Affine(-2, 7).Reached)); // width 3
        Assert.Equal((1.5, true), (narrow.Affine(-2, 7).Requested, narrow.Affine(-2, 7).Reached));
    }

    // √x⁻¹ on (0, 1], of which only the range is known at 0.
    private sealed class Pole : ICertifiedIntegrand
    {
        public IntervalJet? Taylor(IntervalJet x) => (-0.5 * x.Log()).Exp();

        public Interval Bound(double a, double b) => a == 0 ? new(0, 2 * Math.Sqrt(b) * (1 + 1e-15)) : Interval.Entire;
    }
}
