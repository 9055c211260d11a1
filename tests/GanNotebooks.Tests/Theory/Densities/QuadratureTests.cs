using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class QuadratureTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(22)]
    public void Integrate_PolynomialUpToDegree22_IsExact(int degree)
    {
        var estimate = (Quadrature.Default with { MaximumPanels = 1 }).Integrate(x => Math.Pow(x, degree), 0, 1);
        Assert.Equal(1.0 / (degree + 1), estimate.Value, 1e-15);
        Assert.Equal(15, estimate.Count);
    }

    [Fact]
    public void Integrate_KinkAndSingularity_ErrorCoversTheMiss()
    {
        (Func<double, double> F, double Expected)[] cases =
        [
            (x => Math.Abs(x - 0.3), 0.5 * (0.09 + 0.49)), (x => 1 / Math.Sqrt(x), 2), (Math.Log, -1),
            (x => Math.Exp(-100 * (x - 0.5) * (x - 0.5)), 0.17724538509055160273 * SpecialFunctions.Erf(5)),
        ];
        Assert.All(cases,
            c => Assert.True(Quadrature.Default.Integrate(c.F, 0, 1) is var e && e.AgreesWith(c.Expected) && e.Error < 1e-11,
                $"{c.Expected}: {Quadrature.Default.Integrate(c.F, 0, 1)}"));
    }

    [Fact]
    public void Integrate_InfiniteEnds_AreMapped()
    {
        Assert.True(Quadrature.Default.Integrate(x => Math.Exp(-x * x), double.NegativeInfinity, double.PositiveInfinity)
            .AgreesWith(Math.Sqrt(Math.PI)));
        Assert.True(Quadrature.Default.Integrate(x => 1 / (1 + x * x), 0, double.PositiveInfinity).AgreesWith(Math.PI / 2));
        Assert.True(Quadrature.Default.Integrate(x => Math.Pow(x, -1.5), 1, double.PositiveInfinity).AgreesWith(2));
    }

    [Fact]
    public void Integrate_DivergentOrDescending_IsRefused()
    {
        Assert.Throws<ArithmeticException>(() => Quadrature.Default.Integrate(_ => double.NaN, 0, 1));
        Assert.Throws<ArgumentException>(() => Quadrature.Default.Integrate(x => x, 1, 0));
    }
}
