using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Proposition 2 of Goodfellow et al. 2014, in the space where it holds.</summary>
public sealed class MirrorDescentTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(0.5, 200)]
    [InlineData(0.1, 1000)]
    [InlineData(0.02, 5000)]
    public void Run_RandomStarts_DescendsToMinusLogFour(double step, int maxSteps)
    {
        var random = new Random(11);
        for (int n = 0; n < 20; n++)
        {
            int count = random.Next(2, 101);
            double[] p = RandomSimplex.Draw(random, count);
            var descent = MirrorDescent.Run(p, RandomSimplex.Draw(random, count, spread: 6), step, maxSteps);
            Assert.InRange(descent.LargestRiseInUlps, double.NegativeInfinity, 4); // the allowance for rounding
            Assert.Equal(-Math.Log(4), descent.Values[^1], 1e-12);
            Assert.Equal(0, descent.Models[^1].Zip(p, (a, b) => Math.Abs(a - b)).Max(), 1e-6); // the value is quadratic in q - p: its root
        }
    }

    [Fact]
    public void Run_StartAlmostWithoutSupport_StillArrives()
    {
        var descent = MirrorDescent.Run([0.5, 0.25, 0.25], [1 - 1e-300, 1e-300, 1e-200], step: 1, maxSteps: 100);
        Assert.Equal(-Math.Log(4), descent.Values[^1], 1e-12);
        Assert.InRange(descent.LargestRiseInUlps, double.NegativeInfinity, 4);
    }

    [Fact]
    public void Run_DataWithEmptyPoints_EmptiesThemInTheModel()
    {
        var descent = MirrorDescent.Run([0.5, 0, 0.5, 0], [0.1, 0.4, 0.2, 0.3], step: 1, maxSteps: 200);
        Assert.Equal(-Math.Log(4), descent.Values[^1], 1e-12);
        Assert.InRange(descent.LargestRiseInUlps, double.NegativeInfinity, 4);
    }

    [Fact]
    public void Step_One_IsTheAverageOfDataAndModel()
    {
        var random = new Random(4);
        var (p, q) = (RandomSimplex.Draw(random, 30), RandomSimplex.Draw(random, 30));
        double[] next = MirrorDescent.Step(p, q, 1);
        for (int k = 0; k < 30; k++)
            Assert.Equal((p[k] + q[k]) / 2, next[k], 1e-15);
    }

    [Fact]
    public void Step_AnyStep_DecreasesByAtLeastItsOwnProof()
    {
        // Three-point inequality of mirror descent: C(q) - C(q′) ≥ KL(q‖q′)/η, for η ≤ 1.
        var random = new Random(6);
        foreach (double step in (double[])[0.05, 0.3, 1])
        {
            var (p, q) = (RandomSimplex.Draw(random, 20), RandomSimplex.Draw(random, 20));
            double[] next = MirrorDescent.Step(p, q, step);
            double divergence = q.Zip(next, (a, b) => a * Math.Log(a / b)).Sum();
            Assert.True(SimplexCriterion.Value(p, q) - SimplexCriterion.Value(p, next) >= divergence / step - 1e-14);
        }
    }

    [Fact]
    public void Run_GlobalRate_IsAtMostTheDivergenceOverTheTime()
    {
        // C(qₙ) + log 4 ≤ KL(p‖q₀)/(ηn) for every n: a rate without any assumption about curvature.
        var random = new Random(8);
        var (p, start) = (RandomSimplex.Draw(random, 50), RandomSimplex.Draw(random, 50));
        double divergence = p.Zip(start, (a, b) => a * Math.Log(a / b)).Sum();
        var descent = MirrorDescent.Run(p, start, step: 0.1, maxSteps: 1000);
        for (int n = 1; n <= descent.Steps; n++)
            Assert.True(descent.Excesses[n] <= divergence / (0.1 * n));
    }

    [Fact]
    public void Run_LocalRate_IsOneMinusHalfTheStepSquared()
    {
        // Near p, log(q/p) shrinks by 1 - η/2 a step, and the excess is quadratic in it.
        var random = new Random(9);
        var descent =
            MirrorDescent.Run(RandomSimplex.Draw(random, 10), RandomSimplex.Draw(random, 10), step: 0.4, maxSteps: 300, tolerance: 1e-20);
        Assert.Equal(0.64, descent.Excesses[^1] / descent.Excesses[^2], 1e-6); // the next order is the root of the excess, 1e-10
    }

    [Fact]
    public void Run_DensitiesOnAGrid_TurnOneGaussianIntoTwo()
    {
        var data = DensityGrid.Of(x => Math.Exp(-2 * (x - 2) * (x - 2)) + Math.Exp(-2 * (x + 2) * (x + 2)), -5, 5, 200);
        var start = DensityGrid.Of(x => Math.Exp(-x * x / 2), -5, 5, 200);
        var descent = MirrorDescent.Run(data.Weights, start.Weights, step: 0.5, maxSteps: 200);
        Assert.Equal(-Math.Log(4), descent.Values[^1], 1e-12);
        Assert.InRange(descent.LargestRiseInUlps, double.NegativeInfinity, 4);
        Assert.True(data.With(descent.Models[^1]).Densities.Zip(data.Densities, (a, b) => Math.Abs(a - b)).Max() < 1e-6);
    }

    [Fact]
    public void Step_LostSupportOrLargeStep_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MirrorDescent.Step([0.5, 0.5], [1, 0], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => MirrorDescent.Step([0.5, 0.5], [0.4, 0.6], 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MirrorDescent.Step([0.5, 0.5], [0.4, 0.6], double.NaN));
    }

    [Fact]
    public void Of_StandardNormal_HasTheCellsMassAndItsMoments()
    {
        var grid = DensityGrid.Of(x => Math.Exp(-x * x / 2), -8, 8, 160);
        Assert.Equal(1, grid.Weights.Sum(), 1e-14);
        Assert.Equal(1, grid.Centres.Zip(grid.Weights, (x, w) => x * x * w).Sum(), 1e-12); // the midpoint rule converges exponentially here
        Assert.Equal(1 / Math.Sqrt(Math.Tau), grid.Densities.Max(), 6e-4); // the middle cells lie at ±.05: e^(-.00125)
        Assert.Throws<ArgumentException>(() => DensityGrid.Of(_ => -1, 0, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => DensityGrid.Of(_ => 1, 1, 0, 4));
    }
}
