using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Recipes;

/// <summary>Set-ups on a ring of 8 Gaussians that cover it, collapse on it, or are saved from collapse.</summary>
internal sealed record RingRecipe(TrainingConfig Config, double Radius, double Sigma, int Width)
{
    private const int Seeds = 5, Samples = 2500;

    /// <summary>Relativistic pairs with R1 and R2, no momentum, the learning rate falling to 2 %.</summary>
    public static RingRecipe Covering(double radius, double sigma) => new(
        new TrainingConfig
        {
            Steps = 6000, BatchSize = 128, NoiseDimension = 2, Loss = new RelativisticPairedLoss(),
            Penalty = ZeroCenteredGradientPenalty.Both(0.1),
            DiscriminatorOptimizer = new AdamConfig(3e-3, 0, 0.99), GeneratorOptimizer = new AdamConfig(3e-3, 0, 0.99),
            FinalLearningRate = 0.02, RecordEvery = 100,
        },
        radius, sigma, 64);

    /// <summary>A generator that learns three times as fast as its judge.</summary>
    public static RingRecipe Collapsing { get; } = new(
        new TrainingConfig
        {
            Steps = 3000, BatchSize = 128, NoiseDimension = 16, Loss = new NonSaturatingLoss(), RecordEvery = 100,
            DiscriminatorOptimizer = new AdamConfig(3e-4, 0.5, 0.999), GeneratorOptimizer = new AdamConfig(1e-3, 0.5, 0.999),
        },
        2, 0.05, 128);

    /// <summary>Coverage at the end of training, for seeds 0 to 4, on one thread.</summary>
    public ModeCoverage[] Run()
    {
        int threads = get_num_threads();
        set_num_threads(1);
        var results = Enumerable.Range(0, Seeds).Select(Run).ToArray();
        set_num_threads(threads);
        foreach (var result in results)
            TestContext.Current.TestOutputHelper?.WriteLine($"{result}");
        return results;
    }

    private ModeCoverage Run(int seed)
    {
        using var scope = NewDisposeScope();
        using var weights = new Generator((ulong)seed);
        using var data = new RingData(radius: Radius, sigma: Sigma, seed: seed);
        var g = new MultilayerPerceptron(Config.NoiseDimension, [Width, Width], [2]).UniformFanIn(weights);
        var d = new MultilayerPerceptron(2, [Width, Width], [1]).UniformFanIn(weights);
        using var trainer = new Trainer(Config with { Seed = seed }, g, d, data).Run();
        return ModeCoverage.Of(trainer.Sample(Samples), data.Modes);
    }
}
