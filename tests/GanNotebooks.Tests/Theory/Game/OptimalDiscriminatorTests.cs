using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class OptimalDiscriminatorTests
{
    [Fact]
    public void At_TwentyPairs_EqualsTheRatioOfDensities()
    {
        foreach (var (p, q) in TestPairs.Twenty)
        {
            var optimal = new OptimalDiscriminator(p, q);
            foreach (double x in new[] { -2.3, -0.4, 0.2, 0.75, 1.6, 4 })
            {
                if (p.Pdf(x) + q.Pdf(x) > 0)
                    Assert.Equal(p.Pdf(x) / (p.Pdf(x) + q.Pdf(x)), optimal.At(x), 1e-13);
                Assert.Equal(1, optimal.At(x) + new OptimalDiscriminator(q, p).At(x), 1e-15);
            }
        }
    }

    [Fact]
    public void LogAt_FarTails_IsExactWhereDensitiesUnderflow()
    {
        var optimal = new OptimalDiscriminator(new Gaussian(), new Gaussian(2));
        Assert.Equal(2 - 2e4, optimal.Logit(1e4), 1e-6);
        Assert.Equal(2 - 2e4, optimal.LogAt(1e4), 1e-6);
        Assert.Equal(0, optimal.LogComplementAt(1e4));
    }

    [Fact]
    public void At_OutsideOneOrBothSupports_IsZeroOneOrOneHalf()
    {
        var optimal = new OptimalDiscriminator(new Uniform(0, 1), new Uniform(0.5, 2));
        Assert.Equal([0.5, 1, 0.6, 0], optimal.At([-1, 0.2, 0.7, 1.5]), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(double.PositiveInfinity, optimal.Logit(0.2));
    }

    [Fact]
    public void At_RandomCompetitors_MaximisesThePointwiseObjective()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            var (a, b, y) = (random.NextDouble() * 3, random.NextDouble() * 3, random.NextDouble());
            double Objective(double d) => a * Math.Log(d) + b * Math.Log(1 - d);
            Assert.True(Objective(OptimalDiscriminator.Maximiser(a, b)) >= Objective(y));
        }
    }

    [Fact]
    public void Accuracy_AgainstDisjointAndEqual_IsOneAndOneHalf()
    {
        Assert.Equal(1, new OptimalDiscriminator(new Uniform(0, 1), new Uniform(2, 3)).Accuracy().Value);
        Assert.Equal(0.5, new OptimalDiscriminator(new Gaussian(), new Gaussian()).Accuracy().Value);
    }

    [Fact]
    public void Distance_FromItselfAndFromOneHalf_IsZeroAndHalfTheTotalVariation()
    {
        var optimal = new OptimalDiscriminator(new Gaussian(), new Gaussian(2));
        Assert.Equal(0, optimal.Distance(optimal.At).Value);
        // ∫ |½ − D*| (p+q)/2 = ¼ ∫ |p − q| = TV/2
        Assert.Equal(0.5 * ClosedForm.TotalVariation(optimal.P, optimal.Q)!.Value, optimal.Distance(_ => 0.5).Value, 1e-6);
    }

    [Fact]
    public void Maximiser_NegativeWeight_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimalDiscriminator.Maximiser(-1, 1));
}
