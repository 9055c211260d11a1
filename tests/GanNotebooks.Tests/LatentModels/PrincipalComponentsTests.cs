using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

public sealed class PrincipalComponentsTests
{
    private static readonly Lazy<PrincipalComponents> Digits = new(() =>
    {
        using var pixels = PixelBatches.All(Mnist.Train());
        return PrincipalComponents.Of(pixels);
    });

    private static readonly Lazy<(Tensor Train, Tensor Test)> Pixels =
        new(() => (PixelBatches.All(Mnist.Train()), PixelBatches.All(Mnist.Test())));

    // The table of the project's reference sheet, computed there independently in float32, which is good to about 1e-3 relative.
    [Theory]
    [InlineData(2, 0.056096, 12.4, 14.4, 0.055669)]
    [InlineData(10, 0.034867, 182.2, 186.0, 0.034074)]
    [InlineData(20, 0.024597, 299.8, 306.5, 0.023538)]
    [InlineData(50, 0.012596, 507.9, 517.6, 0.011485)]
    [InlineData(100, 0.006581, 680.9, 689.3, 0.005616)]
    [InlineData(200, 0.003029, 839.5, 844.7, 0.002233)]
    public void Fit_Digits_HasTheTabulatedNoiseLikelihoodsAndErrors(int components, double noise, double train, double test, double error)
    {
        var principal = Digits.Value;
        using var model = principal.Fit(components);
        Assert.Equal(noise, model.NoiseVariance, 1e-3 * noise);
        Assert.Equal(train, principal.LogLikelihood(components), 0.2);
        Assert.Equal(test, model.LogDensities(Pixels.Value.Test).Average(), 0.2);
        Assert.Equal(error, principal.ReconstructionError(Pixels.Value.Test, components), 1e-3 * error);
    }

    [Fact]
    public void Of_Digits_HasTheTabulatedEigenvalues()
    {
        Assert.Equal(52.7251, Digits.Value.Eigenvalues.Sum(), 1e-3);
        foreach (var (expected, found) in new[] { 5.1168, 3.7413, 3.2527, 2.8416, 2.5671 }.Zip(Digits.Value.Eigenvalues))
            Assert.Equal(expected, found, 1e-3);
    }

    // The formula in eigenvalues and the density of each sample are two ways to the same number.
    [Theory]
    [InlineData(0, null)]
    [InlineData(3, null)]
    [InlineData(3, 0.6)]
    [InlineData(3, 2.5)]
    public void LogLikelihood_FromEigenvalues_IsTheMeanOfTheDensities(int components, double? noise)
    {
        using var data = Cloud(500, [3, 2, 1, 0.5, 0.2, 0.1], seed: 1);
        using var principal = PrincipalComponents.Of(data);
        using var model = principal.Fit(components, noise);
        Assert.Equal(principal.LogLikelihood(components, noise), model.LogDensities(data).Average(), 1e-10);
    }

    // Woodbury against the plain formula with the whole covariance matrix.
    [Fact]
    public void LogDensities_SmallModel_AreThoseOfTheFullCovariance()
    {
        using var random = new Generator(3);
        using var model = new ProbabilisticPca(randn(5, float64, generator: random), randn(5, 2, float64, generator: random), 0.3);
        using var samples = randn(7, 5, float64, generator: random);
        using var covariance = model.Weights.matmul(model.Weights.t()) + 0.3 * eye(5, dtype: float64);
        var centred = samples - model.Mean;
        var expected = -0.5 * (5 * Math.Log(2 * Math.PI) + covariance.det().log()
            + (centred * linalg.solve(covariance, centred.t()).t()).sum(1));
        foreach (var (e, f) in expected.data<double>().ToArray().Zip(model.LogDensities(samples)))
            Assert.Equal(e, f, 1e-10);
    }

    // p(x) = p(x|z) p(z) / p(z|x) for every z.
    [Fact]
    public void Posterior_BayesRule_HoldsAtEveryPoint()
    {
        using var random = new Generator(4);
        using var model = new ProbabilisticPca(randn(4, float64, generator: random), randn(4, 2, float64, generator: random), 0.5);
        using var x = randn(1, 4, float64, generator: random);
        var (mean, covariance) = model.Posterior(x);
        for (int i = 0; i < 5; i++)
        {
            var z = randn(1, 2, float64, generator: random);
            using var prior = new ProbabilisticPca(zeros(2, float64), zeros(2, 0, float64), 1);
            using var given = new ProbabilisticPca(z.matmul(model.Weights.t())[0] + model.Mean, zeros(4, 0, float64), 0.5);
            var from = (z - mean).t(); // [2, 1]
            double posterior = -0.5 * (2 * Math.Log(2 * Math.PI) + covariance.det().log().item<double>()
                + from.t().matmul(linalg.solve(covariance, from)).item<double>());
            Assert.Equal(model.LogDensities(x)[0], given.LogDensities(x)[0] + prior.LogDensities(z)[0] - posterior, 1e-10);
        }
    }

    [Fact]
    public void Fit_MaximumLikelihood_IsBetterThanItsNeighbours()
    {
        using var data = Cloud(2000, [3, 2, 1, 0.5, 0.2], seed: 2);
        using var principal = PrincipalComponents.Of(data);
        using var best = principal.Fit(2);
        double value = best.LogDensities(data).Average();
        foreach (double factor in new[] { 0.97, 1.03 })
        {
            using var noise = new ProbabilisticPca(best.Mean, best.Weights, factor * best.NoiseVariance);
            using var weights = new ProbabilisticPca(best.Mean, factor * best.Weights, best.NoiseVariance);
            Assert.True(noise.LogDensities(data).Average() < value);
            Assert.True(weights.LogDensities(data).Average() < value);
        }
    }

    // The direction with eigenvalue l disappears as the fixed noise crosses l.
    [Fact]
    public void Fit_FixedNoiseAcrossAnEigenvalue_DropsTheDirection()
    {
        using var data = Cloud(1000, [3, 2, 1, 0.5], seed: 3);
        using var principal = PrincipalComponents.Of(data);
        double third = principal.Eigenvalues[2];
        using var below = principal.Fit(3, third * 0.999);
        using var above = principal.Fit(3, third * 1.001);
        Assert.Equal(3, principal.Kept(3, third * 0.999));
        Assert.Equal(2, principal.Kept(3, third * 1.001));
        Assert.True(below.Weights.select(1, 2).norm().item<double>() > 0);
        Assert.Equal(0, above.Weights.select(1, 2).norm().item<double>());
    }

    [Fact]
    public void Sample_Model_HasItsMeanAndCovariance()
    {
        using var random = new Generator(5);
        using var model = new ProbabilisticPca(tensor([1.0, -2, 0.5]), tensor(new double[,] { { 1, 0 }, { 1, 1 }, { 0, 2 } }), 0.25);
        using var samples = model.Sample(40_000, random);
        using var principal = PrincipalComponents.Of(samples);
        using var covariance = model.Weights.matmul(model.Weights.t()) + 0.25 * eye(3, dtype: float64);
        double[] expected = [.. linalg.eigvalsh(covariance).data<double>().ToArray().Reverse()];
        foreach (var (e, f) in expected.Zip(principal.Eigenvalues))
            Assert.Equal(e, f, 4 * e * Math.Sqrt(2.0 / 40_000)); // four standard errors of a variance
        Assert.True((principal.Mean - model.Mean).abs().max().item<double>() < 0.05);
    }

    [Fact]
    public void PrincipalAngles_KnownPlanes_AreExact()
    {
        const double angle = 1e-9;
        using var first = tensor(new double[,] { { 1, 0 }, { 0, 2 }, { 0, 0 } });
        using var second = tensor(new double[,] { { 1, 0 }, { 0, Math.Cos(angle) }, { 0, Math.Sin(angle) } });
        var angles = PrincipalComponents.PrincipalAngles(first, second);
        Assert.Equal(0, angles[0], 1e-15);
        Assert.Equal(angle, angles[1], 1e-15);
        using var third = tensor(new double[,] { { 0 }, { 0 }, { 3 } });
        Assert.Equal(Math.PI / 2, Assert.Single(PrincipalComponents.PrincipalAngles(first, third)), 1e-12);
    }

    // In one dimension the window is nearly right; with hundreds of directions it is nats away. The size is that of the test of digits.
    [Fact]
    public void Compare_OneDirectionAndThirty_ShowTheErrorOfTheWindow()
    {
        foreach (var (dimension, least, most) in new[] { (1, -0.05, 0.05), (30, 2.0, 60.0) })
        {
            using var random = new Generator(6);
            using var model = new ProbabilisticPca(zeros(dimension, float64), zeros(dimension, 0, float64), 0.25);
            using var validation = model.Sample(200, random);
            using var test = model.Sample(500, random);
            var comparison = ParzenComparison.Of(model, validation, test, samples: 3000);
            Assert.Equal(model.LogDensities(test).Average(), comparison.Exact.Value);
            Assert.InRange(comparison.Gap, least, most);
        }
    }

    [Fact]
    public void Create_WrongShapesAndNoise_AreRefused()
    {
        using var data = Cloud(20, [1, 1, 1], seed: 1);
        using var principal = PrincipalComponents.Of(data);
        Assert.Throws<ArgumentOutOfRangeException>(() => principal.Fit(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => principal.Fit(-1));
        Assert.Throws<ArgumentException>(() => principal.Fit(1, 0));
        Assert.Throws<ArgumentException>(() => new ProbabilisticPca(zeros(3), zeros(4, 2), 1));
        using var model = principal.Fit(1);
        Assert.Contains("[N, 3]", Assert.Throws<ArgumentException>(() => model.LogDensities(zeros(2, 4))).Message,
            StringComparison.Ordinal);
    }

    internal static Tensor Cloud(int count, double[] variances, int seed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        int dimension = variances.Length;
        var (rotation, _) = linalg.qr(randn(dimension, dimension, float64, generator: random));
        var points = randn(count, dimension, float64, generator: random) * tensor(variances.Select(Math.Sqrt).ToArray());
        return (points.matmul(rotation.t()) + 0.3).MoveToOuterDisposeScope();
    }
}
