using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class JensenShannonEstimateTests
{
    private const int N = 20_000;

    // JSD of N(0, 1) and N(t, 1), by Simpson's rule with 40,000 panels; OracleTests checks the same numbers.
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.11142)]
    [InlineData(2.0, 0.33683)]
    [InlineData(4.0, 0.63272)]
    public void ByHistogram_TwoGaussians_AgreesWithTheSheet(double t, double expected)
    {
        var got = JensenShannonEstimate.ByHistogram(Sample(0, 1), Sample(t, 2), bins: 80);
        // Cells of width .1 blur by less than width²/24 · Fisher terms < 5e-4.
        Assert.Equal(expected, got.Divergence - got.Floor, 4 * got.Divergence.StandardError + 5e-4);
        Assert.Equal(N, got.Count);
    }

    [Fact]
    public void ByHistogram_OneDistribution_IsTheFloorOnAverage()
    {
        var runs = Enumerable.Range(0, 30)
            .Select(i => JensenShannonEstimate.ByHistogram(Sample(0, 2 * i, 4000), Sample(0, 2 * i + 1, 4000), bins: 20)).ToArray();
        var mean = MeanWithError.Mean([.. runs.Select(r => r.Divergence.Value)]);
        // The floor counts occupied cells; nearly empty ones at the ends contribute less than a full degree of freedom: 15 %.
        Assert.Equal(1, mean / runs.Average(r => r.Floor), 0.15 + 4 * mean.StandardError / mean);
    }

    [Fact]
    public void ByHistogram_DisjointSamples_IsLog2()
    {
        var got = JensenShannonEstimate.ByHistogram(rand(500, 2), rand(500, 2) + 5, bins: 10);
        Assert.Equal(Math.Log(2), got.Divergence, 12);
        Assert.Equal(0, got.VirtualCriterion, 12);
    }

    // A trained D against the true C(G): the classifier finds a lower bound, close to the truth (|D − D*| of .002 on average).
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(2.0, 0.33683)]
    public void ByClassifier_TwoGaussians_AgreesWithTheSheet(double t, double expected)
    {
        var got = new DivergenceClassifier(Steps: 600).Estimate(Sample(0, 3), Sample(t, 4));
        Assert.Equal(expected, got.Divergence, 4 * got.Divergence.StandardError + 2e-3);
        Assert.Equal(2 * expected - Math.Log(4), got.VirtualCriterion, 8 * got.Divergence.StandardError + 4e-3);
        Assert.Equal(N / 2, got.Count);
    }

    [Fact]
    public void Estimates_ShapesThatDoNotFit_AreRefused()
    {
        Assert.Contains("[5, 3]",
            Assert.Throws<ArgumentException>(() => JensenShannonEstimate.ByHistogram(zeros(5, 2), zeros(5, 3))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DivergenceClassifier().Estimate(zeros(5, 2), zeros(5)));
    }

    private static Tensor Sample(double mean, int seed, int count = N) => new GaussianData(mean, 1, seed).Next(count);
}
