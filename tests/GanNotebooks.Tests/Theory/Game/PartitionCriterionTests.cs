using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>C as a supremum over partitions: rises under refinement, never above C, tends to C, exact for fractions.</summary>
public sealed class PartitionCriterionTests
{
    private static readonly Gaussian zero = new(), one = new(1);

    [Theory]
    [InlineData(2, -1.2359)]
    [InlineData(8, -1.1827)]
    [InlineData(32, -1.16476)]
    public void Of_TwoBells_IsNearTheTruthAndBelowIt(int cells, double audited)
    {
        // Cells by the logistic ladder; the audit's partition was another, so only the order of size and the side are compared.
        double value = PartitionCriterion.Of(zero.Cdf, one.Cdf, Ladder(cells));
        Assert.InRange(value, audited - 0.02, -1.1634513967508232);
    }

    [Fact]
    public void Of_RefinedTwentyTimes_RisesToTheTruthWithTheSquareOfTheWidth()
    {
        const double Truth = -1.16345139675045;
        double[] gaps = [.. Enumerable.Range(4, 7).Select(k => Truth - PartitionCriterion.Of(zero.Cdf, one.Cdf, Ladder(1 << k)))];
        Assert.All(gaps, gap => Assert.True(gap > 0));
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.InRange(pair.First / pair.Second, 3.5, 4.5)); // width halved, error quartered
    }

    [Fact]
    public void Of_RandomRefinements_NeverFallsAndNeverPassesTheCriterion()
    {
        var random = new Random(5);
        (Density P, Density Q)[] pairs = [(zero, one), (new Laplace(0, 1), new Gaussian(0.5, 2)), (new StudentT(1), zero),
            (new Uniform(0, 1), new Triangular(0, 0.5, 2)), (new Mixture((0.5, zero), (0.5, new Gaussian(4, 0.1))), one)];
        foreach (var (p, q) in pairs)
        {
            double criterion = new VirtualCriterion(p, q).Certified().Hi, before = -Constants.Log4;
            List<double> edges = [];
            for (int i = 0; i < 60; i++)
            {
                edges.Add(8 * random.NextDouble() - 4);
                double now = PartitionCriterion.Of(p.Cdf, q.Cdf, [.. edges.Order()]);
                Assert.InRange(now, before - 1e-14, criterion + 1e-14);
                before = now;
            }
        }
    }

    [Fact]
    public void Of_OneCell_IsMinusLogFour_AndLawsApart_AreZero()
    {
        Assert.Equal(-Constants.Log4, PartitionCriterion.Of(zero.Cdf, one.Cdf, []), 1e-15);
        Assert.Equal(0, PartitionCriterion.Of(new Uniform(0, 1).Cdf, new Uniform(2, 3).Cdf, [1.5]), 1e-15);
    }

    [Fact]
    public void Of_AtomsAgainstAUniformLaw_TendsToZeroThoughNeitherSideHasAGap()
    {
        double stored(double x) => Math.Floor(50 * Math.Clamp(x, 0, 1) + 0.5) / 50; // atoms at the middles of fifty cells
        double[] values = [.. new[] { 10, 100, 1000, 10_000, 100_000 }.Select(n =>
            PartitionCriterion.Of(new Uniform(0, 1).Cdf, stored, [.. Enumerable.Range(1, n - 1).Select(i => (double)i / n)]))];
        Assert.Equal(-Constants.Log4, values[0], 1e-12);
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.InRange(values[^1], -0.01, 0);
    }

    [Fact]
    public void CertifiedLowerBound_ManyPairs_LiesBelowTheCertificateAndWithinTheGapOfThePartition()
    {
        (Density P, Density Q)[] pairs = [(zero, one), (new Laplace(0, 1), zero), (new StudentT(3), zero),
            (new Triangular(0, 1, 2), new Uniform(1, 3)), (new Mixture((0.3, zero), (0.7, new Laplace(1, 2))), one)];
        foreach (var (p, q) in pairs)
        {
            double bound = PartitionCriterion.CertifiedLowerBound(p, q, Ladder(256));
            double rounded = PartitionCriterion.Of(p.Cdf, q.Cdf, Ladder(256));
            var truth = new VirtualCriterion(p, q).Certified();
            Assert.True(bound <= truth.Hi, $"{p}, {q}: {bound} > {truth}");
            Assert.InRange(rounded - bound, -1e-12, 1e-9);
            Assert.InRange(truth.Lo - bound, 0, 5e-3); // what 256 cells miss, most of it for the pair with heavy tails
        }
    }

    [Fact]
    public void Coarsen_RandomFractions_LowersTheCriterionExactly()
    {
        var random = new Random(11);
        for (int i = 0; i < 200; i++)
        {
            RationalDistribution p = Draw(random), q = Draw(random);
            int[] cells = [.. Enumerable.Range(0, 6).Select(_ => random.Next(3))];
            var coarse = RationalDistribution.Criterion(p.Coarsen(cells), q.Coarsen(cells));
            var gap = RationalDistribution.Criterion(p, q).Plus(coarse.Negate());
            Assert.True(gap.OverPrimes().IsZero || gap.Enclose().Lo > 0, $"{p}, {q}: {gap}");
        }
    }

    [Fact]
    public void Mutants_OfTheCellsTerm_AreEachCaught()
    {
        // A lost factor, swapped arguments, D's own answers exchanged, log₂, a lost second term: none is subadditive and tends to C.
        Func<double, double, double>[] mutants = [(a, b) => Term(a, a + b) + 2 * Term(b, a + b),
            (a, b) => Term(a, 2 * (a + b)) + Term(b, a + b), (a, b) => -Term(a, a + b) - Term(b, a + b),
            (a, b) => (Term(a, a + b) + Term(b, a + b)) / Math.Log(2), (a, b) => Term(a, a + b),
            (a, b) => Term(a, b) + Term(b, a)];
        Assert.True(Holds((a, b) => Term(a, a + b) + Term(b, a + b)));
        Assert.All(mutants, mutant => Assert.False(Holds(mutant)));

        static double Term(double a, double b) => a == 0 ? 0 : a * Math.Log(a / b);
        static bool Holds(Func<double, double, double> g)
        {
            double[] edges = [double.NegativeInfinity, .. Ladder(256), double.PositiveInfinity];
            double sum = edges.Zip(edges.Skip(1), (a, b) => g(zero.Cdf(b) - zero.Cdf(a), one.Cdf(b) - one.Cdf(a))).Sum();
            return Math.Abs(sum - PartitionCriterion.Of(zero.Cdf, one.Cdf, Ladder(256))) < 1e-12;
        }
    }

    [Fact]
    public void Of_WrongArguments_AreNamed()
    {
        Assert.Contains("edges[1]", Assert.Throws<ArgumentException>(() => PartitionCriterion.Of(zero.Cdf, one.Cdf, [1, 1])).Message,
            StringComparison.Ordinal);
        Assert.Contains("q must rise", Assert.Throws<ArgumentException>(() => PartitionCriterion.Of(zero.Cdf, one.Survival, [0, 1])
            ).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RationalDistribution.Covering(3, 2).Coarsen(0, 1));
    }

    // n cells whose edges are 2 logit(i/n) + 1/2, so that twice as many cells refine them.
    private static double[] Ladder(int cells) =>
        [.. Enumerable.Range(1, cells - 1).Select(i => 0.5 + 2 * Math.Log((double)i / (cells - i)))];

    private static RationalDistribution Draw(Random random)
    {
        int[] weights = [.. Enumerable.Range(0, 6).Select(_ => random.Next(10))];
        return weights.Sum() == 0 ? Draw(random) : RationalDistribution.FromWeights(weights);
    }
}
