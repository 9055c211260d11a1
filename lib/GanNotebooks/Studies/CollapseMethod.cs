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
/// <param name="Name">Name of the method in tables and in file names.</param>
/// <param name="Change">Difference from the plain GAN, in words.</param>
/// <param name="Config">Function that returns the settings for a set-up, except steps and seed.</param>
/// <param name="SpectralNorm">Whether the weights of D's layers are divided by their spectral norm.</param>
/// <param name="MinibatchDeviation">Whether D's last layer receives the minibatch standard deviation.</param>
public sealed record CollapseMethod(string Name, string Change, Func<CollapseSetup, TrainingConfig> Config, bool SpectralNorm = false,
    bool MinibatchDeviation = false)
{
    private const int CriticSteps = 5, LookAhead = 5, Faster = 4;
    private const double GradientPenaltyWeight = 0.1;

    /// <summary>All methods, in the order of the rows of the table.</summary>
    public static IReadOnlyList<CollapseMethod> All { get; } =
    [
        new("GAN", "nothing: the non-saturating loss", s => s.Plain),
        Pack("two", 2),
        Pack("three", 3),
        Pack("four", 4),
        new("minibatch deviation", "D sees how much the batch varies", s => s.Plain, MinibatchDeviation: true),
        new("faster D", "D learns four times as fast",
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

    /// <summary>
    /// Controls: the plain GAN with other learning rates of D and G. They hold the ratio, one of the rates, or neither.
    /// </summary>
    public static IReadOnlyList<CollapseMethod> Rates { get; } =
    [
        Rate(3e-4, 1e-3), Rate(3e-4, 3e-4), Rate(3e-4, 1e-4), Rate(1e-3, 3.3e-3), Rate(1e-3, 1e-3), Rate(1e-3, 3.3e-4), Rate(1e-4, 3.3e-4),
        Rate(1e-4, 1e-4),
    ];

    /// <summary>Finds the method with the given name, ignoring case.</summary>
    /// <exception cref="ArgumentException">No method has this name. The message lists the known names.</exception>
    public static CollapseMethod Named(string name) => All.FirstOrDefault(m => m.HasName(name))
        ?? throw new ArgumentException($"no method is called '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}",
            nameof(name));

    /// <summary>Whether the method has the given name, ignoring case.</summary>
    public bool HasName(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the method can be trained in a set-up: a look ahead and more updates of D than of G need updates in turn.</summary>
    public bool Fits(CollapseSetup setup)
    {
        var config = Config(setup);
        return config.Order is UpdateOrder.Alternating || config is { DiscriminatorSteps: 1, UnrolledSteps: 0 };
    }

    /// <summary>Creates a trainer with newly initialised networks.</summary>
    /// <param name="setup">Set-up that all rows share.</param>
    /// <param name="data">Data of the set-up, with the same seed. The trainer does not dispose them.</param>
    /// <param name="seed">Seed of the initial weights and the noise.</param>
    /// <param name="steps">Number of updates of G.</param>
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

    /// <summary>Returns the recipe of the method on other points, such as a reader's own, with the networks of the set-up.</summary>
    /// <param name="setup">A set-up with <see cref="CollapseSetup.Model"/>.</param>
    /// <param name="data">Name of the points (<see cref="RecipeData"/>).</param>
    /// <exception cref="ArgumentException">No recipe has the networks of the set-up, or the data are unknown or no points.</exception>
    public TrainingRecipe Recipe(CollapseSetup setup, string data)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var config = Config(setup);
        var usual = new TrainingRecipe(RecipeData.Named(data).Name, setup.Model
            ?? throw new ArgumentException($"the networks of {setup.Name} are for its own points only", nameof(setup)))
        {
            BatchSize = config.BatchSize / config.Packing, Packing = config.Packing, SpectralNorm = SpectralNorm,
            MinibatchDeviation = MinibatchDeviation,
        };
        var standard = usual.Config;
        return usual with
        {
            Settings = ConfigSettings.Differences(standard, config with { Steps = standard.Steps, Seed = standard.Seed }),
        };
    }

    private static CollapseMethod Rate(double ofDiscriminator, double ofGenerator) => new(
        $"D {Text(ofDiscriminator)}, G {Text(ofGenerator)}", "other learning rates",
        s => s.Plain with
        {
            DiscriminatorOptimizer = s.Plain.DiscriminatorOptimizer with { LearningRate = ofDiscriminator },
            GeneratorOptimizer = s.Plain.GeneratorOptimizer with { LearningRate = ofGenerator }
        });

    private static string Text(double rate) => rate.ToString("0.#e-0", CultureInfo.InvariantCulture);

    private static CollapseMethod Pack(string word, int degree) => new(
        string.Create(CultureInfo.InvariantCulture, $"PacGAN{degree}"),
        $"D judges {word} samples at once (as many packs as there were samples)",
        s => s.Plain with { Packing = degree, BatchSize = degree * s.Plain.BatchSize });

    /// <summary>Returns the file name of a run, such as "PacGAN2-20000-seed1".</summary>
    internal string FileName(int seed, int steps) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Name.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-')}-{steps}-seed{seed}");
}
