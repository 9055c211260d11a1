using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class SimplexCriterionTests
{
    [Fact]
    public void Value_RandomPairs_EqualsTheObjectiveAtTheOptimalDiscriminator()
    {
        var random = new Random(1);
        for (int n = 0; n < 300; n++)
        {
            var (p, q) = (RandomSimplex.Draw(random, 40), RandomSimplex.Draw(random, 40));
            double value = SimplexCriterion.Value(p, q);
            // 80 terms, sum 1.4: some 1e-15
            Assert.Equal(SimplexCriterion.Objective(SimplexCriterion.OptimalDiscriminator(p, q), p, q), value, 1e-14);
            double[] other = p.Select(_ => random.NextDouble()).ToArray();
            Assert.True(SimplexCriterion.Objective(other, p, q) < value); // no other D does better
        }
    }

    [Theory]
    [InlineData(8, 1, "-.3924")]
    [InlineData(8, 3, "-.8057")]
    [InlineData(8, 7, "-1.2955")]
    [InlineData(8, 8, "-1.3863")]
    [InlineData(25, 1, "-.1695")]
    [InlineData(25, 10, "-.8376")]
    [InlineData(25, 24, "-1.3582")]
    public void Value_CollapsedModel_ReproducesTheSheet(int modes, int covered, string printed)
    {
        // C = (k/n) log(k/(n + k)) + log(n/(n + k)): k of n equal, disjoint modes covered evenly.
        double[] p = Enumerable.Repeat(1.0 / modes, modes).ToArray();
        double[] q = p.Select((_, k) => k < covered ? 1.0 / covered : 0).ToArray();
        PrintedDigits.AssertReproduces(printed, SimplexCriterion.Value(p, q));
        var (n, c) = ((double)modes, (double)covered);
        // closed form, some roundings of 1.4
        Assert.Equal(c / n * Math.Log(c / (n + c)) + Math.Log(n / (n + c)), SimplexCriterion.Value(p, q), 2e-15);
    }

    [Fact]
    public void Excess_DisjointSupports_IsLogFour() => Assert.Equal(Math.Log(4), SimplexCriterion.Excess([1, 0], [0, 1]), 1e-15);

    [Fact]
    public void Excess_EqualDistributions_IsExactlyZero() => Assert.Equal(0, SimplexCriterion.Excess([0.3, 0.7, 0], [0.3, 0.7, 0]));

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    public void Excess_TinyDifference_KeepsItsRelativePrecision(double e)
    {
        // p = (1/2, 1/2), q = (1/2 + e, 1/2 - e): Σ m d² with m = (1 ± e)/2 and d = ± e/(1 ± e) is e²/(1 - e²), then terms of order e⁴.
        double[] q = [0.5 + e, 0.5 - e];
        double actual = (q[0] - q[1]) / 2; // what e became by rounding
        Assert.Equal(1, SimplexCriterion.Excess([0.5, 0.5], q) / (actual * actual), 2e-6); // e² at 1e-3 is 1e-6, with a factor 1 + 1/6
    }

    [Fact]
    public void Excess_AcrossTheBranchOfTheSeries_IsSmooth()
    {
        // Below |d| = 1/4 the series is used, above it the logarithms: both must agree with the formula to a few roundings.
        foreach (double shift in (double[])[-1e-13, 1e-13])
        {
            double d = 0.25 + shift;
            double[] p = [0.5 * (1 - d), 0.5 * (1 + d)];
            double[] q = [0.5 * (1 + d), 0.5 * (1 - d)];
            Assert.Equal((1 + d) * Math.Log(1 + d) + (1 - d) * Math.Log(1 - d), SimplexCriterion.Excess(p, q), 1e-16 * 4);
        }
    }

    [Fact]
    public void Subgradient_RandomPairs_IsTheSlopeOfCAlongTheSimplex()
    {
        var random = new Random(5);
        for (int n = 0; n < 50; n++)
        {
            var (p, q, r) = (RandomSimplex.Draw(random, 12, 1), RandomSimplex.Draw(random, 12, 1), RandomSimplex.Draw(random, 12, 1));
            double slope = SimplexCriterion.Subgradient(p, q).Zip(r.Zip(q, (a, b) => a - b), (g, direction) => g * direction).Sum();
            double Along(double t) => SimplexCriterion.Value(p, [.. q.Zip(r, (a, b) => a + t * (b - a))]);
            const double H = 2e-5;
            double numeric = (8 * (Along(H) - Along(-H)) - (Along(2 * H) - Along(-2 * H))) / (12 * H);
            // rounding 2e-16/h = 1e-11; truncation h⁴ C⁽⁵⁾/30 with q above .01: 6 h⁴/q⁴/30 = 3e-12 at most
            Assert.Equal(slope, numeric, 1e-9);
        }
    }

    [Fact]
    public void Value_NotADistribution_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SimplexCriterion.Value([0.5, 0.6], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => SimplexCriterion.Value([0.5, 0.5], [1.5, -0.5]));
        Assert.Throws<ArgumentException>(() => SimplexCriterion.Value([1], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => SimplexCriterion.Value([double.NaN, 1], [0.5, 0.5]));
    }
}
