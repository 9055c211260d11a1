using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Networks and settings of <see cref="FrameStudy"/>: the next frame of bouncing digits, by a conditional GAN or by a distance alone.
/// </summary>
/// <param name="Steps">Number of updates of G.</param>
public sealed record FrameRecipe(int Steps = 1500)
{
    /// <summary>Names of the methods. The last is a control: the conditions are permuted within each batch.</summary>
    public const string Gan = "GAN", L1 = "L1", L2 = "L2", Shuffled = "GAN, shuffled pairs";

    /// <summary>Numbers in one z, and the probability of down in the data.</summary>
    public const int Noise = 4;

    /// <summary>The probability that the digit turns down.</summary>
    public const double Down = 0.7;

    private const int Batch = 64, Frames = 2, Reach = 2, Digits = 5000;
    private const double DiscriminatorRate = 4e-3, GeneratorRate = 1.5e-3, Gamma = 0.02;

    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Gan, L1, L2, Shuffled];

    /// <summary>Creates a generator before its training.</summary>
    /// <param name="weights">Source of the initial weights.</param>
    public static DisplacementGenerator CreateGenerator(Generator weights) =>
        new DisplacementGenerator(Frames, BouncingDigits.Side, Noise, Reach).UniformFanIn(weights);

    /// <summary>Creates the data: the first 5,000 digits of a set.</summary>
    /// <param name="digits">The images.</param>
    /// <param name="seed">Seed of the motion.</param>
    public static BouncingDigits Data(ImageDataset digits, int seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return new BouncingDigits(digits.Take(Math.Min(Digits, digits.Count)), Down, seed);
    }

    /// <summary>Returns the settings of a run.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public TrainingConfig Config(string method, int seed)
    {
        var plain = new TrainingConfig
        {
            Steps = Steps, BatchSize = Batch, NoiseDimension = Noise, Seed = seed, RecordEvery = 50, FinalLearningRate = 0.2,
            DiscriminatorOptimizer = new AdamConfig(DiscriminatorRate), GeneratorOptimizer = new AdamConfig(GeneratorRate),
            Penalty = ZeroCenteredGradientPenalty.R1(Gamma),
        };
        return method switch
        {
            Gan or Shuffled => plain,
            L1 => plain with { Reconstruction = new ReconstructionTerm(1, PairDistance.L1, AdversarialWeight: 0) },
            L2 => plain with { Reconstruction = new ReconstructionTerm(1, PairDistance.L2, AdversarialWeight: 0) },
            _ => throw new ArgumentException($"no method is called '{method}'; there are {string.Join("; ", Methods)}", nameof(method)),
        };
    }

    /// <summary>Creates a trainer at the start of a run.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="digits">The training images.</param>
    /// <param name="seed">Seed of weights, noise and data.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public Trainer Create(string method, ImageDataset digits, int seed)
    {
        var config = Config(method, seed);
        using var weights = new Generator((ulong)seed);
        var g = CreateGenerator(weights);
        var d = new DisplacementDiscriminator(Frames, BouncingDigits.Side, Reach).UniformFanIn(weights);
        IConditionedBatches data = Data(digits, seed);
        return new Trainer(config, g, d, method == Shuffled ? new ShuffledPairs(data) : data);
    }
}
