using System.Globalization;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Gradients through one choice, against ANCHORS 4.3 and against other ways to the same number.</summary>
public sealed class BernoulliGradientTests
{
    public static TheoryData<double, double, string[]> Rows => new()
    {
        // exact, sd of REINFORCE, their ratio, relaxed τ = 1, .5, .1, straight-through Gumbel τ = 1, .5, .1, plain straight-through
        { .45, .5, [".025", ".12625", "5", ".01667", ".02146", ".02480", ".01667", ".02146", ".0248", ".025"] },
        { .45, .1, [".009", ".08775", "10", "-.03185", "-.02201", ".00188", "-.05659", "-.03567", "-.0009", "-.063"] },
        { .499, .5, [".0005", ".12500", "250", ".00033", ".00043", ".00050", ".00033", ".00043", ".00050", ".0005"] },
        { .499, .1, [".00018", ".07524", "418", "-.04214", "-.03188", "-.00701", "-.06688", "-.04554", "-.00979", "-.07182"] },
    };

    // Half a unit of the last printed digit. A print of fewer than five decimals is a number that ends there, or the fifth is 0.
    [Theory]
    [MemberData(nameof(Rows))]
    public void Estimators_RowOfTheTable_HaveThePrintedDigits(double target, double theta, string[] printed)
    {
        var problem = new BernoulliGradient(target, theta);
        double[] got =
        [
            problem.Exact, problem.ReinforceDeviation(), problem.ReinforceDeviation() / problem.Exact,
            problem.Relaxed(1), problem.Relaxed(.5), problem.Relaxed(.1),
            problem.StraightThroughGumbel(1), problem.StraightThroughGumbel(.5), problem.StraightThroughGumbel(.1),
            problem.StraightThrough,
        ];
        Assert.Equal(printed.Length, got.Length);
        Assert.All(printed.Zip(got), pair => Printed.Agrees(
            pair.First.Contains('.', StringComparison.Ordinal) ? pair.First.PadRight(pair.First.IndexOf('.') + 6, '0') : pair.First,
            pair.Second));
        Assert.Equal(double.Parse(printed[0], CultureInfo.InvariantCulture), problem.Exact, 1e-15);
        Assert.Equal(double.Parse(printed[^1], CultureInfo.InvariantCulture), problem.StraightThrough, 1e-15);
    }

    [Theory]
    [InlineData(.45, .1)]
    [InlineData(.499, .5)]
    [InlineData(.2, .8)]
    public void Exact_AnyProblem_IsTheSlopeOfTheExpectedCost(double target, double theta)
    {
        double logit = Math.Log(theta / (1 - theta)), h = 1e-5;
        double Cost(double psi) => LogSpace.Sigmoid(psi) * Math.Pow(1 - target, 2) + LogSpace.Sigmoid(-psi) * target * target;
        var problem = new BernoulliGradient(target, theta);
        Assert.Equal((Cost(logit + h) - Cost(logit - h)) / (2 * h), problem.Exact, 1e-10);
        Assert.Equal(problem.Exact, problem.ReinforceMean(), 1e-15);
        Assert.Equal(problem.Exact, problem.ReinforceMean(0.37), 1e-15); // a baseline adds no bias
        Assert.Equal(2 * (theta - target) * theta * (1 - theta), problem.StraightThrough, 1e-15);
    }

    // The wrong sign of the baseline leaves the mean alone; only the variance tells.
    [Theory]
    [InlineData(.45, .1)]
    [InlineData(.499, .5)]
    public void Reinforce_BestBaseline_HasNoVarianceAndItsNegativeHasMore(double target, double theta)
    {
        var problem = new BernoulliGradient(target, theta);
        Assert.Equal(0, problem.ReinforceDeviation(problem.BestBaseline), 1e-16);
        Assert.InRange(problem.ReinforceDeviation(-problem.BestBaseline) / problem.ReinforceDeviation(), 1.9, 2.1);
    }

    [Theory]
    [InlineData(.45, .5, .5)]
    [InlineData(.45, .1, 1)]
    [InlineData(.499, .1, .3)]
    public void Rebar_AnyControl_IsUnbiasedByQuadrature(double target, double theta, double temperature)
    {
        var problem = new BernoulliGradient(target, theta);
        Assert.Equal(problem.Exact, ControlVariate.Rebar(problem, temperature).Mean(), 1e-9);
        Assert.Equal(problem.Exact, ControlVariate.Rebar(problem, temperature, 0.4).Mean(), 1e-9);
        Assert.Equal(problem.Exact, new ControlVariate(problem, z => Math.Sin(z), z => Math.Cos(z)).Mean(), 1e-6);
    }

    [Theory]
    [InlineData(.45, .5)]
    [InlineData(.499, .1)]
    public void Rebar_DrawsAndMoments_Agree(double target, double theta)
    {
        var problem = new BernoulliGradient(target, theta);
        var rebar = ControlVariate.Rebar(problem, 0.5);
        var random = new Random(3);
        const int n = 200_000;
        double[] drawn = [.. Enumerable.Range(0, n).Select(_ => rebar.Draw(random.NextDouble(), random.NextDouble()))];
        double mean = drawn.Average(), variance = drawn.Sum(g => (g - mean) * (g - mean)) / n;
        Assert.Equal(rebar.Mean(), mean, 5 * Math.Sqrt(variance / n));
        Assert.InRange(variance / rebar.Variance(), 0.96, 1.04);
        Assert.True(rebar.Variance() > Math.Pow(problem.ReinforceDeviation(), 2)); // no gain on this problem, at this scale
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(0, .2)]
    public void Again_GivenTheChoice_HasTheDerivativeOfItsDifference(int b, double scale)
    {
        static double Z(double psi, int b, double v) => new BernoulliGradient(.45, LogSpace.Sigmoid(psi)) is var p
            ? new ControlVariate(p, z => z, _ => 1).Again(b, v).Z : double.NaN;
        double psi = -1.1 * scale, v = 0.3, h = 1e-5;
        var there = new ControlVariate(new BernoulliGradient(.45, LogSpace.Sigmoid(psi)), z => z, _ => 1).Again(b, v);
        Assert.Equal((Z(psi + h, b, v) - Z(psi - h, b, v)) / (2 * h), there.Slope, 1e-8);
        Assert.Equal(b == 1, there.Z > 0);
    }

    [Fact]
    public void Relaxed_ManyDraws_HaveTheMeanOfTheQuadrature()
    {
        var problem = new BernoulliGradient(.45, .1);
        var random = new Random(4);
        const int n = 200_000;
        double[] u = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
        double error = 5 * problem.RelaxedDeviation(.5) / Math.Sqrt(n);
        Assert.Equal(problem.Relaxed(.5), u.Average(x => problem.DrawRelaxed(.5, x)), error);
        Assert.Equal(problem.StraightThroughGumbel(.5), u.Average(x => problem.DrawStraightThroughGumbel(.5, x)), 2 * error);
        Assert.True(error < 0.002);
    }

    [Theory]
    [InlineData(ChoiceEstimator.Relax, 5)]
    [InlineData(ChoiceEstimator.Exact, 5)]
    [InlineData(ChoiceEstimator.Reinforce, 0)]
    [InlineData(ChoiceEstimator.Relaxed, 0)]
    public void Descent_TargetNearHalf_ArrivesOrNotAsRelaxReports(ChoiceEstimator estimator, int arrivals) => Assert.Equal(arrivals,
        Enumerable.Range(1, 5).Count(seed => new BernoulliDescent(0.499, estimator, seed).Run(5000, 5000)[^1] < 0.01));

    // The running mean of the cost is near the best baseline all the way: the descent stays near that of the exact gradient. With the wrong
    // sign REINFORCE has twice the noise that it has without a baseline.
    [Fact]
    public void Descent_FeaturesOfRelax_TheConstantIsEnoughAndNeeded()
    {
        BernoulliDescent With(params int[] features)
        {
            var descent = new BernoulliDescent(0.499, ChoiceEstimator.Relax, 3) { Features = features };
            descent.Run(2000, 2000);
            return descent;
        }
        var (all, constant, rest) = (With(0, 1, 2), With(0), With(1, 2));
        Assert.InRange(all.Theta, 0, 0.01);
        Assert.InRange(constant.Theta, 0, 0.01);
        Assert.InRange(rest.Theta, 0.1, 1);
        Assert.Equal(0, rest.Weights[0]);
        Assert.Equal(0.2490, all.Weights[0], 2e-3); // t², the cost of b = 0, which is drawn nearly always
        Assert.All(constant.Weights.Skip(1), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Descent_RunningBaseline_IsNearTheExactDescent()
    {
        static double[] Ends(ChoiceEstimator estimator) =>
            [.. Enumerable.Range(1, 20).Select(seed => new BernoulliDescent(.45, estimator, seed).Run(300, 300)[^1])];
        static double Deviation(double[] x) => Math.Sqrt(x.Select(v => v * v).Average() - Math.Pow(x.Average(), 2));
        double exact = Ends(ChoiceEstimator.Exact)[0];
        double[] plain = Ends(ChoiceEstimator.Reinforce), running = Ends(ChoiceEstimator.ReinforceBaseline);
        Assert.All(running, theta => Assert.InRange(theta, exact, 0.16)); // the exact one ends at 0.089
        Assert.All(plain, theta => Assert.InRange(theta, 0.25, 0.5));
        Assert.InRange(Deviation(running) / Deviation(plain), 0, 0.5);
    }

    [Fact]
    public void Problem_ThetaAtAnEnd_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BernoulliGradient(.45, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BernoulliGradient(.45, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BernoulliGradient(double.NaN, .5));
    }
}
