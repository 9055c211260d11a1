using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A generator whose discriminator learned before it: the perceptrons of notebook 01 on images, D trained alone for a number of updates,
/// then both in turn. Two set-ups that differ in one argument are a controlled comparison.
/// </summary>
/// <param name="Loss">The generator's loss.</param>
/// <param name="Rule">How the generator steps.</param>
/// <param name="DiscriminatorSteps">Number of updates of D before each update of G, k.</param>
/// <param name="Ahead">Number of updates of D before the first update of G.</param>
public sealed record StuckSetup(StuckLoss Loss, StepRule Rule, int DiscriminatorSteps = 1, int Ahead = StuckSetup.UsualAhead)
{
    /// <summary>Number of updates by which D is ahead in the study.</summary>
    public const int UsualAhead = 1000;

    private const int Noise = 32, BatchSize = 64;
    private const double DiscriminatorRate = 1e-3;

    /// <summary>
    /// The set-ups of the study: both losses with plain steps and with Adam, k = 1 and k = 5. As a control, both losses with plain steps
    /// and a D that is not ahead.
    /// </summary>
    public static IReadOnlyList<StuckSetup> All { get; } =
    [
        .. from rule in StepRule.All
            from k in new[] { 1, 5 }
            from loss in StuckLoss.All
            select new StuckSetup(loss, rule, k),
        .. from loss in StuckLoss.All
            select new StuckSetup(loss, StepRule.Plain, Ahead: 0),
    ];

    /// <summary>Name of a run's file, without its seed.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Loss.Name}-{Rule.Name}-k{DiscriminatorSteps}-ahead{Ahead}");

    /// <summary>Creates the trainer of a run. D has made its <see cref="Ahead"/> updates, and G is as it was initialised.</summary>
    /// <param name="images">The images, [N, 784] in batches.</param>
    /// <param name="seed">Seed of the initial weights and of the noise.</param>
    /// <param name="steps">Number of updates of G.</param>
    public Trainer Create(IBatchSource images, int seed, int steps)
    {
        var weights = new Generator((ulong)seed);
        var generator = new MultilayerPerceptron(Noise, [128, 256], [784], Activation.LeakyReLU, Activation.Tanh).UniformFanIn(weights);
        var discriminator = new MultilayerPerceptron(784, [256, 128], [1], Activation.LeakyReLU).UniformFanIn(weights);
        var config = new TrainingConfig
        {
            Steps = steps, BatchSize = BatchSize, NoiseDimension = Noise, Seed = seed, DiscriminatorSteps = DiscriminatorSteps,
            Loss = Loss.Loss, DiscriminatorOptimizer = new AdamConfig(DiscriminatorRate), GeneratorOptimizer = Rule.Optimizer,
        };
        var trainer = new Trainer(config, generator, discriminator, images);
        for (int i = 0; i < Ahead; i++)
            trainer.DiscriminatorStep();
        return trainer;
    }
}

/// <summary>One of the two losses of the generator.</summary>
/// <param name="Name">Name in tables and in file names.</param>
/// <param name="Loss">The loss.</param>
public sealed record StuckLoss(string Name, IAdversarialLoss Loss)
{
    /// <summary>G descends log(1 − D).</summary>
    public static StuckLoss Saturating { get; } = new("saturating", new MinimaxLoss());

    /// <summary>G descends −log D.</summary>
    public static StuckLoss NonSaturating { get; } = new("non-saturating", new NonSaturatingLoss());

    /// <summary>Both losses.</summary>
    public static IReadOnlyList<StuckLoss> All { get; } = [Saturating, NonSaturating];
}

/// <summary>A way to turn the generator's gradient into a step.</summary>
/// <param name="Name">Name in tables and in file names.</param>
/// <param name="Optimizer">The settings of the optimiser.</param>
public sealed record StepRule(string Name, AdamConfig Optimizer)
{
    private const double Rate = 1e-3;

    /// <summary>The gradient times 0.1. With β₁ = 0 and ε = 1000, the denominator of Adam is 1000 for gradients of usual size.</summary>
    public static StepRule Plain { get; } = new("plain", new AdamConfig(100, Beta1: 0, Epsilon: 1000));

    /// <summary>Adam with its usual ε = 10⁻⁸.</summary>
    public static StepRule Adam { get; } = new("Adam", new AdamConfig(Rate));

    /// <summary>Both rules.</summary>
    public static IReadOnlyList<StepRule> All { get; } = [Plain, Adam];
}
