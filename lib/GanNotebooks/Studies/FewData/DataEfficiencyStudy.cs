using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains one small DCGAN on few and on many digits, with and without augmentation. Each finished run is one file and is not computed
/// again; an interrupted run continues. R1 refuses batch normalisation in D. Its row therefore has a D without, and a row of its own shows
/// that D without R1: R1 is to be compared with this one.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/data-efficiency</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class DataEfficiencyStudy(string results, string scratch)
    : Study<RecordedDataEfficiency, DataEfficiencyEvaluation>(results, scratch)
{
    private const int Noise = 64, Pictures = 64, Moments = 4;
    private const double GeneratorRate = 2e-3, DiscriminatorRate = 1e-3, Gamma = 1, ImagesPerUnit = 10_000;

    /// <summary>All cells of the table, the most telling ones first.</summary>
    public static IReadOnlyList<(int Count, string Method)> Cells { get; } =
    [
        .. Of([100, 60_000, 1000], Compared),
        .. Of([1000], [RecordedDataEfficiency.Black]),
        .. Of([300], Compared),
        .. Of([100], Others),
        .. Of([10_000, 3000], Compared),
        .. Of([60_000, 300, 10_000, 3000], Others),
        .. Of([1000], Others.Skip(1)),
    ];

    private static IReadOnlyList<string> Compared =>
        [RecordedDataEfficiency.Plain, RecordedDataEfficiency.Translation, RecordedDataEfficiency.Adaptive];

    private static IEnumerable<string> Others => [RecordedDataEfficiency.Black, .. RecordedDataEfficiency.Methods.Except(
        [.. Compared, RecordedDataEfficiency.Black])];

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
            AverageHalfLife = 200 * Batch, DiscriminatorOptimizer = new AdamConfig(DiscriminatorRate),
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

    /// <summary>Computes the runs that are not recorded yet, in the order given: first by count, then by seed.</summary>
    /// <param name="train">The 60,000 training images.</param>
    /// <param name="test">The test images.</param>
    /// <param name="cells">Numbers of images with the methods to train on them.</param>
    /// <param name="seeds">The seeds to run each with.</param>
    public void Run(ImageDataset train, ImageDataset test, IEnumerable<(int Count, string Method)> cells, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        using var classifier = RecordedClassifier.Digits();
        foreach (var (seed, (count, method)) in cells.SelectMany(c => seeds.Select(s => (s, c))))
            RunOne(train, test, classifier, count, method, seed);
    }

    private void RunOne(ImageDataset train, ImageDataset test, FeatureNetwork classifier, int count, string method, int seed)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{count}-{method.Replace(" + ", "-").Replace(", ", "-").Replace(' ', '-')}-seed{seed}");
        var images = Subset(train, count, seed);
        DataEfficiencyEvaluator? evaluator = null; // a finished run needs none
        string digits = "";
        try
        {
            var run = Record(name, $"{count:N0} digits, {method}, seed {seed}", Moments, () => Create(method, images, seed),
                t => (evaluator ??= new DataEfficiencyEvaluator(classifier, images, test)).Evaluate(t),
                (trajectory, seconds, description) =>
                    new RecordedDataEfficiency(count, method, seed, Steps, trajectory, digits, seconds, description),
                (trainer, _) => digits = Packed(trainer));
            if (run is not null)
            {
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: AUC {run.End.Auc:F3}, r_t {run.End.TrainingSign:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"to test {run.End.ToTest:F2}, to train {run.End.ToTraining:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"to pool {run.End.ToPool:F2}, p {run.End.Probability:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"prefers {run.End.Preference:F3}, {run.Seconds:F0} s"));
            }
        }
        finally
        {
            evaluator?.Dispose();
        }
    }

    private static IEnumerable<(int Count, string Method)> Of(int[] counts, IEnumerable<string> methods) =>
        counts.SelectMany(n => methods.Select(m => (n, m)));

    private static string Packed(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        return Convert.ToBase64String(
            ImageTensors.ToBytes(trainer.Sample(Pictures, averaged: true)).contiguous().bytes.ToArray());
    }
}
