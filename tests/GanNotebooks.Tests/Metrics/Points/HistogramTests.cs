using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class HistogramTests
{
    [Fact]
    public void Of_FourSamples_HeightsAreSharesOverWidth()
    {
        var histogram = Histogram.Of([0.1, 0.2, 0.6, 5], 0, 1, 2);
        Assert.Equal([2.0 / 4 / 0.5, 1.0 / 4 / 0.5], histogram.Heights);
        Assert.Equal([0.25, 0.75], histogram.Middles);
    }

    [Fact]
    public void TotalVariation_UniformQuantiles_IsZero() =>
        Assert.Equal(0, Histogram.Of(Enumerable.Range(0, 1000).Select(i => (i + 0.5) / 1000), 0, 1, 10).TotalVariation(_ => 1), 12);

    [Fact]
    public void TotalVariation_Disjoint_IsOne() =>
        Assert.Equal(1, Histogram.Of([5.5], 0, 6, 6).TotalVariation(x => x < 1 ? 1 : 0), 0.2); // Simpson at the jump

    [Fact]
    public void TotalVariation_HalfTheMassOutside_CountsIt() =>
        Assert.Equal(0.5, Histogram.Of([0.25, 0.75, 7, 8], 0, 1, 2).TotalVariation(_ => 1), 12);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 3)]
    public void Of_NoBinsOrNoRange_IsRefused(double from, double to, int bins) =>
        Assert.Throws<ArgumentException>(() => Histogram.Of([0.0], from, to, bins));

    [Fact]
    public void Of_NoSamples_IsRefused() => Assert.Throws<ArgumentException>(() => Histogram.Of(Enumerable.Empty<double>(), 0, 1, 2));

    [Fact]
    public void NearestNeighbours_PointsOnALine_FindsTheClosestAcrossBlocks()
    {
        var data = arange(0, 25_000, dtype: float32).view(-1, 1);
        var found = NearestNeighbours.Find(tensor(new float[] { 3.2f, 10_000.4f, 24_999.9f }).view(-1, 1), data);
        Assert.Equal([3, 10_000, 24_999 + 0], found.Indices.Select(i => (int)i));
        Assert.Equal(0.2, found.Distances[0], 1e-3);
    }

    [Fact]
    public void NearestNeighbours_OtherWidth_IsRefused() =>
        Assert.Throws<ArgumentException>(() => NearestNeighbours.Find(zeros(2, 3), zeros(5, 4)));
}
