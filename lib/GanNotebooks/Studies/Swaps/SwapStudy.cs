using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.LatentModels;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains the deepfake autoencoder on two classes, 4 and 9 of MNIST, with the two layouts that are its controls; and once more on sneakers
/// and ankle boots of Fashion-MNIST, if that data set is there. At the end a detector learns to tell swapped images from real ones.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/digit-swap</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs. The finished swap of digits keeps its weights there.</param>
public sealed class SwapStudy(string results, string scratch) : Study<RecordedSwap, SwapEvaluation>(results, scratch)
{
    /// <summary>Names of the methods.</summary>
    public const string Shared = "shared encoder", OneDecoder = "one decoder", Separate = "separate encoders",
        Shoes = "sneakers and boots";

    /// <summary>The two classes of digits, and of clothes.</summary>
    public const int Four = 4, Nine = 9, Sneaker = 7, Boot = 9;

    private const int Batch = 64, Moments = 4, Code = 8, Hidden = 96, DetectorSteps = 600, DetectorHidden = 64;

    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Shared, OneDecoder, Separate, Shoes];

    /// <summary>Number of updates.</summary>
    public int Steps { get; init; } = 4000;

    /// <summary>Creates a swap autoencoder before its training: 784-96-8 and back, ReLU, tanh at the end.</summary>
    /// <param name="layout">Which parts the two classes share.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    public static SwapAutoencoder Create(SwapLayout layout, int seed)
    {
        using var weights = new Generator((ulong)seed);
        return new SwapAutoencoder([1, 28, 28], [Hidden], Code, layout, weights);
    }

    /// <summary>Returns the settings of a run: Adam, 2·10⁻³, falling to a hundredth.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="steps">Number of updates.</param>
    public static ModelConfig Config(int seed, int steps) => new()
    {
        Steps = steps, BatchSize = Batch, Seed = seed, RecordEvery = 50, FinalLearningRate = 0.01,
        Optimizer = new AdamConfig(2e-3, Beta1: 0.9),
    };

    /// <summary>Trains a detector: a perceptron with one hidden layer of 64 units.</summary>
    /// <param name="real">Real images, [N, 1, H, W].</param>
    /// <param name="generated">Generated images, [M, 1, H, W].</param>
    /// <param name="seed">Seed of weights and batches.</param>
    /// <param name="steps">Number of updates.</param>
    /// <returns>The detector; the caller disposes its network.</returns>
    public static Detector Detect(Tensor real, Tensor generated, int seed, int steps = DetectorSteps)
    {
        ArgumentNullException.ThrowIfNull(real);
        using var weights = new Generator((ulong)seed);
        int inputs = (int)real[0].numel();
        var detector = new Detector(
            new MultilayerPerceptron(inputs, [DetectorHidden], [1], Activation.LeakyReLU).UniformFanIn(weights));
        var config = new ModelConfig
        {
            Steps = steps, BatchSize = Batch, Seed = seed, FinalLearningRate = 0.01, Optimizer = new AdamConfig(2e-3, Beta1: 0.9),
        };
        using var trainer = new ModelTrainer(config, detector, new TwoSets("real and generated", real, generated, seed));
        trainer.Run(title: "detector");
        return detector;
    }

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="methods">Names of the methods.</param>
    /// <param name="seeds">The seeds to run each of them with.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(methods);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            bool shoes = method == Shoes;
            if (shoes && !FashionMnist.IsAvailable())
                Log($"{method}: Fashion-MNIST is not there, so that nothing is computed");
            else if (shoes)
                RunOne(method, seed, new Classes(FashionMnist.Train(), FashionMnist.Test(), Sneaker, Boot), RecordedClassifier.Fashion);
            else
                RunOne(method, seed, new Classes(Mnist.Train(), Mnist.Test(), Four, Nine), RecordedClassifier.Digits);
        }
    }

    private void RunOne(string method, int seed, Classes data, Func<FeatureNetwork> load)
    {
        using var scope = NewDisposeScope();
        using var classifier = load();
        var images = new Images(Of(data.Train, data.First), Of(data.Train, data.Second), Of(data.Test, data.First),
            Of(data.Test, data.Second));
        var layout = method switch
        {
            Shared or Shoes => SwapLayout.SharedEncoder,
            OneDecoder => SwapLayout.OneDecoder,
            Separate => SwapLayout.SeparateEncoders,
            _ => throw new ArgumentException($"no method is called '{method}'; there are {string.Join(", ", Methods)}", nameof(method)),
        };
        string name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{Steps}-seed{seed}");
        var run = Record(name, $"{method}, seed {seed}", Moments,
            () => new ModelTrainer(Config(seed, Steps), Create(layout, seed), new TwoSets(method, images.First, images.Second, seed)),
            t => Measure(t, classifier, data, images, seed),
            (trajectory, seconds, description) => new RecordedSwap(method, seed, Steps, trajectory, seconds, description),
            (trainer, folder) => Keep(trainer.Model.Network, folder));
        if (run is not null)
        {
            Log(string.Create(CultureInfo.InvariantCulture, $"{name}: wanted {run.End.Forth.Wanted:F3} {run.End.Back.Wanted:F3}, ")
                + string.Create(CultureInfo.InvariantCulture, $"slant {run.End.Forth.Slant:F3} {run.End.Back.Slant:F3}, ")
                + string.Create(CultureInfo.InvariantCulture, $"ink {run.End.Forth.Ink:F3} {run.End.Back.Ink:F3}, ")
                + string.Create(CultureInfo.InvariantCulture, $"detector {run.End.Detector:F3}, {run.Seconds:F0} s"));
        }
    }

    private static SwapEvaluation Measure(ModelTrainer trainer, FeatureNetwork classifier, Classes data, Images images, int seed)
    {
        using var scope = NewDisposeScope();
        var model = (SwapAutoencoder)trainer.Model;
        using (no_grad())
        {
            SwapNumbers Report(Tensor before, Tensor after, int wanted) =>
                SwapNumbers.Of(SwapReport.Of(classifier, before, after, wanted));
            var (a, b) = (images.TestFirst, images.TestSecond);
            var (copyA, copyB) = (model.Reconstruct(a, 0), model.Reconstruct(b, 1));
            double error = ((copyA - a).square().sum() + (copyB - b).square().sum()).item<float>() / (a.numel() + b.numel());
            var evaluation = new SwapEvaluation(trainer.Step, error)
            {
                Forth = Report(a, model.Swap(a, 0), data.Second), Back = Report(b, model.Swap(b, 1), data.First),
                Copy = Report(a, copyA, data.First),
            };
            if (trainer.Step < trainer.Config.Steps)
                return evaluation;
            var (value, spread) = Judge(model, images, seed);
            return evaluation with { Detector = value, DetectorError = spread };
        }
    }

    private static (double, double) Judge(SwapAutoencoder model, Images images, int seed)
    {
        Detector detector;
        var fakes = model.Swap(images.First, 0);
        using (enable_grad())
            detector = Detect(images.Second, fakes, seed);
        using (detector.Network)
            return detector.Accuracy(images.TestSecond, model.Swap(images.TestFirst, 0));
    }

    // Rounded to bfloat16, half the size; the numbers of the record are those of the weights before the rounding.
    private static void Keep(nn.Module network, string folder)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Safetensors.Write(Path.Combine(folder, RecordedSwap.WeightsFile + ".safetensors"),
            network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.to(bfloat16)));
    }

    private static Tensor Of(ImageDataset data, int label) => data.Where(l => l == label).ToTensor();

    private sealed record Classes(ImageDataset Train, ImageDataset Test, int First, int Second);

    private sealed record Images(Tensor First, Tensor Second, Tensor TestFirst, Tensor TestSecond);
}
