using System.Globalization;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class EstimateTests
{
    [Fact]
    public void ToString_InAnyCulture_ShowsValueErrorAndOrigin()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("-1.25 ± 0.001 (Monte Carlo, N = 400, standard error)",
                new Estimate(-1.25, 0.001, EstimateMethod.MonteCarlo, 400).ToString());
            Assert.Equal("[-1.5, -1.25] (width 0.25, 3 panels)", new Enclosure(new(-1.5, -1.25), 3, 6).ToString());
            Assert.Equal("Gaussian(0.5, 2)", new Gaussian(0.5, 2).ToString());
            Assert.Equal("Mixture(0.25 Gaussian(0, 1) + 0.75 Laplace(1.5, 1))",
                new Mixture((0.25, new Gaussian()), (0.75, new Laplace(1.5))).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Plus_StandardErrorsAddInSquares_BoundsAddPlainly()
    {
        Estimate monte = new(1, 3, EstimateMethod.MonteCarlo, 10), bound = new(1, 3, EstimateMethod.Quadrature, 10);
        Assert.Equal(5, monte.Plus(monte with { Error = 4 }).Error);
        Assert.Equal(7, bound.Plus(bound with { Error = 4 }).Error);
    }

    [Fact]
    public void AgreesWith_Infinity_OnlyWithTheSameInfinity()
    {
        var infinite = Estimate.ClosedForm(double.PositiveInfinity);
        Assert.True(infinite.AgreesWith(double.PositiveInfinity));
        Assert.False(infinite.AgreesWith(1e300));
        Assert.Contains("∞", infinite.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Enclosure_Affine_RoundsOutwardAndShifts()
    {
        var e = new Enclosure(new(0.1, 0.2), 1, 2).Affine(2, -2 * IntervalMath.Log2);
        Assert.True(e.Contains(0.3 - Constants.Log4));
        Assert.Equal(0.5 * e.Width, e.ToEstimate().Error);
        Assert.Contains("Math.Exp", Enclosure.Assumption, StringComparison.Ordinal);
    }
}
