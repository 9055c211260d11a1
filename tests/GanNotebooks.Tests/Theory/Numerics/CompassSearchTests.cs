using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class CompassSearchTests
{
    [Fact]
    public void Minimise_TiltedParabola_FindsItsBottom()
    {
        var (x, y, value) =
            CompassSearch.Minimise((a, b) => (a - 3) * (a - 3) + (b + 1) * (b + 1) + (a - 3) * (b + 1) + 7, (0, 0), tolerance: 1e-8);
        Assert.Equal(3, x, 1e-6);
        Assert.Equal(-1, y, 1e-6);
        Assert.Equal(7, value, 1e-12);
    }

    [Fact]
    public void Minimise_TwoValleys_FindsTheOneItStartsIn()
    {
        static double Valleys(double x, double y) => (x * x - 1) * (x * x - 1) + 0.1 * x + y * y;
        Assert.True(CompassSearch.Minimise(Valleys, (2, 1), 0.25).X > 0.9);
        Assert.True(CompassSearch.Minimise(Valleys, (-2, 1), 0.25).X < -0.9);
    }

    [Fact]
    public void Minimise_NaNBeyondAnEdge_StopsAtTheEdge()
    {
        var (x, _, value) = CompassSearch.Minimise((a, b) => a < 0 ? double.NaN : a + b * b, (1, 0.3));
        Assert.Equal(0, x, 1e-6);
        Assert.Equal(0, value, 1e-6);
    }

    [Fact]
    public void Minimise_BellUnderKullbackLeibler_MatchesTheMoments()
    {
        var p = new Mixture((0.6, new Gaussian(-2, 0.5)), (0.4, new Gaussian(2, 0.8)));
        var (mu, logSigma, _) =
            CompassSearch.Minimise((m, s) => Divergence.KullbackLeibler(p, new Gaussian(m, Math.Exp(s))).Value, (0, 0), tolerance: 1e-7);
        Assert.Equal(p.Mean, mu, 1e-5);
        Assert.Equal(p.StandardDeviation, Math.Exp(logSigma), 1e-5);
    }

    [Fact]
    public void Minimise_StartWhereTheFunctionIsNotFinite_IsRefused() =>
        Assert.Throws<ArgumentException>(() => CompassSearch.Minimise((_, _) => double.NaN, (0, 0)));

    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, double.NaN)]
    public void Minimise_BadStep_IsRefused(double step, double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CompassSearch.Minimise((x, y) => x * x + y * y, (0, 0), step, tolerance));
}
