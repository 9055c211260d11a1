using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The data, networks and settings of the plain GAN that all rows of a table of remedies against mode collapse share. A
/// <see cref="CollapseMethod"/> changes one of them.
/// </summary>
/// <param name="Name">Name of the set-up and of the folder of its recorded runs.</param>
/// <param name="Description">Data, networks and settings in words, for the caption of a table.</param>
/// <param name="Plain">Settings of the plain GAN, except steps and seed.</param>
/// <param name="Gamma">Weight γ of zero-centred penalties, chosen for the scale of the data.</param>
/// <param name="NewData">Function that creates the data for a seed.</param>
/// <param name="NewGenerator">Function that creates G with torch's default weights.</param>
/// <param name="NewDiscriminator">Function that creates D. It receives the number of inputs, whether D has spectral norm,
/// and whether D has the minibatch deviation.</param>
/// <param name="Initialize">Function that sets the initial weights of a network.</param>
public sealed record CollapseSetup(
    string Name, string Description, TrainingConfig Plain, double Gamma, Func<int, GaussianModesData> NewData,
    Func<nn.Module<Tensor, Tensor>> NewGenerator, Func<int, bool, bool, nn.Module<Tensor, Tensor>> NewDiscriminator,
    Action<nn.Module, Generator> Initialize)
{
    private const int Width = 128, RecipeNoise = 16, MaxoutPieces = 5;
    private const double InitialSigma = 0.02;
    private static readonly int[] RecipeWidths = [Width, Width], PacGanGenerator = [400, 400, 400, 400],
        PacGanDiscriminator = [200, 200, 200];

    private static readonly TrainingConfig RecipePlain = new()
    {
        Steps = 1, BatchSize = 128, NoiseDimension = RecipeNoise, Loss = new NonSaturatingLoss(), RecordEvery = 100,
        DiscriminatorOptimizer = new AdamConfig(3e-4), GeneratorOptimizer = new AdamConfig(1e-3),
    };

    private static readonly TrainingConfig PacGanPlain = new()
    {
        Steps = 1, BatchSize = 100, NoiseDimension = 2, Loss = new NonSaturatingLoss(), RecordEvery = 100,
        DiscriminatorOptimizer = new AdamConfig(1e-4, 0.8), GeneratorOptimizer = new AdamConfig(1e-4, 0.8),
    };

    /// <summary>
    /// A recipe that collapses. The data are a ring of 8 modes with radius 2 and σ = 0.05. Both networks have two layers of 128 ReLU
    /// units, and z is in R¹⁶. The learning rate of G is more than three times that of D.
    /// </summary>
    public static CollapseSetup CollapsingRing { get; } = Recipe(
        "collapsing-ring",
        "ring of 8, radius 2, σ = 0.05; networks 2 × 128 ReLU, z in R¹⁶, batch 128, Adam 1e-3 (G) and 3e-4 (D), β₁ = 0.5", RecipePlain,
        seed => new RingData(8, 2, 0.05, seed));

    /// <summary>
    /// A grid of 25 modes with the networks of <see cref="CollapsingRing"/>. Both learning rates are equal and fall along half a cosine.
    /// </summary>
    public static CollapseSetup SmallGrid { get; } = Recipe(
        "small-grid",
        "grid of 5 × 5, step 2, σ = 0.05; networks 2 × 128 ReLU, z in R¹⁶, batch 128, Adam 1e-3 for both, falling to 2 %, β₁ = 0.5",
        RecipePlain with { DiscriminatorOptimizer = RecipePlain.GeneratorOptimizer, FinalLearningRate = 0.02 },
        seed => new GridData(seed: seed));

    /// <summary>
    /// PacGAN's ring (Lin et al. 2018, their public configuration): radius 1, σ = 0.01. G: z in R², four layers of 400, batch
    /// normalisation, ReLU. D: three maxout layers of 200 units with 5 pieces. Weights are drawn from N(0, 0.02²). Two things differ from
    /// their program: the players are updated in turn, each on fresh noise, and batch normalisation uses all samples of a batch of packs
    /// together. Their runs have 400,000 steps.
    /// </summary>
    public static CollapseSetup PacGanRing { get; } =
        PacGan("pacgan-ring", "ring of 8, radius 1, σ = 0.01", seed => new RingData(8, 1, 0.01, seed));

    /// <summary>PacGAN's grid, with the networks and settings of <see cref="PacGanRing"/>.</summary>
    public static CollapseSetup PacGanGrid { get; } =
        PacGan("pacgan-grid", "grid of 5 × 5, step 2, σ = 0.05", seed => new GridData(seed: seed));

    /// <summary>All set-ups.</summary>
    public static IReadOnlyList<CollapseSetup> All { get; } = [CollapsingRing, SmallGrid, PacGanRing, PacGanGrid];

    private static CollapseSetup Recipe(string name, string description, TrainingConfig plain, Func<int, GaussianModesData> newData) => new(
        name, description, plain, Gamma: 1, newData,
        () => new MultilayerPerceptron(RecipeNoise, RecipeWidths, [2]),
        (inputs, spectral, deviation) => new MultilayerPerceptron(inputs, RecipeWidths, [1], spectralNorm: spectral,
            minibatchDeviation: deviation),
        (network, weights) => network.UniformFanIn(weights));

    private static CollapseSetup PacGan(string name, string data, Func<int, GaussianModesData> newData) => new(
        name, $"{data}; G 4 × 400 with batch norm, D maxout 3 × 200 × 5, z in R², batch 100, Adam 1e-4 for both, β₁ = 0.8", PacGanPlain,
        Gamma: 0.1, newData,
        () => new MultilayerPerceptron(2, PacGanGenerator, [2], batchNorm: true),
        (inputs, spectral, deviation) => new MaxoutPerceptron(inputs, PacGanDiscriminator, MaxoutPieces, spectral, deviation),
        (network, weights) => network.Normal(weights, InitialSigma));
}
