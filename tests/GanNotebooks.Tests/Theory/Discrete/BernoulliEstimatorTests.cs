using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Exact and drawn moments of all estimators, on the four problems of ANCHORS 4.3.</summary>
public sealed class BernoulliEstimatorTests
{
    public static TheoryData<double, double, int> Problems => new() { { .45, .5, 0 }, { .45, .1, 6 }, { .499, .5, 0 }, { .499, .1, 7 } };

    // 4.5 standard errors: one false alarm in 1,600 runs of these 88 comparisons. The seed is fixed.
    [Theory]
    [MemberData(nameof(Problems))]
    public void Sample_EveryEstimator_HasTheExactMeanAndDeviation(double target, double theta, int wrong)
    {
        var all = BernoulliEstimator.All(new BernoulliGradient(target, theta));
        var random = new Random(5);
        Assert.Equal(11, all.Count);
        Assert.Equal(wrong, all.Count(e => !e.HasRightSign));
        Assert.All(all.Select(e => e.Sample(100_000, random)), t =>
        {
            Assert.True(t.MeanErrors < 4.5, t.Estimator.Name);
            Assert.True(t.DeviationErrors < 4.5, t.Estimator.Name);
            Assert.Equal(t.Estimator.Deviation / Math.Sqrt(100_000), t.Mean.Error, 3e-5);
        });
    }

    // The comparison sees an error of the mean by a twentieth of one standard deviation, and of the deviation by a twentieth.
    [Fact]
    public void Sample_MomentsThatAreWrong_AreSeen()
    {
        var honest = BernoulliEstimator.All(new BernoulliGradient(.45, .1))[2];
        var shifted = honest with { Mean = honest.Mean + 0.05 * honest.Deviation };
        Assert.True(shifted.Sample(100_000, new Random(5)).MeanErrors > 4.5);
        var wider = honest with { Deviation = 1.05 * honest.Deviation };
        Assert.True(wider.Sample(100_000, new Random(5)).DeviationErrors > 4.5);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void All_UnbiasedOnes_HaveTheGradientAsMean(double target, double theta, int wrong)
    {
        var all = BernoulliEstimator.All(new BernoulliGradient(target, theta));
        string[] unbiased = [.. all.Where(e => Math.Abs(e.Bias) < 1e-9).Select(e => e.Name)];
        foreach (string name in (string[])["REINFORCE", "REINFORCE, best baseline", "REBAR", "RELAX, not yet tuned"])
            Assert.Contains(name, unbiased);
        Assert.Equal(theta == .5 ? 5 : 4, unbiased.Length); // at θ = ½ straight-through has no bias either
        Assert.True(wrong == 0 || theta < .5);
    }

    [Theory]
    [InlineData(.45, .5)]
    [InlineData(.45, .1)]
    [InlineData(.499, .1)]
    [InlineData(.2, .8)]
    public void StraightThrough_TwoOutcomes_HaveItsMeanAndDeviation(double target, double theta)
    {
        var problem = new BernoulliGradient(target, theta);
        double one = problem.DrawStraightThrough(1), zero = problem.DrawStraightThrough(0);
        Assert.Equal(problem.StraightThrough, theta * one + (1 - theta) * zero, 1e-15);
        Assert.Equal(problem.StraightThroughDeviation, Math.Sqrt(theta * (1 - theta)) * Math.Abs(one - zero), 1e-15);
    }

    // The same integral over u instead of the noise, by the midpoint rule.
    [Theory]
    [InlineData(.45, .1, 1)]
    [InlineData(.499, .5, .5)]
    public void StraightThroughGumbelDeviation_MidpointRule_Agrees(double target, double theta, double temperature)
    {
        var problem = new BernoulliGradient(target, theta);
        const int n = 200_000;
        double[] drawn = [.. Enumerable.Range(0, n).Select(i => problem.DrawStraightThroughGumbel(temperature, (i + .5) / n))];
        double mean = drawn.Average();
        Assert.Equal(problem.StraightThroughGumbelDeviation(temperature), Math.Sqrt(drawn.Average(g => (g - mean) * (g - mean))), 1e-5);
    }

    [Fact]
    public void Sample_TooFewDraws_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => BernoulliEstimator.All(new BernoulliGradient(.45, .5))[0].Sample(1, new Random(1)));
}
