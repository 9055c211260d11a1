using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory.Game;

public sealed class EmpiricalWassersteinTests
{
    // Two numbers from N(0, 1): E|x − y| = 2/√π.
    [Fact]
    public void Expected_OneNumberEach_IsTheMeanDistance() =>
        Assert.Equal(2 / Math.Sqrt(Math.PI), Expected(1), 1e-8);

    // Uniform on [0, 1], n = 2: E W1 = ∫ E|X − Y|/2 dx with X, Y binomial(2, x), P(X ≤ 0) = (1 − x)² and P(X ≤ 1) = 1 − x². The two
    // terms of the sum contribute 2/15 each.
    [Fact]
    public void Expected_TwoUniformNumbers_IsTheIntegralByHand() =>
        Assert.Equal(4.0 / 15, EmpiricalWasserstein.Expected(x => Math.Clamp(x, 0, 1), 2, 0, 1).Value, 1e-9);

    // The mean over 400 repetitions lies within four of its standard errors.
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Between_SamplesOfOneLaw_HasTheExpectedMean(int count)
    {
        const int repetitions = 400;
        double[] values = [.. Enumerable.Range(1, repetitions).Select(seed => OfSeed(count, seed))];
        double mean = values.Average(), error = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / repetitions);
        Assert.Equal(Expected(count), mean, 4 * error);
    }

    [Fact]
    public void Expected_ManyNumbers_TendsToTheFactorOverTheRoot()
    {
        double factor = EmpiricalWasserstein.Factor(SpecialFunctions.NormalCdf, -12, 12).Value;
        Assert.Equal(factor, Expected(10_000) * 100, 0.01 * factor);
        Assert.InRange(factor, 1.5, 2);
    }

    [Fact]
    public void Between_SamplesOfUnequalSize_IsRefused()
    {
        Assert.Equal(1.5, EmpiricalWasserstein.Between([3, 0], [1, 5]), 12); // |0 − 1| and |3 − 5|
        Assert.Throws<ArgumentException>(() => EmpiricalWasserstein.Between([1], [1, 2]));
    }

    private static double Expected(int count) => EmpiricalWasserstein.Expected(SpecialFunctions.NormalCdf, count, -12, 12).Value;

    private static double OfSeed(int count, int seed)
    {
        var random = new GanNotebooks.Data.SeededRandom(seed);
        double[] Sample() => [.. Enumerable.Range(0, count).Select(_ => random.NextNormals().First)];
        return EmpiricalWasserstein.Between(Sample(), Sample());
    }
}
