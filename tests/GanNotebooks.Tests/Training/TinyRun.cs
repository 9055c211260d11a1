using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>A run small enough for tests.</summary>
internal static class TinyRun
{
    public static TrainingConfig Config { get; } = new()
    {
        Steps = 30, BatchSize = 16, DiscriminatorSteps = 2, RecordEvery = 5, Seed = 3, NoiseDimension = 2,
        DiscriminatorOptimizer = new AdamConfig(1e-3), GeneratorOptimizer = new AdamConfig(1e-3),
    };

    public static Trainer Create(TrainingConfig config, bool plain = true, bool spectralNorm = false, bool minibatchDeviation = false)
    {
        var weights = new Generator(11);
        var generator = new MultilayerPerceptron(2, [8], [2]).UniformFanIn(weights);
        var discriminator =
            new MultilayerPerceptron(2 * config.Packing, [8], [1], Activation.LeakyReLU, spectralNorm: spectralNorm,
                minibatchDeviation: minibatchDeviation).UniformFanIn(weights);
        return new Trainer(config, generator, plain ? discriminator : nn.Sequential(discriminator), new RingData(seed: 1));
    }

    public static float[] Weights(this Trainer trainer) => [.. Weights(trainer.Generator), .. Weights(trainer.Discriminator)];

    public static float[] Weights(nn.Module module) => [.. module.parameters().SelectMany(p => p.data<float>())];
}
