using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

public sealed class VariationalAutoencoderTests
{
    // Whoever flips the sign of the KL, in the loss or in the formula, fails here and in the next test.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public void Backward_EveryParameter_HasTheGradientOfTheLoss(bool gaussian, int samples)
    {
        using var vae = Small(gaussian ? new GaussianLikelihood(0.5, IsLearned: true) : new BernoulliLikelihood(), samples);
        vae.to(float64);
        using var batch = rand(3, 4, float64, generator: new Generator(2));
        double Loss()
        {
            foreach (var p in vae.parameters())
                p.grad = null;
            using var random = new Generator(7);
            return vae.Backward(batch, random).item<double>();
        }
        Loss();
        double[][] gradients = [.. vae.parameters().Select(p => p.grad!.data<double>().ToArray())];
        const double step = 1e-6;
        foreach (var (parameter, gradient) in vae.parameters().Zip(gradients))
        {
            for (int i = 0; i < parameter.numel(); i += 3)
            {
                double At(double change)
                {
                    using (no_grad())
                        parameter.view(-1)[i].add_(change);
                    double value = Loss();
                    using (no_grad())
                        parameter.view(-1)[i].add_(-change);
                    return value;
                }
                Assert.Equal((At(step) - At(-step)) / (2 * step), gradient[i], 1e-7);
            }
        }
    }

    // With the exact posterior the ELBO is log p(x) for each sample on average over z, and its loss is minus that.
    [Fact]
    public void Evaluate_ExactPosterior_MeanIsTheLogDensity()
    {
        using var data = PrincipalComponentsTests.Cloud(400, [3, 2, 1, 0.3], seed: 1);
        using var rows = data.to(float32);
        using var principal = PrincipalComponents.Of(data);
        using var model = principal.Fit(2);
        using var vae = Linear(4, 2, new GaussianLikelihood());
        vae.SetTo(model);
        using var random = new Generator(3);
        double exact = model.LogDensities(data).Average();
        var evaluation = vae.Evaluate(rows, random);
        Assert.Equal(exact, evaluation.Elbo.Value, 5 * evaluation.Elbo.StandardError);
        foreach (var (bound, density) in vae.ImportanceWeightedBound(rows, 3, random).Zip(model.LogDensities(data)))
            Assert.Equal(density, bound, 1e-3);
        Assert.Equal(exact, -Enumerable.Range(0, 50).Average(_ => vae.Backward(rows, random).item<float>()), 0.02);
        using var back = vae.ToProbabilisticPca();
        Assert.Equal(exact, back.LogDensities(data).Average(), 1e-4);
    }

    [Fact]
    public void Kl_ClosedForm_AgreesWithTheMeanOfSamples()
    {
        using var mean = tensor(new double[,] { { 0.5, -1 }, { 0, 0 }, { 2, 0.1 } });
        using var logVariance = tensor(new double[,] { { -1, 0.3 }, { 0, 0 }, { -3, 0.7 } });
        using var random = new Generator(4);
        const int count = 20_000;
        double[] exact = VariationalAutoencoder.Kl(mean, logVariance).sum(1).data<double>().ToArray();
        double[] drawn = VariationalAutoencoder.MonteCarloKl(mean, logVariance, count, random).data<double>().ToArray();
        Assert.Equal(0, exact[1], 1e-15);
        Assert.Equal(0, drawn[1], 1e-12);
        Assert.Equal(0.5 * (0.25 + Math.Exp(-1)) + 0.5 * (1 + Math.Exp(0.3) - 1.3), exact[0], 1e-12);
        Assert.All(exact.Zip(drawn), pair => Assert.Equal(pair.First, pair.Second, 0.08)); // four standard errors, at most 2.6/√n each
    }

    // A Gaussian's ½ log 2π and a Bernoulli's normaliser: probabilities of all values sum to 1.
    [Fact]
    public void LogLikelihood_AllValues_AreADistribution()
    {
        using var random = new Generator(5);
        using var bernoulli = Small(new BernoulliLikelihood());
        using var z = randn(1, 2, generator: random);
        var corners = tensor(Enumerable.Range(0, 16).SelectMany(i => Enumerable.Range(0, 4).Select(b => (float)(i >> b & 1))).ToArray())
            .view(16, 4);
        Assert.Equal(1, bernoulli.LogLikelihood(corners, z.expand(16, 2)).exp().sum().item<float>(), 1e-5);
        using var gaussian = Linear(1, 1, new GaussianLikelihood(0.3));
        var line = linspace(-20, 20, 40_001).view(-1, 1);
        Assert.Equal(1, gaussian.LogLikelihood(line, zeros(1, 1).expand(40_001, 1)).exp().sum().item<float>() * 0.001, 1e-3);
    }

    // Quadrature of the closed model against the code path of every autoencoder.
    [Theory]
    [InlineData(1, -1.9189385332)]
    [InlineData(2, -1.6534737866)]
    [InlineData(3, -1.5940666244)]
    public void ImportanceWeightedBound_ProposalIsThePrior_AgreesWithQuadrature(int count, double printed)
    {
        var theory = new ImportanceWeightedBound(1);
        Assert.Equal(printed, theory.Value(count).Value, 1e-10);
        Assert.Equal(-1.5155121235, theory.LogEvidence, 1e-10);
        using var unit = new ProbabilisticPca(zeros(1, float64), ones(1, 1, float64), 1); // x = z + ε
        using var vae = Linear(1, 1, new GaussianLikelihood());
        vae.SetTo(unit);
        using var random = new Generator(6);
        const int rows = 40_000;
        Assert.All(vae.ImportanceWeightedBound(ones(100, 1), count, random), b => Assert.Equal(theory.LogEvidence, b, 1e-5));
        vae.SetPosteriorToPrior();
        double[] drawn = vae.ImportanceWeightedBound(ones(rows, 1), count, random);
        double mean = drawn.Average(), error = Math.Sqrt(drawn.Select(d => (d - mean) * (d - mean)).Average() / rows);
        Assert.Equal(printed, mean, 4 * error);
        Assert.True(error < 0.01);
    }

    [Fact]
    public void ImportanceWeightedBound_Quadrature_RisesToTheEvidence()
    {
        var prior = new ImportanceWeightedBound(1);
        Assert.Equal(prior.Elbo, prior.Value(1).Value, 1e-10);
        double[] values = [.. new[] { 1, 2, 3, 10, 100 }.Select(k => prior.Value(k).Value)];
        Assert.Equal(values.Order(), values);
        Assert.All(values, v => Assert.True(v < prior.LogEvidence));
        Assert.Equal(prior.LogEvidence - 0.18206 / 100, values[^1], 1e-4); // Var(w)/(2 p² k), to first order
        var exact = new ImportanceWeightedBound(1, ImportanceWeightedBound.ExactPosterior(1));
        Assert.Equal(exact.LogEvidence, exact.Elbo, 1e-14);
        Assert.All(new[] { 1, 2, 5 }, k => Assert.Equal(exact.LogEvidence, exact.Value(k).Value, 1e-10));
    }

    // Fixed σ² = 1 lies between the eigenvalues: two directions live and two collapse (Lucas et al. 2019), whatever the start.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Train_LinearWithFixedNoise_ReachesTheLikelihoodAndCollapsesTheSmallDirections(int seed)
    {
        using var data = Tilted(seed);
        using var principal = PrincipalComponents.Of(data);
        using var vae = Trained(data, new GaussianLikelihood(1), seed);
        using var model = vae.ToProbabilisticPca();
        Assert.Equal(2, principal.Kept(4, 1));
        double best = principal.LogLikelihood(4, 1);
        Assert.Equal(best, model.LogDensities(data).Average(), 0.01 * Math.Abs(best));
        using var rows = data.to(float32);
        Assert.Equal(2, vae.Collapsed(rows, epsilon: 0.02).Count(collapsed => collapsed));
        var plane = linalg.svd(model.Weights, fullMatrices: false).U.narrow(1, 0, 2);
        Assert.True(PrincipalComponents.PrincipalAngles(plane, principal.Directions.narrow(1, 0, 2))[^1] < 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Train_LinearWithLearnedNoise_IsProbabilisticPca(int seed)
    {
        using var data = Tilted(seed);
        using var principal = PrincipalComponents.Of(data);
        using var vae = Trained(data, new GaussianLikelihood(1, IsLearned: true), seed);
        using var model = vae.ToProbabilisticPca();
        double best = principal.LogLikelihood(4);
        Assert.Equal(best, model.LogDensities(data).Average(), 0.01 * Math.Abs(best));
        Assert.Equal(principal.NoiseVariance(4), vae.NoiseVariance, 0.05 * principal.NoiseVariance(4));
        Assert.True(PrincipalComponents.PrincipalAngles(model.Weights, principal.Directions.narrow(1, 0, 4))[^1] < 0.05);
        using var rows = data.to(float32);
        Assert.DoesNotContain(true, vae.Collapsed(rows, epsilon: 0.02));
    }

    // Unit 0 answers to half of the samples, unit 1 to none.
    [Fact]
    public void Collapsed_UnitThatAnswersToHalfOfTheSamples_DependsOnDelta()
    {
        using var vae = Linear(1, 2, new GaussianLikelihood());
        vae.SetPosteriorToPrior();
        using var samples = cat([zeros(50, 1), ones(50, 1)]);
        using (no_grad())
            vae.get_parameter("encoder.layers.linear1.weight")![0].fill_(3);
        Assert.Equal([false, true], vae.Collapsed(samples));
        Assert.Equal([true, true], vae.Collapsed(samples, epsilon: 0.01, delta: 0.5));
        Assert.Equal([true, true], vae.Collapsed(samples, epsilon: 5));
        using var random = new Generator(1);
        var evaluation = vae.Evaluate(samples, random);
        Assert.Equal(1, evaluation.ActiveUnits);
        Assert.Equal(9.0 / 4, evaluation.UnitVariance[0], 1e-6); // half at 0, half at 3
    }

    [Fact]
    public void Train_Digits_IsSaneAfterOneHundredSteps()
    {
        var digits = Mnist.Train().Take(2000);
        using var weights = new Generator(1);
        using var vae = new VariationalAutoencoder(784, [100], 10, new BernoulliLikelihood(), weights);
        using var trainer = new ModelTrainer(new ModelConfig { Steps = 100, Seed = 1 }, vae, new PixelBatches(digits, 1));
        trainer.Run();
        Assert.InRange(trainer.History[0].Loss, 530, 560); // 784 log 2 = 543.4
        Assert.True(trainer.History[^1].Loss < 230);
        using var random = new Generator(2);
        using var pixels = PixelBatches.All(digits.Take(200));
        var evaluation = vae.Evaluate(pixels, random);
        double[] bound = vae.ImportanceWeightedBound(pixels, 20, random);
        Assert.True(bound.Average() > evaluation.Elbo.Value);
        Assert.Equal(evaluation.Kl, evaluation.UnitKl.Sum(), 1e-9);
        Assert.InRange(evaluation.ActiveUnits, 1, 10);
        Assert.Equal([7, 784], vae.Sample(7, random).shape);
        Assert.All(vae.Sample(3, random, noise: true).data<float>().ToArray(), p => Assert.True(p is 0 or 1));
        Assert.Equal([200, 784], vae.Reconstruct(pixels).shape);
    }

    private static Tensor Tilted(int seed) => PrincipalComponentsTests.Cloud(4000, [4, 2.5, 0.5, 0.3, 0.05, 0.05], seed);

    private static VariationalAutoencoder Trained(Tensor data, GaussianLikelihood likelihood, int seed)
    {
        using var weights = new Generator((ulong)seed);
        var vae = new VariationalAutoencoder(6, [], 4, likelihood, weights);
        var config = new ModelConfig
        {
            Steps = 3000, BatchSize = 200, Seed = seed, FinalLearningRate = 0.01, RecordEvery = 100,
            Optimizer = new AdamConfig(2e-2, Beta1: 0.9),
        };
        using var source = new TensorBatches(data.to(float32), seed);
        using var trainer = new ModelTrainer(config, vae, source);
        trainer.Run();
        return vae;
    }

    private static VariationalAutoencoder Small(DecoderLikelihood likelihood, int samples = 1)
    {
        using var weights = new Generator(1);
        return new VariationalAutoencoder(4, [5], 2, likelihood, weights, samples);
    }

    private static VariationalAutoencoder Linear(int inputs, int latent, DecoderLikelihood likelihood)
    {
        using var weights = new Generator(1);
        return new VariationalAutoencoder(inputs, [], latent, likelihood, weights);
    }
}
