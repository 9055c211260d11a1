using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class PushForwardTests
{
    [Fact]
    public void LogPdf_AffineGenerator_IsTheShiftedGaussian()
    {
        var q = new PushForward(new Gaussian(), z => 2 * z - 1, _ => 2);
        Assert.All(new[] { -6, -1, 0.3, 4.0, 30 }, x => Assert.Equal(new Gaussian(-1, 2).LogPdf(x), q.LogPdf(x), 1e-12));
        Assert.Equal(-1, q.Mean, 1e-11);
        Assert.Equal(4, q.Variance, 1e-10);
    }

    [Fact]
    public void LogPdf_FallingGeneratorWithoutDerivative_IsMirrored()
    {
        var q = new PushForward(new Laplace(1, 2), z => -z);
        // five-point difference
        Assert.All(new[] { -6, -1.5, 0.3, 4.0 }, x => Assert.Equal(new Laplace(-1, 2).LogPdf(x), q.LogPdf(x), 1e-9));
        Assert.All(new[] { -6, -1.5, 0.3, 4.0 }, x => Assert.Equal(new Laplace(-1, 2).Cdf(x), q.Cdf(x), 1e-12));
    }

    [Fact]
    public void LogPdf_QuantileOfUniform_IsTheTarget()
    {
        var target = new Laplace(0.5, 0.7);
        var q = new PushForward(new Uniform(), target.Quantile, u => 1 / target.Pdf(target.Quantile(u)));
        Assert.All(new[] { -3, 0.2, 0.9, 4.0 }, x => Assert.Equal(target.LogPdf(x), q.LogPdf(x), 1e-9));
    }

    [Fact]
    public void LogPdf_SquareOfNormal_IsChiSquareWithTwoPreImages()
    {
        var q = new PushForward(new Gaussian(), z => z * z, z => 2 * z, 0);
        Assert.Equal([-1.5, 1.5], q.PreImages(2.25));
        Assert.All(new[] { 0.01, 0.5, 1, 7.0 }, x => Assert.Equal(-0.5 * x - 0.5 * Math.Log(2 * Math.PI * x), q.LogPdf(x), 1e-12));
        Assert.Equal(double.PositiveInfinity, q.LogPdf(0));
        Assert.Equal(double.NegativeInfinity, q.LogPdf(-1));
        Assert.Equal(2 * SpecialFunctions.NormalCdf(1) - 1, q.Cdf(1), 1e-13);
        Assert.Equal(1, Quadrature.Default.Integrate(q.Pdf, [0, 1, 4, double.PositiveInfinity]).Value, 1e-7);
    }

    [Fact]
    public void LogPdf_CubicGenerator_SumsThreePreImages()
    {
        var q = new PushForward(new Gaussian(), z => z * z * z - 3 * z, z => 3 * z * z - 3, -1, 1);
        Assert.Equal([-Math.Sqrt(3), 0, Math.Sqrt(3)], q.PreImages(0).Select(z => Math.Round(z, 15) + 0.0),
            (a, b) => Math.Abs(a - b) < 1e-14);
        double expected = new Gaussian().Pdf(0) / 3 + 2 * new Gaussian().Pdf(Math.Sqrt(3)) / 6;
        Assert.Equal(expected, q.Pdf(0), 1e-13);
    }

    [Fact]
    public void Cdf_CubicGeneratorThatIsNaNAtInfinity_IsTheIntegralOfItsDensity()
    {
        var q = new PushForward(new Gaussian(), z => 0.5 * z * z * z - z, z => 1.5 * z * z - 1, -Math.Sqrt(2.0 / 3), Math.Sqrt(2.0 / 3));
        Assert.Equal(0.5, q.Cdf(0), 1e-13); // G is odd
        Assert.Equal(0, q.Cdf(-1e9), 1e-13);
        Assert.Equal(1, q.Cdf(1e9), 1e-13);
        Assert.All(new[] { -3, -0.2, 0.4, 2.0 },
            x => Assert.Equal(q.Cdf(x) - q.Cdf(x - 0.1), Quadrature.Default.Integrate(q.Pdf, x - 0.1, x).Value, 1e-9));
    }

    [Fact]
    public void LogPdf_SigmoidGenerator_StaysInTheUnitInterval()
    {
        var q = new PushForward(new Gaussian(), LogSpace.Sigmoid, z => LogSpace.Sigmoid(z) * LogSpace.Sigmoid(-z));
        Assert.Equal(new Interval(0, 1), q.Support);
        Assert.Equal(double.NegativeInfinity, q.LogPdf(1.2));
        Assert.Equal(1, Quadrature.Default.Integrate(q.Pdf, [0, 0.1, 0.5, 0.9, 1]).Value, 1e-9);
    }

    [Fact]
    public void Constructor_UnnamedTurningPoint_IsRefused() =>
        Assert.Contains("turning points", Assert.Throws<ArgumentException>(() => new PushForward(new Gaussian(), z => z * z)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Criterion_AffineGenerator_IsThatOfTheGaussian()
    {
        var q = new PushForward(new Gaussian(), z => z + 1, _ => 1);
        var estimate = new VirtualCriterion(new Gaussian(), q).ByQuadrature(Quadrature.Default with { AbsoluteTolerance = 1e-9 });
        Assert.Equal(new VirtualCriterion(new Gaussian(), new Gaussian(1)).Certified().Midpoint, estimate.Value, 1e-9);
    }
}
