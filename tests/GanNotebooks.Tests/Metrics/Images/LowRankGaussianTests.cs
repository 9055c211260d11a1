using GanNotebooks.Metrics;
using GanNotebooks.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class LowRankGaussianTests
{
    private static Tensor Points(int count, params double[] scales) =>
        randn([count, scales.Length], float64, CPU, generator: new Generator(7)) * tensor(scales) + 1;

    [Fact]
    public void LogDensity_OneDimensionRankZero_IsTheGaussianOfTheMoments()
    {
        var x = Points(500, 3);
        using var model = LowRankGaussian.Fit(x, 0);
        var (mean, variance) = (x.mean().item<double>(), (x - x.mean()).square().mean().item<double>());
        var expected = new Gaussian(mean, Math.Sqrt(variance));
        Assert.Equal(variance, model.NoiseVariance, 1e-10);
        Assert.All(model.LogDensity(tensor(new[] { -4.0, 0, 9 }, [3, 1])).Zip([-4.0, 0, 9]),
            pair => Assert.Equal(expected.LogPdf(pair.Second), pair.First, 1e-10));
    }

    [Fact]
    public void LogDensity_FullCovariance_EqualsTorchsMultivariateNormal()
    {
        var x = Points(400, 5, 3, 1, 1).matmul(linalg.qr(randn([4, 4], float64, CPU, generator: new Generator(3))).Item1);
        using var model = LowRankGaussian.Fit(x, 3);
        var centred = x - x.mean([0]);
        var covariance = centred.t().matmul(centred) / 400;
        var expected = distributions.MultivariateNormal(x.mean([0]), covariance).log_prob(x); // rank d − 1: nothing is approximated
        Assert.All(model.LogDensity(x).Zip(expected.data<double>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-8));
    }

    [Fact]
    public void Fit_TwoWideDirections_FindsTheirVariancesAndAveragesTheRest()
    {
        var x = Points(300, 9, 4, 1, 2, 1);
        using var model = LowRankGaussian.Fit(x, 2);
        var centred = x - x.mean([0]);
        double[] values = linalg.eigvalsh(centred.t().matmul(centred) / 300).data<double>().ToArray();
        Assert.Equal(values[4], model.Variances[0], 1e-9);
        Assert.Equal(values[3], model.Variances[1], 1e-9);
        Assert.Equal(values[..3].Average(), model.NoiseVariance, 1e-9);
    }

    [Fact]
    public void LogDensity_MeanOfTrainingData_IsMinusHalfDMinusVolume()
    {
        var x = Points(300, 9, 4, 1, 2, 1); // E[(x − μ)ᵀ C⁻¹ (x − μ)] = d exactly, for a maximum-likelihood fit
        using var model = LowRankGaussian.Fit(x, 2);
        Assert.Equal(model.LogDensity(model.Mean.view(1, -1))[0] - 2.5, model.LogDensity(x).Average(), 1e-10);
    }

    [Fact]
    public void Sample_ManySamples_HaveTheModelsCovariance()
    {
        using var model = LowRankGaussian.Fit(Points(300, 9, 4, 1, 2, 1), 2);
        var samples = model.Sample(20_000, new Generator(5));
        Assert.Equal([20_000L, 5], samples.shape);
        var again = LowRankGaussian.Fit(samples, 2);
        Assert.Equal(1, again.Variances[0] / model.Variances[0], 0.04); // standard error √(2/20,000) = 0.01
        Assert.Equal(1, again.Variances[1] / model.Variances[1], 0.04);
        Assert.Equal(1, again.NoiseVariance / model.NoiseVariance, 0.03);
        double gap = model.LogDensity(model.Mean.view(1, -1))[0] - model.LogDensity(samples).Average();
        Assert.Equal(2.5, gap, 0.045); // ½ χ² with 5 degrees of freedom: standard error √2.5/√20,000 = 0.011
    }

    [Fact]
    public void Sample_SameSeed_IsTheSame()
    {
        using var model = LowRankGaussian.Fit(Points(50, 2, 1), 1);
        Assert.True(model.Sample(3, new Generator(1)).Equals(model.Sample(3, new Generator(1))));
    }

    [Fact]
    public void LogDensity_UnitsHalved_GainsDTimesLogTwo()
    {
        var x = Points(200, 3, 2, 1);
        using var model = LowRankGaussian.Fit(x, 1);
        using var halved = LowRankGaussian.Fit(x / 2, 1);
        Assert.Equal(model.LogDensity(x)[0] + 3 * Math.Log(2), halved.LogDensity(x / 2)[0], 1e-10);
    }

    [Fact]
    public void Fit_PointsWithoutNoise_IsRefused()
    {
        var flat = Points(20, 1, 1) * tensor(new double[] { 1, 0 });
        Assert.Throws<ArgumentException>(() => LowRankGaussian.Fit(flat, 1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Fit_RankOutOfRange_IsRefused(int rank) =>
        Assert.Throws<ArgumentException>(() => LowRankGaussian.Fit(Points(9, 1, 1, 1), rank));

    [Fact]
    public void LogDensity_OtherDimension_IsRefused()
    {
        using var model = LowRankGaussian.Fit(Points(50, 2, 1), 1);
        Assert.Throws<ArgumentException>(() => model.LogDensity(zeros(3, 3)));
    }
}
