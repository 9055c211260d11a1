using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A row of the table of remedies against mode collapse: PacGAN's networks and settings for points in the plane (Lin et al. 2018, their public
/// configuration), with one thing changed. G: z in R², four hidden layers of 400 with batch normalisation and ReLU. D: three maxout layers of 200
/// units with 5 pieces. All weights from N(0, 0.02²). Adam with learning rate 1e-4, β₁ = 0.8, batches of 100. What differs from their program:
/// players move in turn, each on fresh noise (theirs move at once, on the same), and batch normalisation sees a whole batch of packs.
/// </summary>
/// <param name="Name">What tables call it; names a file, too.</param>
/// <param name="Change">What differs from the plain GAN, in words.</param>
/// <param name="Config">The settings; <see cref="Create"/> puts in steps and seed.</param>
/// <param name="SpectralNorm">Whether D's layers are divided by their norm.</param>
/// <param name="MinibatchDeviation">Whether D's last layer sees how much the batch varies.</param>
public sealed record CollapseMethod(string Name, string Change, TrainingConfig Config, bool SpectralNorm = false, bool MinibatchDeviation = false)
{
    private const int Packs = 100, Critics = 5, MaxoutPieces = 5;
    private const double Rate = 1e-4, Sigma = 0.02;
    private static readonly int[] GeneratorWidths = [400, 400, 400, 400], DiscriminatorWidths = [200, 200, 200];

    private static readonly TrainingConfig Plain = new()
    {
        Steps = 1, BatchSize = Packs, NoiseDimension = 2, Loss = new NonSaturatingLoss(), RecordEvery = 100,
        DiscriminatorOptimizer = new AdamConfig(Rate, 0.8), GeneratorOptimizer = new AdamConfig(Rate, 0.8),
    };

    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CollapseMethod> All { get; } =
    [
        new("GAN", "nothing: the non-saturating loss", Plain),
        new("PacGAN2", "D judges two samples at once", Plain with { Packing = 2, BatchSize = 2 * Packs }),
        new("TTUR", "D learns four times as fast", Plain with { DiscriminatorOptimizer = new AdamConfig(4 * Rate, 0.8) }),
        new("R1", "R1 penalty, γ = 0.1", Plain with { Penalty = ZeroCenteredGradientPenalty.R1(0.1) }),
        new("R3", "relativistic pairs, R1 and R2, γ = 0.1, no momentum (β₁ = 0, β₂ = 0.99)", Plain with
        {
            Loss = new RelativisticPairedLoss(), Penalty = ZeroCenteredGradientPenalty.Both(0.1),
            DiscriminatorOptimizer = new AdamConfig(Rate, 0, 0.99), GeneratorOptimizer = new AdamConfig(Rate, 0, 0.99),
        }),
        new("minibatch deviation", "D sees how much the batch varies", Plain, MinibatchDeviation: true),
        new("SN-hinge", "hinge loss, spectral norm in D", Plain with { Loss = new HingeLoss() }, SpectralNorm: true),
        new("WGAN-GP", "Wasserstein loss, gradient penalty λ = 0.1, 5 critic updates, β = (0.5, 0.9)", Plain with
        {
            Loss = new WassersteinLoss(), Penalty = new GradientPenalty(0.1), DiscriminatorSteps = Critics,
            DiscriminatorOptimizer = new AdamConfig(Rate, 0.5, 0.9), GeneratorOptimizer = new AdamConfig(Rate, 0.5, 0.9),
        }),
        new("unrolled 5", "G looks ahead at five updates of D", Plain with { UnrolledSteps = 5 }),
    ];

    /// <summary>The row of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static CollapseMethod Named(string name) => All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"no method is called '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}", nameof(name));

    /// <summary>Generator updates of a run whose discriminator makes a number of updates: budgets are counted in the latter.</summary>
    public int GeneratorSteps(int discriminatorSteps) => discriminatorSteps / Config.DiscriminatorSteps;

    /// <summary>Fresh networks, ready to train.</summary>
    /// <param name="data">Points in the plane; the trainer does not own them.</param>
    /// <param name="seed">Seed of weights and noise.</param>
    /// <param name="discriminatorSteps">Length of the run in updates of D.</param>
    public Trainer Create(IBatchSource data, int seed, int discriminatorSteps)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var weights = new Generator((ulong)seed);
        var g = new MultilayerPerceptron(Config.NoiseDimension, GeneratorWidths, [2], batchNorm: true).Normal(weights, Sigma);
        var d = new MaxoutPerceptron(2 * Config.Packing, DiscriminatorWidths, MaxoutPieces, SpectralNorm, MinibatchDeviation).Normal(weights, Sigma);
        return new Trainer(Config with { Steps = GeneratorSteps(discriminatorSteps), Seed = seed }, g, d, data);
    }
}
