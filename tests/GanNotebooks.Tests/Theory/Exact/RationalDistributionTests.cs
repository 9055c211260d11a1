using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class RationalDistributionTests
{
    [Fact]
    public void OptimalDiscriminator_CoveredModes_IsExactlyKOverNPlusK()
    {
        for (int k = 1; k <= 8; k++)
        {
            var d = RationalDistribution.OptimalDiscriminator(RationalDistribution.Covering(8, 8), RationalDistribution.Covering(8, k));
            Assert.All(d.Take(k), value => Assert.Equal(new Rational(k, 8 + k), value));
            Assert.All(d.Skip(k), value => Assert.Equal((Rational)1, value));
        }
    }

    [Fact]
    public void OptimalDiscriminator_BothZero_IsUndetermined() => Assert.Null(RationalDistribution.OptimalDiscriminator(
        RationalDistribution.FromWeights(1, 0), RationalDistribution.FromWeights(1, 0))[1]);

    [Fact]
    public void Criterion_EqualDistributions_IsExactlyMinusLogFour()
    {
        var p = RationalDistribution.FromWeights(3, 1, 4, 1, 5, 9, 2, 6);
        var c = RationalDistribution.Criterion(p, p);
        Assert.Equal([((Rational)2, new Rational(1, 2))], c.Terms); // 2 log ½, with no rounding at all
        Assert.True(c.Enclose().Contains(-Constants.Log4));
    }

    [Fact]
    public void Criterion_RandomPairs_EqualsMinusLogFourPlusTwiceJsdSymbolically()
    {
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            RationalDistribution p = Draw(random), q = Draw(random);
            var minusLogFour = new LogCombination([(-2, 2)]);
            var left = RationalDistribution.Criterion(p, q);
            var right = minusLogFour.Plus(RationalDistribution.TwiceJensenShannon(p, q));
            Assert.True(left.Plus(right.Negate()).OverPrimes().IsZero, $"{left} != {right}");   // theorem 1, exactly
            Assert.True(left.Enclose().Lo >= -Constants.Log4 - 1e-15 && left.Enclose().Hi <= 1e-15);
            Assert.True(left.Enclose().Overlaps(right.Enclose()));
            Assert.True(new Interval(left.Enclose().Lo - 1e-14, left.Enclose().Hi + 1e-14)
                .Contains(VirtualCriterion.Of(p.ToDiscrete(), q.ToDiscrete())));
            Assert.InRange(left.Enclose().Width, 0, 1e-14);
        }
    }

    [Fact]
    public void Criterion_CoveredModes_IsTheFormulaOfTheReferenceSheet()
    {
        var c = RationalDistribution.Criterion(RationalDistribution.Covering(8, 8), RationalDistribution.Covering(8, 1));
        Assert.Equal("1/8 log(1/9) + log(8/9)", c.ToString());
        Assert.Equal("\\frac{1}{8}\\log \\frac{1}{9} + \\log \\frac{8}{9}", c.ToLatex());
    }

    [Fact]
    public void Constructor_SumOtherThanOne_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RationalDistribution(new Rational(1, 3), new Rational(1, 3)));

    private static RationalDistribution Draw(Random random)
    {
        int[] weights = Enumerable.Range(0, 5).Select(_ => random.Next(0, 12)).ToArray();
        weights[random.Next(5)]++;
        return RationalDistribution.FromWeights(weights);
    }
}
