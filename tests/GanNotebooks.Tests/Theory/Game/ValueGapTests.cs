using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class ValueGapTests
{
    private static readonly Gaussian p = new(), q = new(1);

    [Fact]
    public void Of_RandomDiscriminators_IsTheDifferenceOfValuesBetweenItsBounds()
    {
        var (gap, value, best) = (new ValueGap(p, q), new ValueFunction(p, q), new VirtualCriterion(p, q).ByQuadrature().Value);
        var optimal = new OptimalDiscriminator(p, q);
        var random = new Random(1);
        for (int i = 0; i < 50; i++)
        {
            var logit = RandomLogit(random, optimal);
            double price = gap.Of(logit).Value;
            Assert.Equal(best - value.OfLogit(logit).Value, price, 1e-10);
            Assert.InRange(price, gap.FromBelow(logit).Value, gap.FromAbove(logit).Value);
            double distance = optimal.Distance(x => LogSpace.Sigmoid(logit(x)), Quadrature.Default with { AbsoluteTolerance = 1e-8 }).Value;
            Assert.True(distance <= ValueGap.LargestDistance(price));
        }
    }

    [Fact]
    public void Of_ConstantOneHalf_IsTwiceTheJensenShannonDivergence() => Assert.Equal(
        2 * Divergence.JensenShannon(p, q, Quadrature.Default).Value, new ValueGap(p, q).Of(_ => 0).Value, 1e-11);

    [Fact]
    public void Bounds_SmallErrors_MeetFromBelowOnlyWhereDStarIsOneHalf()
    {
        var (near, far) = (new ValueGap(p, new Gaussian(0.01)), new ValueGap(p, new Gaussian(3)));
        Assert.Equal(1, near.FromBelow(_ => 0.1).Value / near.Of(_ => 0.1).Value, 0.01);
        // kl is half of χ² for small errors, and 2 (D − D*)² / kl → 4 D*(1 − D*)
        Assert.Equal(2, near.FromAbove(_ => 0.01).Value / near.Of(_ => 0.01).Value, 0.02);
        // the mean of 4 D*(1 − D*), weighted with pq/(p + q): 0.62741 by a midpoint sum of 20,000 terms
        Assert.Equal(0.62741, far.FromBelow(x => far.LogitAt(x) + 0.01).Value / far.Of(x => far.LogitAt(x) + 0.01).Value, 1e-4);
    }

    [Theory]
    [InlineData(0.01, 0.198986)]
    [InlineData(0.1, 0.198941)]
    public void LogitError_ConstantForBells_CostsTheCoefficientTimesItsSquare(double epsilon, double perSquare)
    {
        var gap = new ValueGap(p, q);
        Assert.Equal(0.1989864336, gap.LogitCoefficient(_ => 1).Value, 1e-10);
        Assert.Equal(perSquare, gap.Of(x => gap.LogitAt(x) + epsilon).Value / (epsilon * epsilon), 5e-7);
    }

    [Fact]
    public void LogitError_Halved_FallsByFourAndTheRestByEightOrSixteen()
    {
        double Rest(ValueGap gap, double e) =>
            gap.Of(x => gap.LogitAt(x) + e, Quadrature.Default with { AbsoluteTolerance = 1e-15 }).Value
                - e * e * gap.LogitCoefficient(_ => 1).Value;
        var (equal, unequal) = (new ValueGap(p, q), new ValueGap(p, new Gaussian(0, 2)));
        Assert.Equal(16, Rest(equal, 0.2) / Rest(equal, 0.1), 0.3); // third order vanishes: D* and 1 − D* are mirror images
        Assert.Equal(8, Rest(unequal, 0.06) / Rest(unequal, 0.03), 0.3); // it does not here
    }

    [Fact]
    public void BinaryKullbackLeibler_KnownNumbers_AreMet()
    {
        Assert.Equal(0, ValueGap.BinaryKullbackLeibler(1.7, 1.7));
        // a = ½, b = ¼: ½ log 2 + ½ log ⅔
        Assert.Equal(0.5 * Math.Log(4.0 / 3), ValueGap.BinaryKullbackLeibler(0, -Math.Log(3)), 1e-15);
        Assert.Equal(100 - Math.Log(2), ValueGap.BinaryKullbackLeibler(0, 200), 1e-12);
        Assert.Equal(200, ValueGap.BinaryKullbackLeibler(-1000, 200), 1e-12);
    }

    [Fact]
    public void Chosen_AgainstImperfectDiscriminators_IsWithinTheWorstGapOfTheBest()
    {
        // q = N(t, 1.5²), D_t with logit errors up to ½: t̂ minimises V(D_t), and C(t̂) ≤ min C + max gap.
        double[] shifts = [.. Enumerable.Range(-10, 21).Select(i => 0.1 * i)];
        var family = shifts.Select(t => new Gaussian(t, 1.5))
            .Select(g => (Gap: new ValueGap(p, g), C: new VirtualCriterion(p, g).ByQuadrature().Value)).ToArray();
        var random = new Random(1);
        double most = 0;
        for (int i = 0; i < 20; i++)
        {
            double[] gaps = [.. family.Select(f => (E: random.NextDouble() - 0.5, f.Gap))
                .Select(f => f.Gap.Of(x => f.Gap.LogitAt(x) + f.E).Value)];
            int chosen = Enumerable.Range(0, shifts.Length).MinBy(j => family[j].C - gaps[j]);
            double loss = family[chosen].C - family.Min(f => f.C);
            Assert.InRange(loss, 0, gaps.Max());
            most = Math.Max(most, loss / gaps.Max());
        }
        Assert.InRange(most, 0.1, 1); // the bound is no empty one
    }

    [Fact]
    public void LargestDistance_NegativeGap_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueGap.LargestDistance(-1e-9));

    private static Func<double, double> RandomLogit(Random random, OptimalDiscriminator optimal)
    {
        var waves = Enumerable.Range(1, 4).Select(k => (K: k, W: 4 * random.NextDouble() - 2, F: 6.28 * random.NextDouble())).ToArray();
        return x => optimal.Logit(x) + waves.Sum(w => w.W * Math.Sin(w.K * x + w.F));
    }
}
