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
    /// <summary>
    /// Number of points of the training set, drawn once and then shown in random order; null for fresh points in every batch.
    /// </summary>
    public int? TrainingPoints { get; init; }

    /// <summary>
    /// The <see cref="RecipeModel"/> with the networks of the set-up, by which its methods can be trained on other points; null if there is
    /// none.
    /// </summary>
    public string? Model { get; init; }

    private const int Width = 128, RecipeNoise = 16, MaxoutPieces = 5, PacGanPoints = 100_000;
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
    /// A recipe whose samples rotate around the ring, shown for 3,000 steps. The data are a ring of 8 modes with radius 2 and σ = 0.05.
    /// Both networks have two layers of 128 ReLU units, and z is in R¹⁶. The learning rate of G is more than three times that of D.
    /// </summary>
    public static CollapseSetup RotatingRing { get; } = Recipe(
        "rotating-ring",
        "ring of 8, radius 2, σ = 0.05; networks 2 × 128 ReLU, z in R¹⁶, batch 128, Adam 1e-3 (G) and 3e-4 (D), β₁ = 0.5", RecipePlain,
        seed => new RingData(8, 2, 0.05, seed));

    /// <summary>
    /// A recipe that drops modes, shown after 9,000 steps: <see cref="RotatingRing"/> with a generator that learns at a third of D's rate.
    /// </summary>
    public static CollapseSetup DroppedModes { get; } = Recipe(
        "dropped-modes",
        "ring of 8, radius 2, σ = 0.05; networks 2 × 128 ReLU, z in R¹⁶, batch 128, Adam 1e-4 (G) and 3e-4 (D), β₁ = 0.5",
        RecipePlain with { GeneratorOptimizer = new AdamConfig(1e-4) }, seed => new RingData(8, 2, 0.05, seed));

    /// <summary>
    /// A grid of 25 modes with the networks of <see cref="RotatingRing"/>. Both learning rates are equal and fall along half a cosine.
    /// </summary>
    public static CollapseSetup SmallGrid { get; } = Recipe(
        "small-grid",
        "grid of 5 × 5, step 2, σ = 0.05; networks 2 × 128 ReLU, z in R¹⁶, batch 128, Adam 1e-3 for both, falling to 2 %, β₁ = 0.5",
        RecipePlain with { DiscriminatorOptimizer = RecipePlain.GeneratorOptimizer, FinalLearningRate = 0.02 },
        seed => new GridData(seed: seed));

    /// <summary>
    /// PacGAN's ring (Lin et al. 2018, their public configuration): radius 1, σ = 0.01. G: z in R², four layers of 400, batch
    /// normalisation, ReLU. D: three maxout layers of 200 units with 5 pieces. Weights are drawn from N(0, 0.02²). Three things differ from
    /// their program: the players are updated in turn, each on fresh noise; every batch has fresh points of data; and batch normalisation
    /// uses all samples of a batch of packs together. Their runs have 400,000 steps.
    /// </summary>
    public static CollapseSetup PacGanRing { get; } =
        PacGan("pacgan-ring", "ring of 8, radius 1, σ = 0.01", seed => new RingData(8, 1, 0.01, seed));

    /// <summary>
    /// <see cref="PacGanRing"/> as in PacGAN's program: both players are updated at once on the same fakes, and the data are 100,000 fixed
    /// points. One thing still differs: their program normalises each of the m noise batches of a pack apart.
    /// </summary>
    public static CollapseSetup PacGanSimultaneous { get; } = PacGanRing with
    {
        Name = "pacgan-simultaneous",
        Description = PacGanRing.Description + ", both players at once, 100,000 fixed points",
        Plain = PacGanPlain with { Order = UpdateOrder.Simultaneous },
        TrainingPoints = PacGanPoints,
    };

    /// <summary>The control of <see cref="PacGanSimultaneous"/>: the same with updates in turn, as in Algorithm 1.</summary>
    public static CollapseSetup PacGanAlternating { get; } = PacGanRing with
    {
        Name = "pacgan-alternating",
        Description = PacGanRing.Description + ", players in turn, 100,000 fixed points",
        TrainingPoints = PacGanPoints,
    };

    /// <summary>PacGAN's grid, with the networks and settings of <see cref="PacGanRing"/>.</summary>
    public static CollapseSetup PacGanGrid { get; } =
        PacGan("pacgan-grid", "grid of 5 × 5, step 2, σ = 0.05", seed => new GridData(seed: seed));

    /// <summary>All set-ups.</summary>
    public static IReadOnlyList<CollapseSetup> All { get; } =
        [RotatingRing, DroppedModes, SmallGrid, PacGanRing, PacGanSimultaneous, PacGanAlternating, PacGanGrid];

    /// <summary>Returns the batches to train on: fresh points of the law, or those of a fixed training set.</summary>
    /// <param name="law">Data of the set-up, from <see cref="NewData"/>. A fixed set draws its points from them.</param>
    /// <param name="seed">Seed of the order of a fixed set.</param>
    public IBatchSource TrainingSet(GaussianModesData law, int seed) =>
        TrainingPoints is { } count ? new FixedPoints(law, count, seed) : law;

    private static CollapseSetup Recipe(string name, string description, TrainingConfig plain, Func<int, GaussianModesData> newData) => new(
        name, description, plain, Gamma: 1, newData,
        () => new MultilayerPerceptron(RecipeNoise, RecipeWidths, [2]),
        (inputs, spectral, deviation) => new MultilayerPerceptron(inputs, RecipeWidths, [1], spectralNorm: spectral,
            minibatchDeviation: deviation),
        (network, weights) => network.UniformFanIn(weights))
    {
        Model = "plain",
    };

    private static CollapseSetup PacGan(string name, string data, Func<int, GaussianModesData> newData) => new(
        name, $"{data}; G 4 × 400 with batch norm, D maxout 3 × 200 × 5, z in R², batch 100, Adam 1e-4 for both, β₁ = 0.8", PacGanPlain,
        Gamma: 0.1, newData,
        () => new MultilayerPerceptron(2, PacGanGenerator, [2], batchNorm: true),
        (inputs, spectral, deviation) => new MaxoutPerceptron(inputs, PacGanDiscriminator, MaxoutPieces, spectral, deviation),
        (network, weights) => network.Normal(weights, InitialSigma));
}
