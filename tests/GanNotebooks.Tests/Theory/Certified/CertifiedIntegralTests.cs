using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class CertifiedIntegralTests
{
    [Fact]
    public void Over_Exponential_ContainsEMinusOne()
    {
        var e = CertifiedIntegral.Over(x => x.Exp(), 0, 1);
        Assert.True(e.Contains(Math.E - 1));
        Assert.InRange(e.Width, 0, 1e-12);
    }

    [Fact]
    public void Over_ErrorFunction_ContainsTheSeries()
    {
        var e = CertifiedIntegral.Over(x => (-x.Square()).Exp(), 0, 3, 1e-13);
        Assert.True(new Interval(e.Lo - 1e-15, e.Hi + 1e-15).Contains(0.5 * Math.Sqrt(Math.PI) * SpecialFunctions.Erf(3)));
        Assert.InRange(e.Width, 0, 1e-13);
    }

    [Fact]
    public void Over_NarrowerThanRounding_ReturnsAValidWiderEnclosure()
    {
        var e = CertifiedIntegral.Over(x => x.Exp(), 0, 1, 1e-18);
        Assert.True(e.Contains(Math.E - 1));
        Assert.InRange(e.Width, 1e-18, 1e-14);
        Assert.InRange(e.Panels, 1, 500);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(20)]
    public void Over_OtherOrders_EncloseTheSameValue(int order)
    {
        var integrand = new Bell();
        var e = CertifiedIntegral.Over(integrand, [-1, 0, 2], 1e-8, order: order);
        Assert.True(new Interval(e.Lo - 1e-15, e.Hi + 1e-15)
            .Contains(0.5 * Math.Sqrt(Math.PI) * (SpecialFunctions.Erf(1) + SpecialFunctions.Erf(2))));
        Assert.InRange(e.Width, 0, 1e-8);
    }

    [Fact]
    public void Over_OddOrderOrZeroWidth_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CertifiedIntegral.Over(new Bell(), [0, 1], order: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => CertifiedIntegral.Over(new Bell(), [0, 1], 0));
    }

    [Fact]
    public void Over_BoundThatIsWrong_IsCaught() =>
        Assert.Throws<InvalidOperationException>(() => CertifiedIntegral.Over(new Liar(), [0, 1]));

    [Fact]
    public void Cost_AgainstWidth_GrowsSlowly()
    {
        var table = CertifiedCost.Measure(new Gaussian(), new Gaussian(1));
        Assert.Equal(8, table.Count);
        Assert.All(table, row => Assert.InRange(row.ReachedWidth, 0, row.RequestedWidth));
        Assert.All(table.Zip(table.Skip(1)), pair => Assert.True(pair.First.Panels <= pair.Second.Panels));
        Assert.InRange(table[^1].Panels, 20, 120);
    }

    private sealed class Bell : ICertifiedIntegrand
    {
        public IntervalJet? Taylor(IntervalJet x) => (-x.Square()).Exp();

        public Interval Bound(double a, double b) => new Interval(0, 1) * ((Interval)b - a);
    }

    private sealed class Liar : ICertifiedIntegrand
    {
        public IntervalJet? Taylor(IntervalJet x) => x.Exp();

        public Interval Bound(double a, double b) => new Interval(0, 1e-3) * ((Interval)b - a);
    }
}
