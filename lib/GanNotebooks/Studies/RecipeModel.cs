using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Studies;

/// <summary>
/// Networks that a <see cref="TrainingRecipe"/> can name, with the settings that train them well. <see cref="All"/> is the only list of
/// the networks: <c>workbook train</c> takes its help, its error messages and its output from it. A new network is a new entry.
/// </summary>
public sealed record RecipeModel
{
    private const int PointWidth = 128, SidesOfConvolutions = 4, LeastSideOfConvolutions = 8;

    /// <summary>All networks.</summary>
    public static IReadOnlyList<RecipeModel> All { get; } =
    [
        new()
        {
            Name = "mlp",
            Note = "the networks of 2014 (points: two hidden layers)",
            For = "grey images and points",
            Learns = data => data.Channels <= 1,
            Title = recipe => recipe.IsImages ? "perceptrons of 2014" : "perceptrons",
            Config = recipe => recipe.IsImages
                ? recipe.Standard(noise: 100, d: new AdamConfig(2e-4), g: new AdamConfig(2e-4)) with
                {
                    Noise = NoiseKind.Uniform,
                    AverageHalfLife = HalfLife(recipe),
                }
                : recipe.Standard(Math.Max(2, recipe.Dimension), d: new AdamConfig(3e-3, 0, 0.99), g: new AdamConfig(3e-3, 0, 0.99)) with
                {
                    FinalLearningRate = 0.02,
                    Loss = new RelativisticPairedLoss(),
                    Penalty = ZeroCenteredGradientPenalty.Both(0.1),
                },
            Networks = (recipe, weights, noise) => recipe.IsImages
                ? (Goodfellow2014Mlp.Generator(weights, noise, recipe.Side),
                    Goodfellow2014Mlp.Discriminator(weights, recipe.Side, recipe.Seed))
                : (new MultilayerPerceptron(noise, [PointWidth, PointWidth], [recipe.Dimension]).UniformFanIn(weights),
                    new MultilayerPerceptron(recipe.Dimension, [PointWidth, PointWidth], [1]).UniformFanIn(weights)),
        },
        new()
        {
            Name = "plain",
            Note = "the plain GAN of notebook 09, which drops modes (points)",
            For = "points",
            Options = RecipeOptions.Packing | RecipeOptions.DiscriminatorLayers,
            Learns = data => data.Channels == 0,
            Title = _ => "perceptrons of notebook 09",
            Config = recipe => CollapseSetup.DroppedModes.Plain with
            {
                Steps = recipe.Steps, BatchSize = recipe.Packing * recipe.BatchSize, Seed = recipe.Seed, Packing = recipe.Packing,
            },
            Networks = (recipe, weights, noise) => (
                new MultilayerPerceptron(noise, [PointWidth, PointWidth], [recipe.Dimension]).UniformFanIn(weights),
                new MultilayerPerceptron(recipe.Packing * recipe.Dimension, [PointWidth, PointWidth], [1],
                    spectralNorm: recipe.SpectralNorm, minibatchDeviation: recipe.MinibatchDeviation).UniformFanIn(weights)),
        },
        new()
        {
            Name = "dcgan",
            Note = "DCGAN, batch normalisation in both networks",
            For = "images",
            Options = RecipeOptions.Width | RecipeOptions.DiscriminatorWidth | RecipeOptions.LearningRates | RecipeOptions.Packing
                | RecipeOptions.BFloat16,
            Learns = data => data.IsImages,
            SideStep = SidesOfConvolutions,
            LeastSide = LeastSideOfConvolutions,
            Title = recipe => FormattableString.Invariant($"DCGAN of width {recipe.Width}")
                + (recipe.Packing > 1 ? FormattableString.Invariant($", {recipe.Packing} images to a pack") : ""),
            // The learning rate of G is five times that of D. With 2e-4 for both, D wins, and the digits are still poor after 5,000 steps.
            Config = recipe => recipe.Standard(
                noise: 64, d: new AdamConfig(recipe.DiscriminatorRate), g: new AdamConfig(recipe.GeneratorRate)) with
            {
                FinalLearningRate = 0.02,
                AverageHalfLife = HalfLife(recipe),
                Packing = recipe.Packing,
                BatchSize = recipe.Packing * recipe.BatchSize,
            },
            Networks = (recipe, weights, noise) => (
                new DcganGenerator(recipe.Side, recipe.Channels, noise, recipe.Width, extraLayer: true).Dcgan(weights),
                new DcganDiscriminator(recipe.Side, recipe.Channels, recipe.DiscriminatorWidth ?? recipe.Width, extraLayer: true,
                    packing: recipe.Packing).Dcgan(weights)),
        },
        new()
        {
            Name = "residual",
            Note = "no normalisation, relativistic loss, R1 and R2",
            For = "images",
            Options = RecipeOptions.Width | RecipeOptions.BFloat16,
            Learns = data => data.IsImages,
            SideStep = SidesOfConvolutions,
            LeastSide = LeastSideOfConvolutions,
            Title = recipe => FormattableString.Invariant($"residual networks of width {recipe.Width}"),
            Config = recipe => recipe.Standard(noise: 64, d: new AdamConfig(5e-4, 0, 0.99), g: new AdamConfig(5e-4, 0, 0.99)) with
            {
                FinalLearningRate = 0.02,
                AverageHalfLife = HalfLife(recipe),
                Loss = new RelativisticPairedLoss(),
                Penalty = ZeroCenteredGradientPenalty.Both(1),
            },
            Networks = (recipe, weights, noise) => (
                new ResidualGenerator(recipe.Side, recipe.Channels, noise, recipe.Width).Fixup(weights),
                new ResidualDiscriminator(recipe.Side, recipe.Channels, recipe.Width).Fixup(weights)),
        },
    ];

    /// <summary>Name of the model in the option <c>--model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Short description of the model for the help.</summary>
    public required string Note { get; init; }

    /// <summary>Data that the model is for, in words. Messages use it after "is for".</summary>
    public required string For { get; init; }

    /// <summary>Function that returns whether the model can learn a data set.</summary>
    public required Func<RecipeData, bool> Learns { get; init; }

    /// <summary>The sides of images that the networks take are multiples of this number.</summary>
    public int SideStep { get; init; } = 1;

    /// <summary>Smallest side of images that the networks take.</summary>
    public int LeastSide { get; init; } = 1;

    /// <summary>The optional settings of a recipe that apply to this model.</summary>
    public RecipeOptions Options { get; init; }

    /// <summary>Function that returns the name of a recipe's networks for readers.</summary>
    public required Func<TrainingRecipe, string> Title { get; init; }

    /// <summary>Function that returns the settings of a run.</summary>
    public required Func<TrainingRecipe, TrainingConfig> Config { get; init; }

    /// <summary>
    /// Function that creates G and D with initial weights, on the CPU. It receives a recipe, a generator of random weights and the number
    /// of values in one z. The initial weights are therefore the same for every device.
    /// </summary>
    public required Func<TrainingRecipe, Generator, int, (Module<Tensor, Tensor> G, Module<Tensor, Tensor> D)> Networks { get; init; }

    /// <summary>Finds the model with the given name, ignoring case.</summary>
    /// <exception cref="ArgumentException">No model has this name. The message lists the known names.</exception>
    public static RecipeModel Named(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"no model is called '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}",
                nameof(name));

    /// <summary>Refuses images whose side the networks do not take.</summary>
    /// <exception cref="ArgumentException">The side is none of them; the message names the nearest ones.</exception>
    internal void RequireSide(RecipeData data)
    {
        int side = data.Side, below = side / SideStep * SideStep;
        if (!data.IsImages || side >= LeastSide && side == below)
            return;
        string nearest = below < LeastSide ? $"the nearest is {LeastSide}" : $"the nearest are {below} and {below + SideStep}";
        throw new ArgumentException($"the model {Name} takes images whose side is a multiple of {SideStep} and at least {LeastSide}, not "
            + $"{side}; {nearest}");
    }

    // In images. A first run on a reader's own folder is short: with the longer average its samples would still show the initial weights.
    private static int HalfLife(TrainingRecipe recipe) => OwnDataName.IsOne(recipe.Data) ? 1000 : 20_000;

    /// <summary>Lists the models that meet a condition, such as "the model dcgan" or "the models dcgan and residual".</summary>
    public static string Listed(Func<RecipeModel, bool> condition)
    {
        string[] names = [.. All.Where(condition).Select(m => m.Name)];
        return names.Length > 1
            ? $"the models {string.Join(", ", names[..^1])} and {names[^1]}"
            : $"the model {string.Concat(names)}";
    }
}

/// <summary>Settings of a <see cref="TrainingRecipe"/> that apply to some models only.</summary>
[Flags]
public enum RecipeOptions
{
    /// <summary>No optional setting: the model takes all its settings from its source.</summary>
    None = 0,

    /// <summary>The model uses <see cref="TrainingRecipe.Width"/>.</summary>
    Width = 1,

    /// <summary>The model uses <see cref="TrainingRecipe.DiscriminatorRate"/> and <see cref="TrainingRecipe.GeneratorRate"/>.</summary>
    LearningRates = 2,

    /// <summary>The model uses <see cref="TrainingRecipe.Packing"/>.</summary>
    Packing = 4,

    /// <summary>The model trains faster with <see cref="TrainingRecipe.BFloat16"/>.</summary>
    BFloat16 = 8,

    /// <summary>The model uses <see cref="TrainingRecipe.DiscriminatorWidth"/>.</summary>
    DiscriminatorWidth = 16,

    /// <summary>The model uses <see cref="TrainingRecipe.SpectralNorm"/> and <see cref="TrainingRecipe.MinibatchDeviation"/>.</summary>
    DiscriminatorLayers = 32,
}
