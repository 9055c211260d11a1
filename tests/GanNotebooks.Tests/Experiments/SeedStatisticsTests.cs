using GanNotebooks.Experiments;

namespace GanNotebooks.Tests.Experiments;

public sealed class SeedStatisticsTests
{
    private const double Exact = 1e-12;

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void Median_Values_IsTheMiddle(double[] values, double expected) =>
        Assert.Equal(expected, SeedStatistics.Median(values), Exact);

    // n = 4: one value is cut at either end. n = 5: 1.25 values are, so that the second one counts 3/4: (0.75·2 + 3 + 0.75·4)/2.5 = 3.
    // n = 2: half of each value is cut. n = 6: 1.5 are: (0.5·2 + 3 + 4 + 0.5·100)/3 = 58/3.
    [Theory]
    [InlineData(new double[] { 0, 2, 4, 1000 }, 3)]
    [InlineData(new double[] { 1, 2, 3, 4, 1000 }, 3)]
    [InlineData(new double[] { 1, 3 }, 2)]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 1, 2, 3, 4, 100, 1000 }, 58.0 / 3)]
    public void InterquartileMean_Values_IsThatOfTheMiddleHalf(double[] values, double expected) =>
        Assert.Equal(expected, SeedStatistics.InterquartileMean(values), Exact);

    [Fact]
    public void ProbabilityOfImprovement_Pairs_CountsTiesHalf()
    {
        Assert.Equal(5 / 8.0, SeedStatistics.ProbabilityOfImprovement([2, 3], [1, 3]), Exact); // 2 > 1, 2 < 3, 3 > 1, 3 = 3
        Assert.Equal(1, SeedStatistics.ProbabilityOfImprovement([5, 6], [1, 2]), Exact);
    }

    // 5 and 5 runs that do not mix: 2 of the 252 ways are as extreme.
    [Fact]
    public void PermutationTest_RunsThatDoNotMix_IsTwoOfAllWays() =>
        Assert.Equal(2 / 252.0, SeedStatistics.PermutationTest([1, 2, 3, 4, 5], [11, 12, 13, 14, 15]), Exact);

    [Fact]
    public void PermutationTest_EqualRuns_IsOne() => Assert.Equal(1, SeedStatistics.PermutationTest([1, 2, 3], [1, 2, 3]), Exact);

    [Fact]
    public void PermutationTest_RandomWays_AgreeWithTheExactCount()
    {
        // 7 and 7: 3,432 ways, more than are counted one by one. By hand: the number of ways with a difference of sums of at least 13.
        double[] a = [2, 4, 6, 8, 10, 12, 14], b = [1, 3, 5, 7, 9, 11, 7];
        double[] all = [.. a, .. b];
        double total = all.Sum(), observed = Math.Abs(2 * a.Sum() - total);
        int ways = 0, extreme = 0;
        for (int mask = 0; mask < 1 << 14; mask++)
        {
            if (int.PopCount(mask) != 7)
                continue;
            ways++;
            double sum = Enumerable.Range(0, 14).Where(i => (mask >> i & 1) == 1).Sum(i => all[i]);
            extreme += Math.Abs(2 * sum - total) >= observed - Exact ? 1 : 0;
        }
        double exact = extreme / (double)ways, found = SeedStatistics.PermutationTest(a, b, permutations: 4000);
        Assert.Equal(3432, ways);
        Assert.Equal(exact, found, 4 * Math.Sqrt(exact * (1 - exact) / 4000));
    }

    // The promise of the sweep's table: two equal settings are called different in at most 5 % of the cases, and its error.
    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void PermutationTest_EqualSettings_AreCalledDifferentInFivePercentOfTwoHundred(int seeds)
    {
        var random = new Random(seeds);
        const int Cases = 200;
        int called = Enumerable.Range(0, Cases).Count(_ =>
            SeedStatistics.PermutationTest(Skewed(seeds, random), Skewed(seeds, random), permutations: 400) <= 0.05);
        double error = Math.Sqrt(0.05 * 0.95 / Cases);
        Assert.InRange(called / (double)Cases, 0.05 - 3 * error, 0.05 + 3 * error);
    }

    // A test that calls nothing different would pass the test above but for its lower end; this one sees a real difference.
    [Fact]
    public void PermutationTest_OtherSettings_AreCalledDifferent()
    {
        var random = new Random(1);
        int called = Enumerable.Range(0, 100).Count(_ =>
            SeedStatistics.PermutationTest(Skewed(8, random), [.. Skewed(8, random).Select(v => v + 3)], permutations: 400) <= 0.05);
        Assert.True(called > 80, $"{called} of 100");
    }

    [Fact]
    public void BootstrapInterval_TwentyRuns_HoldsTheMeanInNinetyFivePercent()
    {
        var random = new Random(3);
        const int Cases = 300;
        int held = Enumerable.Range(0, Cases).Count(_ => SeedStatistics.BootstrapInterval(
            [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())], SeedStatistics.Mean, resamples: 500).Contains(0.5));
        Assert.InRange(held / (double)Cases, 0.88, 0.98); // the percentile interval of 20 runs is a little narrow
    }

    [Fact]
    public void BootstrapInterval_OneRun_HasNoWidth() =>
        Assert.Equal(new ConfidenceInterval(4, 4), SeedStatistics.BootstrapInterval([4]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void ExpectedBest_Budget_IsTheMeanOverAllSubsets(int budget)
    {
        double[] values = [0.3, -1, 2.5, 2.5, 0.9];
        double[][] subsets = Enumerable.Range(0, 32).Where(mask => int.PopCount(mask) == budget)
            .Select(mask => Enumerable.Range(0, 5).Where(i => (mask >> i & 1) == 1).Select(i => values[i]).ToArray()).ToArray();
        Assert.Equal(subsets.Average(s => s.Max()), SeedStatistics.ExpectedBest(values, budget), Exact);
        Assert.Equal(subsets.Average(s => s.Min()), SeedStatistics.ExpectedBest(values, budget, lowerIsBetter: true), Exact);
    }

    [Fact]
    public void SeedsNeeded_LargerDifference_NeedsFewerSeeds()
    {
        double[] a = [0, 1, 2, 3, 4], small = [1, 2, 3, 4, 5], large = [4, 5, 6, 7, 8];
        int few = SeedStatistics.SeedsNeeded(a, large)!.Value, many = SeedStatistics.SeedsNeeded(a, small)!.Value;
        Assert.InRange(few, 3, 6);
        Assert.InRange(many, 25, 50); // two normal samples, σ² = 2, difference 1: 2 (1.96 + 0.84)² σ² = 31
        Assert.Null(SeedStatistics.SeedsNeeded(a, a, most: 12));
    }

    [Fact]
    public void Statistics_ValuesThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SeedStatistics.Median([]));
        Assert.Throws<ArgumentException>(() => SeedStatistics.InterquartileMean([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => SeedStatistics.PermutationTest([1], [double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedStatistics.ExpectedBest([1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedStatistics.BootstrapInterval([1, 2], confidence: 1));
    }

    private static double[] Skewed(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];
}
