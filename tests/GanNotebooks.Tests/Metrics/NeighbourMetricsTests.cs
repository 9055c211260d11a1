using GanNotebooks.Metrics;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>Precision and recall, density and coverage.</summary>
public sealed class NeighbourMetricsTests
{
    private static double[] Radii(double[][] points, int k) =>
        [.. points.Select((p, i) => points.Where((_, j) => j != i).Select(q => Squared(p, q)).Order().ElementAt(k - 1))];

    private static double ShareInside(double[][] balls, double[] radii, double[][] others) =>
        others.Average(x => balls.Where((c, i) => Squared(c, x) < radii[i]).Any() ? 1.0 : 0);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Metrics_SmallClouds_EqualTheDoubleLoop(int k)
    {
        using var real = Normal(1203, 1, 0, 1, 1, 1); // more than one block
        using var fake = Normal(1101, 2, 0.3, 0.8, 1, 1.2);
        double[][] x = Rows(real), y = Rows(fake);
        double[] realRadii = Radii(x, k), fakeRadii = Radii(y, k);
        var pr = PrecisionRecall.Of(real, fake, k);
        Assert.Equal(ShareInside(x, realRadii, y), pr.Precision, 1e-12);
        Assert.Equal(ShareInside(y, fakeRadii, x), pr.Recall, 1e-12);
        var dc = DensityCoverage.Of(real, fake, k);
        Assert.Equal(y.Average(f => x.Where((c, i) => Squared(c, f) < realRadii[i]).Count()) / k, dc.Density, 1e-12);
        Assert.Equal(x.Select((c, i) => y.Any(f => Squared(c, f) < realRadii[i]) ? 1.0 : 0).Average(), dc.Coverage, 1e-12);
    }

    [Fact]
    public void Metrics_CopiesOfTheRealPoints_AreAllOne()
    {
        using var real = Normal(200, 1, 0, Ones(4));
        var pr = PrecisionRecall.Of(real, real);
        Assert.Equal((1.0, 1.0), (pr.Precision.Value, pr.Recall.Value));
        Assert.Equal(1, DensityCoverage.Of(real, real).Coverage.Value);
    }

    [Fact]
    public void Metrics_FarCloud_AreAllZero()
    {
        using var real = Normal(200, 1, 0, Ones(4));
        using var far = Normal(200, 2, 100, Ones(4));
        var (pr, dc) = (PrecisionRecall.Of(real, far), DensityCoverage.Of(real, far));
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (pr.Precision.Value, pr.Recall.Value, dc.Density.Value, dc.Coverage.Value));
    }

    [Fact]
    public void PrecisionRecall_OnePointOfTheData_IsPreciseWithoutRecall()
    {
        using var real = Normal(400, 1, 0, Ones(2));
        using var collapsed = Set(real.Rows.narrow(0, 0, 1) + randn([400, 2], float64, CPU, generator: new Generator(2)) * 1e-4);
        var pr = PrecisionRecall.Of(real, collapsed);
        Assert.Equal(1, pr.Precision, 1e-12);
        Assert.InRange(pr.Recall.Value, 0, 0.01);
    }

    [Fact]
    public void Recall_OneGeneratedOutlierCluster_IsBoughtButCoverageIsNot()
    {
        // A dozen samples that are far from everything and from each other have balls that reach over all real points.
        using var real = Normal(300, 1, 0, 1, 1);
        using var wide = Normal(12, 3, 0, 100, 100);
        using var fake = Set(cat([real.Rows.narrow(0, 0, 2).repeat(100, 1), wide.Rows]));
        Assert.InRange(PrecisionRecall.Of(real, fake).Recall.Value, 0.9, 1);
        Assert.InRange(DensityCoverage.Of(real, fake).Coverage.Value, 0, 0.1);
    }

    [Fact]
    public void Coverage_SameDistribution_IsTheFormula()
    {
        var coverages = Enumerable.Range(0, 20).Select(seed =>
        {
            using var real = Normal(500, 2 * seed, 0, 1, 1);
            using var fake = Normal(500, 2 * seed + 1, 0, 1, 1);
            return DensityCoverage.Of(real, fake);
        }).ToList();
        Assert.Equal(1 - Math.Pow(0.5, 5), coverages[0].ExpectedCoverage, 1e-3);
        var mean = MeanWithError.Mean([.. coverages.Select(c => c.Coverage.Value)]);
        Assert.Equal(coverages[0].ExpectedCoverage, mean.Value, 4 * mean.StandardError);
        var density = MeanWithError.Mean([.. coverages.Select(c => c.Density.Value)]);
        Assert.Equal(1, density.Value, 4 * density.StandardError);
    }

    [Fact]
    public void Metrics_MorePointsThanNeighbours_AreRequired()
    {
        using var few = Normal(3, 1, 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => PrecisionRecall.Of(few, few));
        Assert.Throws<ArgumentOutOfRangeException>(() => DensityCoverage.Of(few, few, 0));
    }

    /// <summary>
    /// The four numbers in the README of clovaai/prdc, for 10,000 against 10,000 points of N(0, I) in 1,000 dimensions. Both clouds are
    /// alike, so precision and recall should be 1 and are not. All four go with nearest_k = 5: with k = 3 precision is 0.40 and recall
    /// 0.38, and coverage would be 0.88. Margins: four standard deviations over three pairs of clouds, which gave precision 0.488, 0.486,
    /// 0.483, recall 0.465, 0.475, 0.469 (the same law, by symmetry), density 1.076, 1.044, 1.026, coverage 0.977, 0.975, 0.970.
    /// </summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Metrics_IdenticalGaussiansIn1000Dimensions_AreTheNumbersOfTheirAuthors()
    {
        using var real = Set(randn([10_000, 1000], float32, CPU, generator: new Generator(1)));
        using var fake = Set(randn([10_000, 1000], float32, CPU, generator: new Generator(2)));
        var (pr, dc) = (PrecisionRecall.Of(real, fake, 5), DensityCoverage.Of(real, fake, 5));
        Assert.Equal(0.4772, pr.Precision, 0.04);
        Assert.Equal(0.4705, pr.Recall, 0.04);
        Assert.Equal(1.0555, dc.Density, 0.1);
        Assert.Equal(0.9735, dc.Coverage, 0.015);
    }
}
