using GanNotebooks.LatentModels;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

public sealed class AutoencoderTests
{
    // Baldi and Hornik (1989): no linear autoencoder is better than the principal plane, and all minima span it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Train_Linear_ReachesThePrincipalPlaneAndNotMore(int seed)
    {
        using var data = PrincipalComponentsTests.Cloud(2000, [4, 2.5, 0.3, 0.2, 0.1, 0.1], seed);
        using var principal = PrincipalComponents.Of(data);
        using var autoencoder = Trained(data, [], 2, seed);
        double best = principal.ReconstructionError(data, 2), found = autoencoder.ReconstructionError(data);
        Assert.InRange(found, best * (1 - 1e-6), best * 1.01);
        Assert.True(PrincipalComponents.PrincipalAngles(autoencoder.DecoderWeight, principal.Directions.narrow(1, 0, 2))[^1] < 0.02);
    }

    // A circle in the plane has one parameter, but no line through it is near all of its points.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_DeepOnACircle_BeatsThePrincipalLine(int seed)
    {
        using var random = new Generator((ulong)seed);
        using var angle = rand(2000, float64, generator: random) * 2 * Math.PI;
        using var data = stack([angle.cos(), angle.sin()], 1);
        using var principal = PrincipalComponents.Of(data);
        using var autoencoder = Trained(data, [64, 64], 1, seed);
        Assert.True(autoencoder.ReconstructionError(data) < 0.3 * principal.ReconstructionError(data, 1));
    }

    [Fact]
    public void Backward_EveryParameter_HasTheGradientOfTheLoss()
    {
        using var weights = new Generator(1);
        using var autoencoder = new Autoencoder(3, [4], 2, weights, Activation.Sigmoid);
        autoencoder.to(float64);
        using var batch = rand(5, 3, float64, generator: weights);
        double loss = autoencoder.Backward(batch, weights).item<double>();
        Assert.Equal(autoencoder.ReconstructionError(batch), loss, 1e-12);
        const double step = 1e-6;
        foreach (var parameter in autoencoder.parameters())
        {
            double At(double change)
            {
                using var noGradient = no_grad();
                parameter.view(-1)[0].add_(change);
                double value = autoencoder.ReconstructionError(batch);
                parameter.view(-1)[0].add_(-change);
                return value;
            }
            Assert.Equal((At(step) - At(-step)) / (2 * step), parameter.grad!.view(-1)[0].item<double>(), 1e-8);
        }
    }

    // A linear autoencoder at the optimum and a Gaussian fitted to its codes: samples of the data's plane, with its variances.
    [Fact]
    public void Sample_GaussianData_HasTheVariancesOfThePlane()
    {
        using var data = PrincipalComponentsTests.Cloud(4000, [4, 2.5, 0.05, 0.05], seed: 1);
        using var principal = PrincipalComponents.Of(data);
        using var autoencoder = Trained(data, [], 2, seed: 1);
        using var rows = data.to(float32);
        using var sampler = new CodeSampler(autoencoder, rows);
        using var random = new Generator(2);
        using var samples = sampler.Sample(20_000, random);
        using var found = PrincipalComponents.Of(samples);
        Assert.Equal(principal.Eigenvalues[0], found.Eigenvalues[0], 0.06 * principal.Eigenvalues[0]);
        Assert.Equal(principal.Eigenvalues[1], found.Eigenvalues[1], 0.06 * principal.Eigenvalues[1]);
        Assert.True(found.Eigenvalues[2] < 1e-6);
        Assert.True((found.Mean - principal.Mean).abs().max().item<double>() < 0.06);
    }

    private static Autoencoder Trained(Tensor data, int[] hidden, int code, int seed)
    {
        using var weights = new Generator((ulong)seed);
        var autoencoder = new Autoencoder((int)data.shape[1], hidden, code, weights);
        using var source = new TensorBatches(data.to(float32), seed);
        using var trainer = new ModelTrainer(
            new ModelConfig
            {
                Steps = 2000, BatchSize = 200, FinalLearningRate = 0.01, RecordEvery = 100, Optimizer = new AdamConfig(1e-2, Beta1: 0.9),
            },
            autoencoder, source);
        trainer.Run();
        return autoencoder;
    }
}
