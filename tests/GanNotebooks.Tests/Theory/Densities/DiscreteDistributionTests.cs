using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class DiscreteDistributionTests
{
    [Fact]
    public void Moments_Die_AreSevenHalvesAndThirtyFiveTwelfths()
    {
        var die = new DiscreteDistribution([.. Enumerable.Repeat(1.0 / 6, 6)], [1, 2, 3, 4, 5, 6]);
        Assert.Equal(3.5, die.Mean, 1e-14);
        Assert.Equal(35.0 / 12, die.Variance, 1e-14);
        Assert.Equal(0.5, die.Cdf(3.2), 1e-14);
    }

    // What a network computed in float32 sums to 1 within 1e-7.
    [Fact]
    public void New_SinglePrecisionProbabilities_AreRefusedWithAHint()
    {
        double[] single = [.. Enumerable.Repeat((double)(1f / 3), 3)];
        string message = Assert.Throws<ArgumentException>(() => new DiscreteDistribution(single)).Message;
        Assert.Contains("normalise them: w.Select(x => x / w.Sum())", message, StringComparison.Ordinal);
        Assert.Equal(1, new DiscreteDistribution([.. single.Select(x => x / single.Sum())]).Mean, 1e-14);
        Assert.DoesNotContain("normalise", Assert.Throws<ArgumentException>(() => new DiscreteDistribution([0, 0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SampleIndex_Seeded_HasTheFrequencies()
    {
        var p = new DiscreteDistribution([0.2, 0, 0.8]);
        var random = new Random(3);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++)
            counts[p.SampleIndex(random)]++;
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[0], 2000 - 160, 2000 + 160); // four standard deviations, √(10000·0.2·0.8) = 40
    }

    [Fact]
    public void Wasserstein1_OnTheLine_IsTheWorkOfMoving()
    {
        DiscreteDistribution p = new([0.5, 0.5], [0, 1]), q = new([0.25, 0.75], [0.5, 3]);
        Assert.Equal(0.25 * 0.5 + 0.25 * 3 + 0.5 * 2, Divergence.Wasserstein1(p, q), 1e-15); // ¼: 0→½, ¼: 0→3, ½: 1→3
    }
}
