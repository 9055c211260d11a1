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
/// Trains models with latent variables on the grey pixels of MNIST: the variational autoencoder 784-400-20 of PyTorch's example (Adam with
/// rate 10⁻³, batches of 128, Bernoulli likelihood), a deep autoencoder with as many code units, and a linear variational autoencoder,
/// which is probabilistic PCA. Each is evaluated after every epoch on the test images.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/latent-models</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs. A finished run of the VAE keeps its weights there.</param>
public sealed class LatentStudy(string results, string scratch) : Study<RecordedLatent, LatentEvaluation>(results, scratch)
{
    /// <summary>Names of the models.</summary>
    public const string Vae = "VAE", Deep = "autoencoder", Linear = "linear VAE";

    /// <summary>Number of latent units, or of values in a code, of all models.</summary>
    public const int Latent = 20;

    /// <summary>Number of updates in one epoch of the 60,000 images.</summary>
    public const int StepsPerEpoch = 469;

    private const int Batch = 128, Pixels = 784, EvaluationSeed = 99;

    /// <summary>All models.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Vae, Deep, Linear];

    /// <summary>Number of epochs.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Number of samples k in the bound L_k.</summary>
    public int BoundSamples { get; init; } = 100;

    /// <summary>Number of test images of the bound L_k.</summary>
    public int BoundImages { get; init; } = 1000;

    /// <summary>Creates the variational autoencoder before its training: 784-400-20, ReLU, Bernoulli pixels.</summary>
    /// <param name="seed">Seed of the initial weights.</param>
    public static VariationalAutoencoder CreateVae(int seed)
    {
        using var weights = new Generator((ulong)seed);
        return new VariationalAutoencoder(Pixels, [400], Latent, new BernoulliLikelihood(), weights);
    }

    /// <summary>Creates the deep autoencoder before its training: 784-256-128-20, ReLU, pixels through a sigmoid.</summary>
    /// <param name="seed">Seed of the initial weights.</param>
    public static Autoencoder CreateAutoencoder(int seed)
    {
        using var weights = new Generator((ulong)seed);
        return new Autoencoder(Pixels, [256, 128], Latent, weights, Activation.Sigmoid);
    }

    /// <summary>Creates the linear variational autoencoder before its training: 784-20, Gaussian decoder with a learned σ².</summary>
    /// <param name="seed">Seed of the initial weights.</param>
    public static VariationalAutoencoder CreateLinear(int seed)
    {
        using var weights = new Generator((ulong)seed);
        return new VariationalAutoencoder(Pixels, [], Latent, new GaussianLikelihood(0.1, IsLearned: true), weights);
    }

    /// <summary>Returns the settings of a run. The rate of the VAE is constant, as in the example; those of the others fall.</summary>
    /// <param name="method">Name of the model.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="steps">Number of updates.</param>
    /// <exception cref="ArgumentException">No model has this name.</exception>
    public static ModelConfig Config(string method, int seed, int steps) => Methods.Contains(method)
        ? new ModelConfig
        {
            Steps = steps, BatchSize = Batch, Seed = seed, RecordEvery = 100, FinalLearningRate = method == Vae ? 1 : 0.01,
            Optimizer = new AdamConfig(method == Linear ? 1e-2 : 1e-3, Beta1: 0.9),
        }
        : throw new ArgumentException($"no model is called '{method}'; there are {string.Join(", ", Methods)}", nameof(method));

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="train">The training images.</param>
    /// <param name="test">The test images.</param>
    /// <param name="methods">Names of the models.</param>
    /// <param name="seeds">The seeds to run each of them with.</param>
    public void Run(ImageDataset train, ImageDataset test, IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        using var pixels = PixelBatches.All(test);
        int steps = Epochs * StepsPerEpoch;
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{steps}-seed{seed}");
            var run = Record(name, $"{method}, seed {seed}", Epochs,
                () => new ModelTrainer(Config(method, seed, steps), Create(method, seed), new PixelBatches(train, seed)),
                t => Measure(t, pixels),
                (trajectory, seconds, description) =>
                    new RecordedLatent(method, seed, steps, StepsPerEpoch, trajectory, seconds, description),
                (trainer, folder) =>
                {
                    if (method == Vae)
                        Keep(trainer.Model.Network, train, folder);
                });
            if (run is not null)
            {
                string bounds = method == Deep ? "" : string.Create(CultureInfo.InvariantCulture,
                    $"ELBO {run.End.ElboValue:F2} nats, L_{BoundSamples} {run.End.BoundValue:F2}, ");
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: {bounds}error {run.End.Error:F5}, {run.Seconds:F0} s"));
            }
        }
    }

    private static ITrainableModel Create(string method, int seed) =>
        method == Deep ? CreateAutoencoder(seed) : method == Linear ? CreateLinear(seed) : CreateVae(seed);

    // Rounded to bfloat16, half the size; the numbers of the record are those of the weights before the rounding.
    private static void Keep(nn.Module network, ImageDataset train, string folder)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var inked = train.ToByteTensor().flatten(1).amax([0]).nonzero().flatten(); // numbers of the pixels
        Safetensors.Write(Path.Combine(folder, "vae.safetensors"), RecordedLatent.Packed(network, inked));
    }

    private LatentEvaluation Measure(ModelTrainer trainer, Tensor pixels)
    {
        using var scope = NewDisposeScope();
        if (trainer.Model is Autoencoder autoencoder)
            return new LatentEvaluation(trainer.Step, autoencoder.ReconstructionError(pixels));
        var vae = (VariationalAutoencoder)trainer.Model;
        using var random = new Generator(EvaluationSeed);
        var all = vae.Evaluate(pixels, random);
        var first = pixels.narrow(0, 0, Math.Min(BoundImages, pixels.size(0)));
        double[] bounds = vae.ImportanceWeightedBound(first, BoundSamples, random);
        var bound = MeanWithError.Mean(bounds);
        using var exact = vae.Likelihood is GaussianLikelihood ? vae.ToProbabilisticPca() : null;
        return new LatentEvaluation(trainer.Step, (vae.Reconstruct(pixels) - pixels).square().mean().item<float>())
        {
            ElboValue = all.Elbo.Value, ElboError = all.Elbo.StandardError, Kl = all.Kl, UnitKl = all.UnitKl,
            ActiveUnits = all.ActiveUnits, BoundValue = bound.Value, BoundError = bound.StandardError, BoundSamples = BoundSamples,
            BoundImages = bounds.Length, BoundElbo = vae.Evaluate(first, random).Elbo.Value,
            LogDensity = exact?.LogDensities(pixels).Average() ?? double.NaN, NoiseVariance = vae.NoiseVariance,
        };
    }
}
