using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class MixedDiscriminatorTests
{
    private static readonly MixedDistribution spiked = new([(0.5, 0)], 0.5, new Gaussian()), smooth = MixedDistribution.Of(new Gaussian());

    [Fact]
    public void At_HalfAtomHalfNormalAgainstNormal_IsOneAtTheAtomAndOneThirdElsewhere()
    {
        var best = new MixedDiscriminator(spiked, smooth);
        Assert.Equal(1, best.At(0));
        Assert.All([-3, -1e-300, 1e-9, 0.4, 40], x => Assert.Equal(1.0 / 3, best.At(x), 1e-13)); // log densities down to −801
        Assert.Equal(0, new MixedDiscriminator(smooth, spiked).At(0));
    }

    [Fact]
    public void Criterion_HalfAtomHalfNormalAgainstNormal_IsLog2MinusThreeHalvesLog3()
    {
        double expected = Math.Log(2) - 1.5 * Math.Log(3); // ½ log 1 + ½ log ⅓ + log ⅔
        Assert.Equal(expected, new MixedDiscriminator(spiked, smooth).Criterion().Value, 1e-12);
        Assert.Equal(expected, new MixedDiscriminator(smooth, spiked).Criterion().Value, 1e-12);
    }

    [Fact]
    public void Criterion_WithoutAtoms_IsTheVirtualCriterion() => Assert.Equal(
        new VirtualCriterion(new Gaussian(), new Laplace(1, 2)).ByQuadrature().Value,
        new MixedDiscriminator(smooth, MixedDistribution.Of(new Laplace(1, 2))).Criterion().Value, 1e-13);

    [Fact]
    public void Criterion_AtomsAlone_IsThatOfTheDice()
    {
        MixedDistribution Die(int covered) => new([.. Enumerable.Range(1, covered).Select(i => (1.0 / covered, (double)i))]);
        var exact = RationalDistribution.Criterion(RationalDistribution.Covering(6, 6), RationalDistribution.Covering(6, 4));
        Assert.Equal(exact.Enclose().Midpoint, new MixedDiscriminator(Die(6), Die(4)).Criterion().Value, 1e-15);
        Assert.Equal(0.4, new MixedDiscriminator(Die(6), Die(4)).At(3), 1e-15);
    }

    [Fact]
    public void Criterion_SharedAndOwnAtoms_AddsBothKinds()
    {
        // P = ½ δ₀ + ½ δ₁, Q = ½ δ₀ + ½ N: only the common atom costs, ½ log ½ twice.
        var q = new MixedDistribution([(0.5, 0)], 0.5, new Gaussian());
        var best = new MixedDiscriminator(new([(0.5, 0), (0.5, 1)]), q);
        Assert.Equal(-Math.Log(2), best.Criterion().Value, 1e-15);
        Assert.Equal((0.5, 1.0, 0.0), (best.At(0), best.At(1), best.At(0.3)));
    }

    [Fact]
    public void ShareOfReal_ShrinkingIntervals_TendsToDStar()
    {
        var best = new MixedDiscriminator(spiked, smooth);
        foreach (double x in new[] { 0, 0.7, -2 })
        {
            double[] distances = [.. new[] { 1e-1, 1e-2, 1e-3 }.Select(r => Math.Abs(best.ShareOfReal(x, r) - best.At(x)))];
            Assert.True(distances[2] <= 2e-3, $"{x}: {string.Join(", ", distances)}");
            Assert.True(x != 0 || distances[1] / distances[2] is > 9 and < 11); // at the atom the share is 1 − O(r)
        }
    }

    [Fact]
    public void Empirical_SamplesOfOneDensity_AreToldApartPerfectly()
    {
        var random = new Random(1);
        var (real, fake) = (new Gaussian().Samples(random, 500), new Gaussian().Samples(random, 500));
        var best = new MixedDiscriminator(MixedDistribution.Empirical(real), MixedDistribution.Empirical(fake));
        Assert.Equal(0, best.Criterion().Value);
        Assert.Equal(Math.Log(2), best.JensenShannon().Value, 1e-15);
        var itself = new MixedDiscriminator(best.P, best.P);
        Assert.Equal(-Math.Log(4), itself.Criterion().Value, 1e-13); // 500 terms
    }

    [Fact]
    public void Empirical_EqualSamples_AddUp() => Assert.Equal(0.75, MixedDistribution.Empirical([1, 2, 1, 1]).Atom(1));

    [Fact]
    public void Empirical_ManySamples_IsNotRefusedForTheRoundingOfItsSum() =>
        Assert.Equal(100_000, MixedDistribution.Empirical(new Gaussian().Samples(new Random(1), 100_000)).Atoms.Count);

    [Fact]
    public void Sample_HalfAtom_HitsTheAtomHalfTheTime()
    {
        var random = new Random(1);
        int hits = Enumerable.Range(0, 10_000).Count(_ => spiked.Sample(random) == 0);
        Assert.InRange(hits, 4800, 5200); // four standard deviations of 50
    }

    [Fact]
    public void Constructor_MassWithoutDensityOrWrongSum_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new MixedDistribution([(0.5, 0)], 0.5));
        Assert.Throws<ArgumentException>(() => new MixedDistribution([(0.5, 0)]));
        Assert.Throws<ArgumentException>(() => MixedDistribution.Empirical([]));
        Assert.Throws<ArgumentException>(() => new MixedDistribution([(1.5, 0)], -0.5, new Gaussian()));
    }

    [Fact]
    public void CurveProbability_StraightLine_IsThatOfTheNoise()
    {
        var line = new CurveDistribution(new Gaussian(), z => 0);
        double expected = new Gaussian().Cdf(1.5) - new Gaussian().Cdf(0.5);
        Assert.Equal(expected, line.Probability((1, 0), 0.5), 1e-14);
        Assert.Equal(0, line.Probability((1, 0.6), 0.5));
        // Along y = x the square [½, 1½] × [0, 1] holds z from ½ to 1.
        var slope = new CurveDistribution(new Gaussian(), z => z);
        Assert.Equal(new Gaussian().Cdf(1) - new Gaussian().Cdf(0.5), slope.Probability((1, 0.5), 0.5), 1e-4);
    }

    [Fact]
    public void CurveContains_OwnSamplesAndOthers_TellsThemApartWithoutError()
    {
        var (curve, near) = (new CurveDistribution(new Gaussian(), z => Math.Sin(3 * z)),
            new CurveDistribution(new Gaussian(), z => Math.Sin(3 * z) + 1e-6));
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 10_000), _ =>
        {
            Assert.True(curve.Contains(curve.Sample(random)));
            Assert.False(curve.Contains(near.Sample(random)));
        });
    }
}
