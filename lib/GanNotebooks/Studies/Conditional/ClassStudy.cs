using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains small conditional DCGANs that are told a class, by three methods that use four ways, and their controls, on digits; and one
/// on garments. Each finished run is one file and is not computed again; an interrupted run continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/class-conditional</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs. A finished run keeps the weights of its averaged generator
/// there.</param>
public sealed class ClassStudy(string results, string scratch) : Study<RecordedClasses, ClassEvaluation>(results, scratch)
{
    /// <summary>Names of the methods. <see cref="Shuffled"/> is <see cref="Projection"/> on permuted labels, and in
    /// <see cref="Ignored"/> the discriminator does not see the class: two controls.</summary>
    public const string Concatenation = "concatenation", Projection = "projection", Auxiliary = "auxiliary classifier",
        Shuffled = "projection, shuffled labels", Ignored = "projection, D without class", Garments = "projection, garments";

    /// <summary>Number of values in one z.</summary>
    public const int NoiseDimension = 64;

    private const int Width = 32, Samples = 10_000, Moments = 4, Pictures = 100, EpochsOnSamples = 8;

    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Projection, Garments, Concatenation, Auxiliary, Shuffled, Ignored];

    /// <summary>Number of updates of G.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Creates the two networks of a method before their training.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public static (ConditionalNetwork Generator, ConditionalNetwork Discriminator) Networks(string method, int seed)
    {
        if (!Methods.Contains(method))
            throw new ArgumentException($"no method is called '{method}'; there are {string.Join(", ", Methods)}", nameof(method));
        using var weights = new Generator((ulong)seed);
        int classes = LabelledImages.Classes;
        if (method == Concatenation)
        {
            return (new ConcatenatedCondition(new DcganGenerator(noise: NoiseDimension + classes, width: Width, extraLayer: true))
                    .Dcgan(weights),
                new ConcatenatedCondition(new DcganDiscriminator(width: Width, extraLayer: true, packing: 1 + classes)).Dcgan(weights));
        }
        var generator = new ConditionalDcganGenerator(classes, noise: NoiseDimension, width: Width, extraLayer: true).Dcgan(weights);
        if (method == Ignored)
            return (generator, new IgnoredCondition(new DcganDiscriminator(width: Width, extraLayer: true)).Dcgan(weights));
        var features = new DcganFeatures(width: Width, extraLayer: true);
        return (generator, method == Auxiliary
            ? new AuxiliaryDiscriminator(features, features.Count, classes).Dcgan(weights)
            : new ProjectionDiscriminator(features, features.Count, classes).Dcgan(weights));
    }

    /// <summary>Creates a trainer at the start of a run: the rates of the workbook's DCGAN, and an average of G.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="data">The training images.</param>
    /// <param name="seed">Seed of weights, noise and order.</param>
    /// <param name="steps">Number of updates of G.</param>
    public static Trainer Create(string method, ImageDataset data, int seed, int steps)
    {
        var (generator, discriminator) = Networks(method, seed);
        IConditionedBatches pairs = new LabelledImages(data, seed);
        var config = new TrainingConfig
        {
            Steps = steps, BatchSize = 64, NoiseDimension = NoiseDimension, Seed = seed, RecordEvery = 50, AverageHalfLife = 10_000,
            DiscriminatorOptimizer = new AdamConfig(2e-4), GeneratorOptimizer = new AdamConfig(1e-3), FinalLearningRate = 0.02,
            AuxiliaryWeight = method == Auxiliary ? 1 : 0,
        };
        return new Trainer(config, generator, discriminator, method == Shuffled ? new ShuffledPairs(pairs) : pairs);
    }

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="methods">Names of the methods.</param>
    /// <param name="seeds">The seeds to run each with.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(seeds);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            using var evaluator = new Evaluator(method == Garments);
            string name = string.Create(CultureInfo.InvariantCulture, $"{FileName(method)}-seed{seed}");
            string images = "";
            double onSamples = double.NaN;
            var run = Record(name, $"{method}, seed {seed}", Moments, () => Create(method, evaluator.Train, seed, Steps),
                evaluator.Evaluate,
                (trajectory, seconds, description) =>
                    new RecordedClasses(method, seed, Steps, trajectory, images, onSamples, seconds, description),
                (trainer, folder) =>
                {
                    using var scope = NewDisposeScope();
                    images = Convert.ToBase64String(
                        ImageTensors.ToBytes(trainer.Sample(Pictures, averaged: true)).contiguous().bytes.ToArray());
                    onSamples = evaluator.TrainedOn(trainer.Sample(Samples, averaged: true));
                    trainer.WithAverage(g => Safetensors.Write(Path.Combine(folder, FileName(method) + ".safetensors"),
                        g.state_dict().ToDictionary(e => e.Key, e => e.Value.is_floating_point() ? e.Value.to(bfloat16) : e.Value)));
                });
            if (run is not null)
            {
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: agreement {run.End.Agreement:F4}, permuted ")
                    + string.Create(CultureInfo.InvariantCulture, $"{run.End.Permuted:F3}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"variance {run.End.VarianceRatios.Average():F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"Fréchet {run.End.Frechet:F2}, trained on samples {onSamples:F4}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"{run.Seconds:F0} s"));
            }
        }
    }

    internal static string FileName(string method) =>
        method.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant();

    private sealed class Evaluator(bool garments) : IDisposable
    {
        private FeatureNetwork? classifier;
        private FeatureSet? features;
        private double[]? variances;

        public ImageDataset Train { get; } = garments ? FashionMnist.Train() : Mnist.Train();

        public ImageDataset Test { get; } = garments ? FashionMnist.Test() : Mnist.Test();

        private FeatureNetwork Classifier => classifier ??= garments ? RecordedClassifier.Fashion() : RecordedClassifier.Digits();

        public ClassEvaluation Evaluate(Trainer trainer)
        {
            using var scope = NewDisposeScope();
            variances ??= ClassFidelity.Variances(
                ImageTensors.FromBytes(Train.ToByteTensor()), [.. Train.Labels.ToArray().Select(l => (int)l)], LabelledImages.Classes);
            features ??= Classifier.Features(ImageTensors.FromBytes(Test.ToByteTensor()));
            var samples = trainer.Sample(Samples, averaged: true);
            var fidelity = ClassFidelity.Of(Classifier, samples, Requests, variances);
            using var own = Classifier.Features(samples);
            return new ClassEvaluation(trainer.Step, Rounded(fidelity.Agreement), Rounded(fidelity.Permuted),
                [.. fidelity.VarianceRatios.Select(Rounded)], Rounded(FrechetDistance.Between(features, own).Value));
        }

        /// <summary>Accuracy on the test images of a LeNet that was trained on samples.</summary>
        public double TrainedOn(Tensor samples)
        {
            using var scope = NewDisposeScope();
            byte[] pixels = ImageTensors.ToBytes(samples).contiguous().bytes.ToArray();
            var data = ImageDataset.FromIdx("samples", new IdxArray("samples", [Samples, 28, 28], pixels),
                new IdxArray("requests", [Samples], [.. Requests.Select(c => (byte)c)]), Train.ClassNames);
            using var network = new FeatureNetwork(new ClassifierTraining(EpochsOnSamples).Train(data), "trained on samples");
            return Rounded(network.Accuracy(Test));
        }

        public void Dispose()
        {
            classifier?.Dispose();
            features?.Dispose();
        }

        private static int[] Requests => [.. Enumerable.Range(0, Samples).Select(n => n % LabelledImages.Classes)];

        private static double Rounded(MeanWithError value) => Rounded(value.Value);

        private static double Rounded(double value) => Math.Round(value, 5);
    }
}
