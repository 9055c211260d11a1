using GanNotebooks.Metrics;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class KernelDistanceTests
{
    private static double DoubleLoop(FeatureSet first, FeatureSet second)
    {
        double[][] x = Rows(first), y = Rows(second);
        double K(double[] a, double[] b) => Math.Pow(a.Zip(b, (u, v) => u * v).Sum() / a.Length + 1, 3);
        double Within(double[][] s) => s.SelectMany((a, i) => s.Where((_, j) => j != i).Select(b => K(a, b))).Average();
        return Within(x) + Within(y) - 2 * x.SelectMany(a => y.Select(b => K(a, b))).Average();
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(67, 53)]
    public void Between_SmallSamples_EqualsTheDoubleLoop(int n, int m)
    {
        using var a = Normal(n, 1, 0.5, 1, 2, 3);
        using var b = Normal(m, 2, 0, 2, 1, 1);
        Assert.Equal(1, KernelDistance.Between(a, b).Value / DoubleLoop(a, b), 1e-10);
    }

    [Fact]
    public void Between_SameDistribution_IsUnbiased()
    {
        var values = Enumerable.Range(0, 200).Select(seed =>
        {
            using var a = Normal(40, 2 * seed, 0, Ones(5));
            using var b = Normal(40, 2 * seed + 1, 0, Ones(5));
            return KernelDistance.Between(a, b).Value.Value;
        }).ToList();
        var mean = MeanWithError.Mean(values);
        Assert.InRange(mean.Value, -4 * mean.StandardError, 4 * mean.StandardError);
        // a biased estimate would never be negative; the law is skewed, so not exactly half
        Assert.InRange(values.Count(v => v < 0), 80, 150);
    }

    [Fact]
    public void Between_ShiftedOnTheLine_HasTheExpectationOfTheMoments()
    {
        // d = 1: k = 1 + 3xy + 3x²y² + x³y³, so MMD² = 3 Δ₁² + 3 Δ₂² + Δ₃² with Δᵢ the difference of the i-th moments; N(0, 1) against N(½,
        // 1).
        double truth = 3 * 0.25 + 3 * 0.0625 + Math.Pow(0.125 + 1.5, 2);
        var values = Enumerable.Range(0, 200).Select(seed =>
        {
            using var a = Normal(200, 2 * seed, 0, 1);
            using var b = Normal(200, 2 * seed + 1, 0.5, 1);
            return KernelDistance.Between(a, b).Value;
        }).ToList();
        var mean = MeanWithError.Mean([.. values.Select(v => v.Value)]);
        Assert.Equal(truth, mean.Value, 4 * mean.StandardError);
        double spread = mean.StandardError * Math.Sqrt(values.Count);
        // jackknife against the spread; known to 5 %, and a heavy-tailed law
        Assert.Equal(1, values.Average(v => v.StandardError) / spread, 0.25);
    }

    [Fact]
    public void Between_OneFarPoint_IsNotItsOwnNeighbour()
    {
        var rows = randn([40, 2], float64, CPU, generator: new Generator(1));
        rows[0] = tensor(new double[] { 1e3, 0 }); // its k(x, x) would add 1e17/1600
        using var a = Set(rows);
        using var b = Normal(40, 2, 0, 1, 1);
        Assert.Equal(1, KernelDistance.Between(a, b).Value / DoubleLoop(a, b), 1e-6);
    }

    [Fact]
    public void Between_TooFewPoints_IsRefused()
    {
        using var a = Normal(39, 1, 0, 1);
        Assert.Throws<ArgumentException>(() => KernelDistance.Between(a, a));
    }
}
