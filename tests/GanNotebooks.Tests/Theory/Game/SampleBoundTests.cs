using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class SampleBoundTests
{
    private const double Half = 0.5; // the logits of D* for the two coins below, and B

    [Fact]
    public void Of_OneThousandRepetitionsOfTheNearlyWorstCase_FailsSometimesButAtMostAlpha()
    {
        // p and q are coins with heads σ(½) and σ(−½): D* has logit ±½ = ±B, so V̂ has nearly the variance that Hoeffding allows.
        var (random, p) = (new Random(1), LogSpace.Sigmoid(Half));
        double truth = Divergence.JensenShannon(new DiscreteDistribution([p, 1 - p]), new DiscreteDistribution([1 - p, p]));
        double[] Logits(double heads, int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() < heads ? Half : -Half)];
        foreach (var (n, m) in new[] { (400, 400), (200, 1000) })
        {
            int failures = Enumerable.Range(0, 1000).Count(_ =>
                SampleBound.Of(Logits(p, n), Logits(1 - p, m), Half, 0.1).JensenShannonAtLeast > truth);
            // Expected: Φ(−√(2 log 10)/√(4·p(1−p))) = 1.3 %, so 13 ± 3.6 of 1,000; a margin half as wide fails 130 times.
            Assert.InRange(failures, 2, 30);
        }
    }

    [Fact]
    public void Of_TwoBells_IsNotVacuous()
    {
        var (p, q, random) = (new Gaussian(), new Gaussian(1), new Random(1));
        var logit = new OptimalDiscriminator(p, q).Logit;
        var bound = SampleBound.Of([.. p.Samples(random, 200_000).Select(logit)], [.. q.Samples(random, 200_000).Select(logit)], 4, 1e-6);
        Assert.Equal(0.0945, bound.JensenShannonAtLeast, 0.002); // the audit's run; V̂ has a standard error of .002
        Assert.True(bound.JensenShannonAtLeast < Divergence.JensenShannon(p, q).Value);
    }

    [Fact]
    public void MarginOf_EqualNumbers_IsBTimesRootOfLogOverN()
    {
        Assert.Equal(4 * Math.Sqrt(Math.Log(1e6) / 200_000), SampleBound.MarginOf(200_000, 200_000, 4, 1e-6), 1e-15);
        Assert.Equal(2 * Math.Sqrt(0.5 * (1.0 / 100 + 1.0 / 400) * Math.Log(20)), SampleBound.MarginOf(100, 400, 2, 0.05), 1e-15);
    }

    [Fact]
    public void Of_ClippedSummands_SpanExactlyB()
    {
        double Value(double real, double fake) => SampleBound.Of([real], [fake], 3, 0.1).Value;
        Assert.Equal(3, Value(1e9, 0) - Value(-1e9, 0), 1e-14);
        Assert.Equal(3, Value(0, double.NegativeInfinity) - Value(0, double.PositiveInfinity), 1e-14);
    }

    [Fact]
    public void Of_MemorisedSamples_BreaksTheBoundOnThemAndHoldsOnFreshOnes()
    {
        var (law, random) = (new Gaussian(), new Random(1)); // q = p, so JSD = 0
        int broken = 0, held = 0;
        for (int i = 0; i < 100; i++)
        {
            var (real, fake) = (law.Samples(random, 200), law.Samples(random, 200));
            var known = real.Select(x => (x, L: 3.0)).Concat(fake.Select(x => (x, L: -3.0))).ToArray();
            double Nearest(double x) => known.MinBy(k => Math.Abs(k.x - x)).L;
            SampleBound Bound(double[] r, double[] f) => SampleBound.Of([.. r.Select(Nearest)], [.. f.Select(Nearest)], 3, 0.1);
            broken += Bound(real, fake).JensenShannonAtLeast > 0 ? 1 : 0;
            held += Bound(law.Samples(random, 200), law.Samples(random, 200)).JensenShannonAtLeast == 0 ? 1 : 0;
        }
        Assert.Equal((100, 100), (broken, held));
    }

    [Fact]
    public void Of_NoSamplesNaNOrWrongAlpha_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SampleBound.Of([], [1], 1, 0.1));
        Assert.Throws<ArgumentException>(() => SampleBound.Of([double.NaN], [1], 1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleBound.Of([1], [1], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleBound.Of([1], [1], 0, 0.1));
    }

    [Fact]
    public void RepetitionProbability_Birthdays_AreExact()
    {
        Assert.Equal(0.507297234, StoredSamples.RepetitionProbability(23, 365), 1e-9);
        foreach (var (draws, stored) in new[] { (2, 7), (5, 8), (20, 400), (8, 8) })
        {
            var different = Enumerable.Range(0, draws).Aggregate((Rational)1, (product, i) => product * new Rational(stored - i, stored));
            Assert.Equal((1 - different).Enclose().Midpoint, StoredSamples.RepetitionProbability(draws, stored), 1e-14);
        }
        Assert.Equal((0, 0, 1), (StoredSamples.RepetitionProbability(0, 5), StoredSamples.RepetitionProbability(1, 5),
            StoredSamples.RepetitionProbability(6, 5)));
        Assert.Equal(0.00498256, StoredSamples.RepetitionProbability(1000, 100_000_000), 1e-8); // 1 − exp(−N(N−1)/2M)
    }

    [Theory]
    [InlineData(5, 20)]
    [InlineData(4, 100)]
    public void StoredGenerator_OfACoin_DiffersFromTheCoinByLessThanTheRepetitions(int draws, int stored)
    {
        // K heads among M stored tosses, then N draws of them: the law of the number of heads, exactly, against N tosses.
        var store = Binomial(stored, new Rational(1, 2));
        var (mixed, free) = (new Rational[draws + 1], Binomial(draws, new Rational(1, 2)));
        for (int k = 0; k <= stored; k++)
        {
            var given = Binomial(draws, new Rational(k, stored));
            for (int i = 0; i <= draws; i++)
                mixed[i] += store[k] * given[i];
        }
        var distance = mixed.Zip(free, (a, b) => (a - b).Sign < 0 ? b - a : a - b).Aggregate((Rational)0, (s, t) => s + t) / 2;
        Assert.InRange(distance.Enclose().Midpoint, 1e-3, StoredSamples.RepetitionProbability(draws, stored));
    }

    private static Rational[] Binomial(int n, Rational p)
    {
        Rational[] row = [1];
        for (int i = 0; i < n; i++)
        {
            row = [.. Enumerable.Range(0, row.Length + 1)
                .Select(j => (j < row.Length ? row[j] * (1 - p) : 0) + (j > 0 ? row[j - 1] * p : 0))];
        }
        return row;
    }
}
