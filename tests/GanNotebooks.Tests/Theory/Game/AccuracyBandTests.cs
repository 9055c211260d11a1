using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>−2 H(A) ≤ C ≤ −2 log 4 (1 − A): inside for random pairs, both edges reached exactly.</summary>
public sealed class AccuracyBandTests
{
    [Fact]
    public void Criterion_FiveThousandRandomPairs_LiesInTheBand() => Assert.True(Holds(AccuracyBand.Lower, AccuracyBand.Upper));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(7, 10)]
    [InlineData(9, 10)]
    [InlineData(1, 1)]
    public void Edges_AreReachedByFractions_Exactly(int numerator, int denominator)
    {
        Rational a = new(numerator, denominator), tv = 2 * a - 1;
        var onLower = RationalDistribution.Criterion(new(a, 1 - a), new(1 - a, a));
        Assert.True(onLower.Plus(AccuracyBand.Lower(a).Negate()).OverPrimes().IsZero);
        var onUpper = RationalDistribution.Criterion(new(tv, 1 - tv, 0), new(0, 1 - tv, tv));
        Assert.True(onUpper.Plus(AccuracyBand.Upper(a).Negate()).OverPrimes().IsZero);
    }

    [Fact]
    public void Doubles_AreTheEnclosuresOfTheFractions()
    {
        for (int i = 50; i <= 100; i++)
        {
            Assert.Equal(AccuracyBand.Lower(new Rational(i, 100)).Enclose().Midpoint, AccuracyBand.Lower(i / 100.0), 1e-14);
            Assert.Equal(AccuracyBand.Upper(new Rational(i, 100)).Enclose().Midpoint, AccuracyBand.Upper(i / 100.0), 1e-14);
        }
    }

    [Fact]
    public void Lower_IsAbovePinskersParabola()
    {
        for (int i = 1; i < 100; i++)
        {
            double tv = i / 100.0;
            Assert.True(AccuracyBand.Lower(AccuracyBand.Accuracy(tv)) > -Constants.Log4 + tv * tv);
        }
        Assert.Equal(-1.12467, AccuracyBand.Lower(0.75), 1e-5); // the audit's value at TV = 1/2, where Pinsker has -1.13629
    }

    [Fact]
    public void Mutants_AreEachCaught()
    {
        (Func<double, double> Lower, Func<double, double> Upper)[] mutants =
        [
            (a => -AccuracyBand.Entropy(a), AccuracyBand.Upper),
            (a => -2 * AccuracyBand.Entropy(2 * a - 1), AccuracyBand.Upper),
            (a => -2 * AccuracyBand.Entropy(a) / Math.Log(2), AccuracyBand.Upper),
            (AccuracyBand.Lower, a => -Constants.Log4 * 2 * a),
            (AccuracyBand.Lower, a => -2 * Constants.Log4 * (1 - a) * 2),
            (AccuracyBand.Lower, a => -2 * Constants.Log4 * (1 - a) / 2),
            (AccuracyBand.Lower, AccuracyBand.Lower),
            (AccuracyBand.Upper, AccuracyBand.Upper),
        ];
        Assert.All(mutants, m => Assert.False(Holds(m.Lower, m.Upper)));
    }

    [Fact]
    public void Arguments_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AccuracyBand.Lower(0.49));
        Assert.Throws<ArgumentOutOfRangeException>(() => AccuracyBand.Upper(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => AccuracyBand.Upper(new Rational(1, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => AccuracyBand.Accuracy(1.01));
    }

    // Inside the band for random pairs, and on both edges for the pairs that are said to reach them.
    private static bool Holds(Func<double, double> lower, Func<double, double> upper)
    {
        var random = new Random(17);
        bool inside = Enumerable.Range(0, 5000).All(_ =>
        {
            int n = random.Next(2, 9);
            double spread = 6 * random.NextDouble();
            DiscreteDistribution p = new(RandomSimplex.Draw(random, n, spread)), q = new(RandomSimplex.Draw(random, n, spread));
            double accuracy = AccuracyBand.Accuracy(Divergence.TotalVariation(p, q)), c = VirtualCriterion.Of(p, q);
            return c >= lower(accuracy) - 1e-12 && c <= upper(accuracy) + 1e-12;
        });
        return inside && Enumerable.Range(0, 6).Select(i => 0.5 + i / 10.0).All(a =>
            Math.Abs(lower(a) - VirtualCriterion.Of(new DiscreteDistribution([a, 1 - a]), new([1 - a, a]))) < 1e-12
            && Math.Abs(upper(a) - VirtualCriterion.Of(new DiscreteDistribution([2 * a - 1, 2 - 2 * a, 0]), new([0, 2 - 2 * a, 2 * a - 1])))
                < 1e-12);
    }
}
