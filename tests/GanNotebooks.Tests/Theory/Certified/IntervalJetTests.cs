using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class IntervalJetTests
{
    private const int Order = 8;

    [Fact]
    public void Exp_AtZero_HasTheCoefficientsOneOverFactorial()
    {
        var jet = IntervalJet.Variable(0, Order).Exp();
        double factorial = 1;
        for (int k = 0; k <= Order; factorial *= ++k)
            Near(jet[k], 1 / factorial);
    }

    [Fact]
    public void Log_AtOne_HasTheAlternatingHarmonicCoefficients()
    {
        var jet = IntervalJet.Variable(1, Order).Log();
        for (int k = 1; k <= Order; k++)
            Near(jet[k], (k % 2 == 1 ? 1.0 : -1) / k);
    }

    [Fact]
    public void Softplus_AtZero_HasTheKnownSeries()
    {
        var (plus, minus) = IntervalJet.Variable(0, 4).Softplus();
        double[] expected = [Math.Log(2), 0.5, 0.125, 0, -1.0 / 192];
        for (int k = 0; k <= 4; k++)
        {
            Near(plus[k], expected[k]);
            Near(minus[k], k % 2 == 0 ? expected[k] : -expected[k]);
        }
    }

    [Fact]
    public void Quotient_TimesDivisor_ReturnsTheDividend()
    {
        var x = IntervalJet.Variable(0.7, Order);
        var (f, g) = (x.Exp(), x.Square() + 1);
        var product = f / g * g;
        for (int k = 0; k <= Order; k++)
            Assert.True(product[k].Overlaps(f[k]) && product[k].Width < 1e-12);
    }

    [Fact]
    public void Coefficients_OverAnInterval_ContainThoseAtItsPoints()
    {
        static IntervalJet F(IntervalJet x) => ((x.Square() + 1).Log() * (-x).Exp()).Softplus().Plus;
        var over = F(IntervalJet.Variable(new(0.2, 0.6), Order));
        foreach (double point in new[] { 0.2, 0.35, 0.5, 0.6 })
        {
            var at = F(IntervalJet.Variable(point, Order));
            for (int k = 0; k <= Order; k++)
                Assert.True(over[k].Lo <= at[k].Lo && at[k].Hi <= over[k].Hi);
        }
    }

    [Fact]
    public void Combine_DifferentOrders_IsRefused() =>
        Assert.Throws<ArgumentException>(() => IntervalJet.Variable(0, 2) + IntervalJet.Variable(0, 3));

    private static void Near(Interval interval, double expected)
    {
        Assert.Equal(expected, interval.Midpoint, 1e-14);
        Assert.InRange(interval.Width, 0, 1e-13);
    }
}
