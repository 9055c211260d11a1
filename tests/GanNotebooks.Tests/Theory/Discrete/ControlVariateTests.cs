using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>RELAX's three features.</summary>
public sealed class ControlVariateTests
{
    [Theory]
    [InlineData(.45, .5)]
    [InlineData(.45, .1)]
    [InlineData(.499, .5)]
    [InlineData(.499, .1)]
    public void Relax_RandomWeights_IsUnbiasedByQuadrature(double target, double theta)
    {
        var (problem, random) = (new BernoulliGradient(target, theta), new Random(6));
        for (int i = 0; i < 10; i++)
        {
            double[] weights = [.. Enumerable.Range(0, 3).Select(_ => 4 * random.NextDouble() - 2)];
            var relax = ControlVariate.Relax(problem, 0.5, weights);
            Assert.Equal(problem.Exact, relax.Mean(), 1e-9);
            // A slope that is not the control's own is a bias: the quadrature can see one.
            Assert.NotEqual(problem.Exact, (relax with { ControlSlope = z => 1.1 * relax.ControlSlope(z) }).Mean(), 1e-4);
        }
    }

    [Fact]
    public void Relax_OneWeightAlone_IsBaselineOrRebar()
    {
        var problem = new BernoulliGradient(.45, .1);
        var baseline = ControlVariate.Relax(problem, 0.5, problem.BestBaseline, 0, 0);
        var rebar = ControlVariate.Relax(problem, 0.5, 0, 0, 1);
        Assert.Equal(0, baseline.Variance(), 1e-12); // a constant is a baseline
        Assert.Equal(ControlVariate.Rebar(problem, 0.5).Variance(), rebar.Variance(), 1e-12);
        Assert.Equal(ControlVariate.Rebar(problem, 0.5).Draw(0.95, 0.3), rebar.Draw(0.95, 0.3), 1e-15);
        Assert.Equal(problem.Reinforce(1, problem.BestBaseline), baseline.Draw(0.95, 0.3), 1e-15);
    }

    // The slopes of the features are differences of the features.
    [Fact]
    public void RelaxFeatures_Slopes_AreDerivatives() =>
        Assert.All(ControlVariate.RelaxFeatures(new BernoulliGradient(.45, .1), 0.5), c =>
            Assert.Equal((c.Control(0.3 + 1e-5) - c.Control(0.3 - 1e-5)) / 2e-5, c.ControlSlope(0.3), 1e-9));

    [Fact]
    public void Relax_TwoWeights_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ControlVariate.Relax(new BernoulliGradient(.45, .1), 0.5, 1, 2));
}
