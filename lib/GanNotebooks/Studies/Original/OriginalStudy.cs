using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains the networks of the first GAN on MNIST with the settings of the authors' program (Goodfellow et al. 2014; <c>mnist.yaml</c> and
/// <c>AdversaryCost2</c> of github.com/goodfeli/adversarial), and measures them as their <c>parzen_ll.py</c> does. The program names no
/// last epoch: it saves after each epoch and runs until it is stopped.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/original-mnist</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class OriginalStudy(string results, string scratch) : Study<RecordedOriginal, OriginalEvaluation>(results, scratch)
{
    private const int Batch = 100, Noise = 100, TrainCount = 50_000, ValidationCount = 1000, ImageSide = 28, Digits = 100;
    private const double Rate = 0.1, Momentum = 0.5, FinalMomentum = 0.7, Decay = 1.000004, Floor = 1e-6;
    private const int RampEpochs = 250;

    /// <summary>Names of the variants: both players at once as in the program, and in turn as in Algorithm 1 of the paper.</summary>
    public const string Program = "program", Paper = "paper";

    /// <summary>All variants.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Program, Paper];

    /// <summary>Number of updates in one epoch of the authors' 50,000 images.</summary>
    public static int StepsPerEpoch => TrainCount / Batch;

    /// <summary>Number of evaluations during a run, in addition to the one at the start.</summary>
    public int Moments { get; init; } = 10;

    /// <summary>Number of samples whose Parzen window is measured; 10,000 in the authors' program.</summary>
    public int Samples { get; init; } = 10_000;

    /// <summary>Number of test images that measure the window during the run. The last evaluation takes all of them.</summary>
    public int TestImages { get; init; } = 2000;

    /// <summary>The settings of a run.</summary>
    /// <param name="method"><see cref="Program"/> or <see cref="Paper"/>.</param>
    /// <param name="seed">Seed of data order, noise and dropout.</param>
    /// <param name="steps">Number of updates of G.</param>
    /// <exception cref="ArgumentException">No variant has this name.</exception>
    public static TrainingConfig Config(string method, int seed, int steps)
    {
        if (!Methods.Contains(method))
            throw new ArgumentException($"no variant is called '{method}'; there are {string.Join(", ", Methods)}", nameof(method));
        // The program halves D's loss. For this optimiser that is half the step size.
        static MomentumConfig Descent(double rate) => new(rate, Momentum)
        {
            FinalMomentum = FinalMomentum, RampSteps = (long)RampEpochs * StepsPerEpoch, Decay = Decay, Floor = Floor,
        };
        return new TrainingConfig
        {
            Steps = steps, BatchSize = Batch, NoiseDimension = Noise, Noise = NoiseKind.UnitUniform, Seed = seed, RecordEvery = 500,
            Order = method == Program ? UpdateOrder.Simultaneous : UpdateOrder.Alternating,
            DiscriminatorOptimizer = Descent(Rate / 2), GeneratorOptimizer = Descent(Rate),
        };
    }

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="train">The 60,000 training images; the last 10,000 are for validation, as in the authors' program.</param>
    /// <param name="test">The test images.</param>
    /// <param name="methods">Names of the variants.</param>
    /// <param name="seeds">The seeds to run each of them with.</param>
    /// <param name="steps">Number of updates of G.</param>
    public void Run(ImageDataset train, ImageDataset test, IReadOnlyList<string> methods, IReadOnlyList<int> seeds, int steps)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        using var classifier = RecordedClassifier.Digits();
        var held = train.Select([.. Enumerable.Range(TrainCount, ValidationCount).Select(i => (long)i)]);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method}-{steps}-seed{seed}");
            string digits = "";
            var run = Record(name, $"the networks of 2014, {method}, seed {seed}", Moments,
                () => Create(train, Config(method, seed, steps)),
                t => Measure(t, held, t.Step == steps ? test : test.Take(Math.Min(TestImages, test.Count)), classifier),
                (trajectory, seconds, description) =>
                    new RecordedOriginal(method, seed, steps, StepsPerEpoch, trajectory, digits, seconds, description),
                (trainer, folder) =>
                {
                    digits = Packed(trainer);
                    WriteSamples(trainer, Path.Combine(folder, RecordedSamples.FileName));
                });
            if (run is not null)
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: {run.End.Value:F1} nats, {run.Seconds:F0} s"));
        }
    }

    /// <summary>Writes samples of a finished run to a file of images (<see cref="RecordedSamples"/>).</summary>
    /// <param name="trainer">The finished run.</param>
    /// <param name="file">Path of the file.</param>
    public static void WriteSamples(Trainer trainer, string file)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        var bytes = ImageTensors.ToBytes(trainer.Sample(RecordedSamples.Count)).contiguous();
        IdxWriter.Write(file, bytes.bytes, ImageSide, ImageSide);
    }

    /// <summary>Creates the trainer of a run.</summary>
    /// <param name="train">The training images, at least the 50,000 that the authors' program trains on.</param>
    /// <param name="config">The settings.</param>
    public static Trainer Create(ImageDataset train, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(config);
        var images = train.Take(TrainCount);
        using var weights = new Generator((ulong)config.Seed);
        using var pixels = images.ToTensor();
        return new Trainer(config, Goodfellow2014Mlp.OriginalGenerator(weights, pixels, Noise),
            Goodfellow2014Mlp.OriginalDiscriminator(weights, ImageSide, config.Seed), DeviceBatches.Of(images, config.Seed, CPU), CPU);
    }

    private OriginalEvaluation Measure(Trainer trainer, ImageDataset held, ImageDataset test, FeatureNetwork classifier)
    {
        using var scope = NewDisposeScope();
        var images = trainer.Sample(Samples);
        var window = ParzenWindow.Evaluate(
            ParzenWindow.UnitPixels(images), ParzenWindow.UnitPixels(held.ToTensor()), ParzenWindow.UnitPixels(test.ToTensor()));
        var probabilities = classifier.Logits(images).softmax(1).max(1);
        int[] labels = [.. probabilities.indexes.data<long>().ToArray().GroupBy(l => l).OrderBy(g => g.Key).Select(g => g.Count())];
        return new OriginalEvaluation(trainer.Step, window.MeanLogDensity.Value, window.MeanLogDensity.StandardError, window.Sigma,
            window.Samples, window.TestCount, probabilities.values.mean().item<float>(), labels);
    }

    private static string Packed(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        return Convert.ToBase64String(ImageTensors.ToBytes(trainer.Sample(Digits)).contiguous().bytes.ToArray());
    }
}
