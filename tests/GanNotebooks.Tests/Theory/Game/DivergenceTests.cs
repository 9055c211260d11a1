using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class DivergenceTests
{
    private static readonly (Density P, Density Q)[] closed =
    [
        (new Gaussian(), new Gaussian(1, 1)), (new Gaussian(0.5, 2), new Gaussian(-1, 1.7)), (new Gaussian(0, 1), new Gaussian(0.2, 1.3)),
        (new Laplace(), new Laplace(2, 1)), (new Laplace(0, 1.2), new Laplace(1, 0.8)), (new Uniform(0, 1), new Uniform(-1, 3)),
        (new Uniform(0, 2), new Uniform(1, 5)), (new Beta(2, 3), new Beta(3, 2.5)), (new Beta(2, 2), new Beta(1.5, 1)),
    ];

    public static TheoryData<int> Closed => TestPairs.Indices(closed.Length);

    [Theory]
    [MemberData(nameof(Closed))]
    public void EveryDivergence_ClosedForm_IsWithinTheQuadraturesError(int index)
    {
        var (p, q) = closed[index];
        Agrees(ClosedForm.KullbackLeibler(p, q), Divergence.KullbackLeibler(p, q, Quadrature.Default));
        Agrees(ClosedForm.KullbackLeibler(q, p), Divergence.ReverseKullbackLeibler(p, q, Quadrature.Default));
        Agrees(ClosedForm.JensenShannon(p, q), Divergence.JensenShannon(p, q, Quadrature.Default));
        Agrees(ClosedForm.TotalVariation(p, q), Divergence.TotalVariation(p, q, Quadrature.Default));
        Agrees(ClosedForm.SquaredHellinger(p, q), Divergence.SquaredHellinger(p, q, Quadrature.Default));
        Agrees(ClosedForm.ChiSquare(p, q), Divergence.ChiSquare(p, q, Quadrature.Default));
        Agrees(ClosedForm.Wasserstein1(p, q), Divergence.Wasserstein1(p, q, Quadrature.Default));
    }

    [Fact]
    public void EveryDivergence_EqualDensities_IsZero()
    {
        foreach (var p in TestPairs.Families)
        {
            Estimate[] all =
            [
                Divergence.KullbackLeibler(p, p), Divergence.JensenShannon(p, p), Divergence.TotalVariation(p, p),
                Divergence.SquaredHellinger(p, p), Divergence.ChiSquare(p, p), Divergence.Wasserstein1(p, p),
            ];
            Assert.All(all, e => Assert.Equal(0, e.Value));
        }
    }

    [Fact]
    public void EveryDivergence_DisjointSupports_IsItsMaximumOrInfinite()
    {
        (Density, Density, double)[] pairs =
        [
            (new Uniform(0, 1), new Uniform(3, 4), 3), (new Uniform(0, 1), new Triangular(2, 3, 4), 2.5),
            (new Mixture((0.5, new Uniform(0, 1)), (0.5, new Uniform(4, 5))), new Uniform(2, 3), 1.75),
        ];
        foreach (var (p, q, distance) in pairs)
        {
            Assert.Equal(double.PositiveInfinity, Divergence.KullbackLeibler(p, q).Value);
            Assert.Equal(double.PositiveInfinity, Divergence.ReverseKullbackLeibler(p, q).Value);
            Assert.Equal(double.PositiveInfinity, Divergence.ChiSquare(p, q).Value);
            Assert.Equal(Constants.Log2, Divergence.JensenShannon(p, q).Value, 1e-12);
            Assert.Equal(1, Divergence.TotalVariation(p, q).Value, 1e-12);
            Assert.Equal(1, Divergence.SquaredHellinger(p, q).Value, 1e-12);
            Assert.Equal(distance, Divergence.Wasserstein1(p, q).Value, 1e-11);
        }
    }

    [Fact]
    public void KullbackLeibler_WhereItDiverges_IsInfinite()
    {
        double Kl(Density p, Density q) => Divergence.KullbackLeibler(p, q, Quadrature.Default).Value;
        Assert.Equal(double.PositiveInfinity, Kl(new StudentT(2), new Gaussian()));   // E x² diverges
        Assert.Equal(double.PositiveInfinity, Kl(new StudentT(1), new Laplace()));    // E |x| diverges
        Assert.Equal(double.PositiveInfinity, Kl(new Gaussian(), new Uniform(-9, 9)));
        Assert.Equal(double.PositiveInfinity, Kl(new Uniform(0, 2), new Mixture((0.5, new Uniform(0, 0.9)), (0.5, new Uniform(1, 2)))));
        Assert.InRange(Kl(new StudentT(2.5), new Gaussian()), 0.1, 10);
        Assert.InRange(Kl(new StudentT(1.5), new Laplace()), 0.1, 10);
        Assert.InRange(Kl(new Uniform(0, 1), new Beta(2, 2)), 0.2, 0.21);             // −log 6 + 2 = 0.208
    }

    [Fact]
    public void ChiSquare_WhereItDiverges_IsInfinite()
    {
        double Chi(Density p, Density q) => Divergence.ChiSquare(p, q, Quadrature.Default).Value;
        Assert.Equal(double.PositiveInfinity, Chi(new Gaussian(0, Math.Sqrt(2)), new Gaussian(1, 1)));
        Assert.Equal(double.PositiveInfinity, Chi(new Laplace(0, 2), new Laplace(0, 1)));
        Assert.Equal(double.PositiveInfinity, Chi(new StudentT(1), new StudentT(2)));
        Assert.Equal(double.PositiveInfinity, Chi(new Uniform(0, 1), new Beta(2, 2)));
        Assert.Equal(double.PositiveInfinity, Chi(new Laplace(), new Gaussian()));
        Assert.Equal(Math.E - 1, Chi(new Gaussian(1), new Gaussian()), 1e-10);
    }

    [Fact]
    public void Wasserstein1_WithoutMeans_IsInfiniteUnlessAShift()
    {
        Assert.Equal(double.PositiveInfinity, Divergence.Wasserstein1(new StudentT(1), new Gaussian()).Value);
        Assert.Equal(double.PositiveInfinity, Divergence.Wasserstein1(new StudentT(1), new StudentT(1, 0, 2)).Value);
        Assert.Equal(3, Divergence.Wasserstein1(new StudentT(1), new StudentT(1, 3)).Value);
        Assert.Equal(0.5, Divergence.Wasserstein1(new StudentT(3), new StudentT(3, 0.5), Quadrature.Default).Value, 1e-9);
    }

    [Fact]
    public void Inequalities_TwentyPairs_Hold()
    {
        foreach (var (p, q) in TestPairs.Twenty)
        {
            var (kl, js, tv, h) = (Divergence.KullbackLeibler(p, q).Value, Divergence.JensenShannon(p, q).Value,
                Divergence.TotalVariation(p, q).Value, Divergence.SquaredHellinger(p, q).Value);
            Assert.True(tv <= Math.Sqrt(0.5 * kl) + 1e-9, "Pinsker");
            Assert.True(h <= tv + 1e-9 && tv <= Math.Sqrt(h * (2 - h)) + 1e-9, "Le Cam");
            Assert.True(js <= Constants.Log2 * tv + 1e-9 && js >= 0.5 * tv * tv - 1e-9, "Lin 1991");
            Assert.True(kl >= -Math.Log(1 - h) * 2 - 1e-9, "KL >= -2 log(1 - H²)");
            Assert.True(Divergence.ChiSquare(p, q).Value >= Math.Exp(kl) - 1 - 1e-7 || double.IsInfinity(kl), "χ² >= e^KL - 1");
        }
    }

    [Fact]
    public void ParallelPoints_AtDistanceTheta_ReproduceTheWassersteinExample()
    {
        // Arjovsky, Chintala and Bottou 2017, example 1, on the line across the segments: W1 = θ, JSD = log 2, TV = 1, KL = ∞.
        DiscreteDistribution p = new([1], [0]), q = new([1], [0.3]);
        Assert.Equal(0.3, Divergence.Wasserstein1(p, q), 1e-15);
        DiscreteDistribution p2 = new([1, 0], [0, 0.3]), q2 = new([0, 1], [0, 0.3]);
        Assert.Equal(Constants.Log2, Divergence.JensenShannon(p2, q2), 1e-15);
        Assert.Equal(1, Divergence.TotalVariation(p2, q2));
        Assert.Equal(1, Divergence.SquaredHellinger(p2, q2), 1e-15);
        Assert.Equal(double.PositiveInfinity, Divergence.KullbackLeibler(p2, q2));
        Assert.Equal(double.PositiveInfinity, Divergence.ChiSquare(p2, q2));
        Assert.Throws<ArgumentException>(() => Divergence.KullbackLeibler(p, p2));
    }

    [Fact]
    public void InclusiveRing_AgainstUniform_HasTheDivergencesOfTheReferenceSheet()
    {
        // A double weight on one of seven modes: the ring of the authors' notebook of unrolled GANs (Metz et al. 2017).
        DiscreteDistribution even = DiscreteDistribution.Even(7), ring = new([0.25, .. Enumerable.Repeat(0.125, 6)]);
        Printed.Agrees("0.0345", Divergence.KullbackLeibler(even, ring));
        Printed.Agrees("0.0398", Divergence.KullbackLeibler(ring, even));
    }

    private static void Agrees(double? formula, Estimate numeric)
    {
        if (formula is not { } value)
            return;
        Assert.True(numeric.AgreesWith(value, 1) || Math.Abs(numeric.Value - value) <= 2e-14 * Math.Max(1, Math.Abs(value)),
            $"{value:R} against {numeric}");
        Assert.True(double.IsInfinity(value) || numeric.Error <= 2e-12 * Math.Max(1, Math.Abs(value)), $"{numeric}");
    }
}
