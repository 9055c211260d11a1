using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class GaussianMixture2DTests
{
    [Fact]
    public void Ring_EightModes_AreDistinctAndOnTheCircle()
    {
        var ring = GaussianMixture2D.Ring(8, 2, 0.02);
        Assert.Equal(8, ring.Modes.Select(m => (Math.Round(m.X, 9), Math.Round(m.Y, 9))).Distinct().Count());
        Assert.All(ring.Modes, m => Assert.Equal(2, Math.Sqrt(m.X * m.X + m.Y * m.Y), 1e-14));
        Assert.Equal(0, ring.Mean.X, 1e-15);
        Assert.Equal(2 + 0.02 * 0.02, ring.Covariance.XX, 1e-13); // r²/2 + σ²
        Assert.Equal(0, ring.Covariance.XY, 1e-14);
    }

    [Fact]
    public void Grid_FiveByFive_RunsFromMinusFourToFour()
    {
        var grid = GaussianMixture2D.Grid();
        Assert.Equal(25, grid.Modes.Count);
        Assert.Equal((-4, 4), (grid.Modes.Min(m => m.X), grid.Modes.Max(m => m.Y)));
        Assert.Equal(8 + 0.0025, grid.Covariance.YY, 1e-13);
    }

    [Fact]
    public void Pdf_Marginal_IsTheIntegralOverTheOtherAxis()
    {
        var p = new GaussianMixture2D((0.3, -1, 0.5, 0.4), (0.7, 0.5, -0.2, 0.8));
        foreach (double x in new[] { -1.2, 0, 1.1 })
            Assert.Equal(p.Marginal(0).Pdf(x), Quadrature.Default.Integrate(y => p.Pdf(x, y), [-8, -1, 0, 1, 8]).Value, 1e-11);
    }

    [Fact]
    public void Samples_OfThePerfectSampler_HaveTheHighQualityCeiling()
    {
        // Rayleigh's distribution: 1 − e^(−4.5) = 0.98889 within three standard deviations of the own mode.
        var ring = GaussianMixture2D.Ring();
        var samples = ring.Samples(new Random(5), 20_000);
        double share = samples.Average(s => ring.Modes.Any(m => Math.Pow(s.X - m.X, 2) + Math.Pow(s.Y - m.Y, 2) <= 9 * m.Sigma * m.Sigma)
            ? 1.0
            : 0);
        Assert.InRange(share, 0.98889 - 4 * 0.00074, 0.98889 + 4 * 0.00074); // four standard errors
    }

    [Fact]
    public void LogPdf_FarAway_IsFinite() => Assert.InRange(GaussianMixture2D.Ring().LogPdf(1000, 0), -1.3e9, -1.2e9);
}
