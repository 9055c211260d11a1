using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The small DCGAN of <see cref="DataEfficiencyStudy"/>. Everything but the method is the same for every number of images. R1 refuses batch
/// normalisation in D. Its row therefore has a D without, and a row of its own shows that D without R1: R1 is to be compared with this one.
/// </summary>
public sealed record DataEfficiencyRecipe
{
    private const int Noise = 64, HalfLifeSteps = 200;
    private const double GeneratorRate = 2e-3, DiscriminatorRate = 1e-3, Gamma = 1, ImagesPerUnit = 10_000;

    /// <summary>Width of both networks, in channels.</summary>
    public int Width { get; init; } = 16;

    /// <summary>Number of images in a batch.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Number of updates of G.</summary>
    public int Steps { get; init; } = 3000;

    /// <summary>The settings of a run. They are the same for every number of images.</summary>
    /// <param name="method">One of <see cref="RecordedDataEfficiency.Methods"/>.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public TrainingConfig Config(string method, int seed)
    {
        var plain = new TrainingConfig
        {
            Steps = Steps, BatchSize = Batch, NoiseDimension = Noise, Seed = seed, RecordEvery = 50, FinalLearningRate = 0.02,
            AverageHalfLife = HalfLifeSteps * Batch, DiscriminatorOptimizer = new AdamConfig(DiscriminatorRate),
            GeneratorOptimizer = new AdamConfig(GeneratorRate),
        };
        return method switch
        {
            RecordedDataEfficiency.Plain or RecordedDataEfficiency.Bare => plain,
            RecordedDataEfficiency.Translation => plain with { Augmentation = new Augmentation() },
            RecordedDataEfficiency.Black => plain with { Augmentation = new Augmentation { Fill = -1 } },
            RecordedDataEfficiency.Cutout => plain with { Augmentation = new Augmentation { Cutout = 0.5 } },
            RecordedDataEfficiency.R1 => plain with { Penalty = ZeroCenteredGradientPenalty.R1(Gamma) },
            RecordedDataEfficiency.Adaptive => plain with
            {
                Augmentation = new Augmentation { Cutout = 0.5, Adaptive = new AdaptiveProbability(ImagesPerUnit: ImagesPerUnit) },
            },
            _ => throw new ArgumentException(
                $"no method is called '{method}'; there are {string.Join(", ", RecordedDataEfficiency.Methods)}", nameof(method)),
        };
    }

    /// <summary>Creates a trainer at the start of a run.</summary>
    /// <param name="method">One of <see cref="RecordedDataEfficiency.Methods"/>.</param>
    /// <param name="images">The training images.</param>
    /// <param name="seed">Seed of weights, noise and the order of the images.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public Trainer Create(string method, ImageDataset images, int seed)
    {
        var config = Config(method, seed);
        using var weights = new Generator((ulong)config.Seed);
        return new Trainer(config,
            new DcganGenerator(noise: config.NoiseDimension, width: Width, extraLayer: true).Dcgan(weights),
            new DcganDiscriminator(width: Width, batchNorm: HasBatchNorm(method), extraLayer: true).Dcgan(weights),
            DeviceBatches.Of(images, config.Seed, CPU), CPU);
    }

    private static bool HasBatchNorm(string method) => method is not (RecordedDataEfficiency.R1 or RecordedDataEfficiency.Bare);

    /// <summary>Chooses the training images of a run at random: the same for all methods, and those of a smaller n are among those of a
    /// larger one.</summary>
    /// <param name="train">All training images.</param>
    /// <param name="count">Number of images, n.</param>
    /// <param name="seed">Seed of the run.</param>
    public static ImageDataset Subset(ImageDataset train, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(train);
        int[] order = new SeededRandom(seed).NextPermutation(train.Count);
        return train.Select([.. order.Take(count).Select(i => (long)i)]);
    }
}
