using GanNotebooks.Metrics;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class FrechetDistanceTests
{
    private static Tensor Diagonal(params double[] values) => diag(tensor(values));

    [Fact]
    public void Between_OneDimension_IsTheFormulaOfMeansAndDeviations()
    {
        using var a = Normal(50, 1, 0, 1);
        using var b = Normal(70, 2, 3, 2);
        double mean = (a.Rows.mean() - b.Rows.mean()).item<double>(), deviation = (a.Rows.std() - b.Rows.std()).item<double>();
        Assert.Equal(mean * mean + deviation * deviation, FrechetDistance.Between(a, b).Value, 1e-12);
    }

    [Fact]
    public void BetweenGaussians_CommutingCovariances_IsTheSumOverAxes() => Assert.Equal(
        9 + 1 + 4, FrechetDistance.BetweenGaussians(tensor(new double[] { 0, 3 }), Diagonal(4, 9), tensor(new double[] { 0, 0 }),
            Diagonal(1, 25)), 1e-12);

    [Fact]
    public void BetweenGaussians_RotatedPlane_IsTheDeterminantFormula()
    {
        // For 2 × 2 matrices tr √M = √(tr M + 2 √det M), and M = Σ₁ Σ₂ has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½.
        var (s1, s2) = (tensor(new double[] { 2, 0.7, 0.7, 1 }, [2, 2]), tensor(new double[] { 1, -0.5, -0.5, 3 }, [2, 2]));
        double trace = s1.matmul(s2).trace().item<double>(), determinant = (2 - 0.49) * (3 - 0.25);
        var none = zeros(2, float64);
        Assert.Equal(3 + 4 - 2 * Math.Sqrt(trace + 2 * Math.Sqrt(determinant)),
            FrechetDistance.BetweenGaussians(none, s1, none, s2), 1e-12);
    }

    [Fact]
    public void BetweenGaussians_RankOneCovariances_IsTheProjectionFormula()
    {
        // Σ = v vᵀ and w wᵀ: tr (Σ₁^½ Σ₂ Σ₁^½)^½ = |v·w|.
        var (v, w) = (tensor(new double[] { 1, 2, 0 }), tensor(new double[] { -1, 1, 5 }));
        var none = zeros(3, float64);
        Assert.Equal(5 + 27 - 2 * 1, FrechetDistance.BetweenGaussians(none, outer(v, v), none, outer(w, w)), 1e-12);
    }

    [Fact]
    public void Between_FewerSamplesThanDimensions_IsFiniteAndSymmetricAndZeroWithItself()
    {
        using var a = Normal(8, 1, 0, Ones(20));
        using var b = Normal(9, 2, 0.5, Ones(20));
        double there = FrechetDistance.Between(a, b).Value, back = FrechetDistance.Between(b, a).Value;
        Assert.True(there > 0);
        Assert.Equal(there, back, 1e-10);
        Assert.Equal(0, FrechetDistance.Between(a, a).Value, 1e-10);
    }

    [Fact]
    public void Between_ConstantFeature_AddsOnlyItsMean()
    {
        using var a = Set(tensor(new double[] { 1, 7, 2, 7, 4, 7 }, [3, 2]));
        using var b = Set(tensor(new double[] { 1, 5, 2, 5, 4, 5 }, [3, 2]));
        var distance = FrechetDistance.Between(a, b);
        Assert.Equal(4, distance.MeanTerm, 1e-12);
        Assert.Equal(0, distance.CovarianceTerm, 1e-12);
        Assert.True(double.IsFinite(distance.Value.StandardError));
    }

    [Fact]
    public void Between_Translation_AddsItsSquare()
    {
        using var a = Normal(40, 1, 0, 1, 2, 3);
        using var moved = Set(a.Rows + tensor(new double[] { 1, -2, 0 }));
        Assert.Equal(5, FrechetDistance.Between(a, moved).Value, 1e-10);
    }

    [Fact]
    public void Between_RotationAndOrder_ChangeNothing()
    {
        using var a = Normal(60, 1, 0, 1, 2, 3);
        using var b = Normal(50, 2, 1, 2, 1, 1);
        var q = linalg.qr(randn([3, 3], float64, CPU, generator: new Generator(3))).Item1;
        using var a2 = Set(a.Rows.flip(0).matmul(q));
        using var b2 = Set(b.Rows.matmul(q));
        Assert.Equal(FrechetDistance.Between(a, b).Value, FrechetDistance.Between(a2, b2).Value, 1e-10);
    }

    [Fact]
    public void StandardError_DeltaMethod_AgreesWithTheSpreadOverSeeds()
    {
        var runs = Enumerable.Range(0, 200).Select(seed =>
        {
            using var a = Normal(400, 2 * seed, 0, 1, 2, 0.5);
            using var b = Normal(300, 2 * seed + 1, 0.7, 1.5, 1, 1);
            return FrechetDistance.Between(a, b).Value;
        }).ToList();
        double spread = Math.Sqrt(runs.Average(r => r.Value * r.Value) - Math.Pow(runs.Average(r => r.Value), 2));
        // the spread of 200 runs is known to 5 %: four of its standard errors
        Assert.Equal(1, runs.Average(r => r.StandardError) / spread, 0.2);
    }

    [Fact]
    public void Between_SameDistribution_ShrinksLikeOneOverN()
    {
        double Mean(int n) => Enumerable.Range(0, 30).Average(seed =>
        {
            using var a = Normal(n, 2 * seed, 0, Ones(8));
            using var b = Normal(n, 2 * seed + 1, 0, Ones(8));
            return FrechetDistance.Between(a, b).Value.Value;
        });
        Assert.Equal(4, Mean(200) / Mean(800), 0.6); // bias c/N; three standard errors of the ratio of two means of 30
    }

    [Fact]
    public void Curve_KnownGaussians_LimitHoldsTheTruthForMostSeeds()
    {
        double truth = 10 * 0.25 + 10 * Math.Pow(1.3 - 1, 2); // ten axes: means 0.5 apart, deviations 1 and 1.3
        int hits = Enumerable.Range(0, 20).Count(seed =>
        {
            using var a = Normal(2000, 2 * seed, 0, Ones(10));
            using var b = Set(Normal(2000, 2 * seed + 1, 0, Ones(10)).Rows * 1.3 + 0.5);
            var curve = FrechetCurve.Of(a, b, [250, 500, 1000, 2000], seed);
            return Math.Abs(curve.Limit.Value - truth) < 2 * curve.Limit.StandardError;
        });
        Assert.True(hits >= 16, $"{hits} of 20 within two standard errors; 95 % expected, fewer than 16 with a probability below 0.3 %");
    }

    [Fact]
    public void Curve_SameDistribution_PointsFallAndTheLimitIsNearZero()
    {
        using var a = Normal(4000, 5, 0, Ones(10));
        using var b = Normal(4000, 6, 0, Ones(10));
        var curve = FrechetCurve.Of(a, b, [4000, 2000, 1000, 500]);
        Assert.Equal([500, 1000, 2000, 4000], curve.Points.Select(p => p.Count));
        Assert.Equal(curve.Points.OrderByDescending(p => p.Distance), curve.Points);
        // what is left of the bias at N = 4000
        Assert.InRange(curve.Limit.Value, -0.25 * curve.Points[^1].Distance, 0.25 * curve.Points[^1].Distance);
        Assert.True(curve.Bias > 0);
    }

    [Fact]
    public void Curve_TwoCounts_AreRefused()
    {
        using var a = Normal(40, 5, 0, 1);
        Assert.Throws<ArgumentException>(() => FrechetCurve.Of(a, a, [20, 40]));
        Assert.Throws<ArgumentException>(() => FrechetCurve.Of(a, a, [10, 20, 41]));
    }

    [Fact]
    public void Between_DifferentSpaces_IsRefused()
    {
        using var a = Normal(10, 1, 0, 1, 1);
        using var b = Set(a.Rows, "other points");
        Assert.Contains("other points", Assert.Throws<ArgumentException>(() => FrechetDistance.Between(a, b)).Message,
            StringComparison.Ordinal);
    }
}
