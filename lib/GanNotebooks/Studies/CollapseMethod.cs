using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A row of the table of remedies against mode collapse: the plain GAN of a <see cref="CollapseSetup"/> with one thing changed.
/// </summary>
/// <param name="Name">What tables call it; names a file, too.</param>
/// <param name="Change">What differs from the plain GAN, in words.</param>
/// <param name="Config">The settings in a set-up, but for steps and seed.</param>
/// <param name="SpectralNorm">Whether D's layers are divided by their norm.</param>
/// <param name="MinibatchDeviation">Whether D's last layer sees how much the batch varies.</param>
public sealed record CollapseMethod(string Name, string Change, Func<CollapseSetup, TrainingConfig> Config, bool SpectralNorm = false,
    bool MinibatchDeviation = false)
{
    private const int CriticSteps = 5, LookAhead = 5, Faster = 4;
    private const double GradientPenaltyWeight = 0.1;

    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CollapseMethod> All { get; } =
    [
        new("GAN", "nothing: the non-saturating loss", s => s.Plain),
        Pack("two", 2),
        Pack("three", 3),
        Pack("four", 4),
        new("minibatch deviation", "D sees how much the batch varies", s => s.Plain, MinibatchDeviation: true),
        new("TTUR", "D learns four times as fast",
            s => s.Plain with { DiscriminatorOptimizer =
                s.Plain.DiscriminatorOptimizer with { LearningRate = Faster * s.Plain.DiscriminatorOptimizer.LearningRate } }),
        new("R1", "R1 penalty", s => s.Plain with { Penalty = ZeroCenteredGradientPenalty.R1(s.Gamma) }),
        new("R3", "relativistic pairs with R1 and R2",
            s => s.Plain with { Loss = new RelativisticPairedLoss(), Penalty = ZeroCenteredGradientPenalty.Both(s.Gamma) }),
        new("SN-hinge", "hinge loss, spectral norm in D", s => s.Plain with { Loss = new HingeLoss() }, SpectralNorm: true),
        new("WGAN-GP", "Wasserstein loss, gradient penalty λ = 0.1, five updates of D for each of G",
            s => s.Plain with { Loss = new WassersteinLoss(), Penalty = new GradientPenalty(GradientPenaltyWeight),
                DiscriminatorSteps = CriticSteps }),
        new("unrolled 5", "G looks ahead at five updates of D", s => s.Plain with { UnrolledSteps = LookAhead }),
    ];

    /// <summary>The row of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static CollapseMethod Named(string name) => All.FirstOrDefault(m => m.HasName(name))
        ?? throw new ArgumentException($"no method is called '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}",
            nameof(name));

    /// <summary>Whether tables call it so; capitals do not matter.</summary>
    public bool HasName(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fresh networks, ready to train.</summary>
    /// <param name="setup">What the rows share.</param>
    /// <param name="data">Its data, of the same seed; the trainer does not own them.</param>
    /// <param name="seed">Seed of weights and noise.</param>
    /// <param name="steps">Updates of G.</param>
    public Trainer Create(CollapseSetup setup, IBatchSource data, int seed, int steps)
    {
        ArgumentNullException.ThrowIfNull(setup);
        using var weights = new Generator((ulong)seed);
        var config = Config(setup) with { Steps = steps, Seed = seed };
        var (g, d) = (setup.NewGenerator(), setup.NewDiscriminator(2 * config.Packing, SpectralNorm, MinibatchDeviation));
        setup.Initialize(g, weights);
        setup.Initialize(d, weights);
        return new Trainer(config, g, d, data);
    }

    private static CollapseMethod Pack(string word, int degree) => new(
        string.Create(CultureInfo.InvariantCulture, $"PacGAN{degree}"),
        $"D judges {word} samples at once (as many packs as there were samples)",
        s => s.Plain with { Packing = degree, BatchSize = degree * s.Plain.BatchSize });

    /// <summary>Names a run's file: "PacGAN2-20000-seed1".</summary>
    internal string FileName(int seed, int steps) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name.Replace(' ', '-')}-{steps}-seed{seed}");
}
