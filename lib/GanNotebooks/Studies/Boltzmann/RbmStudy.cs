using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains restricted Boltzmann machines on rounded digits with persistent contrastive divergence, in the set-up of the published runs of
/// Melchior et al. (2016): 100 chains, batches of 100, step size 0.01. Their program shows the images in a fixed order; here every epoch
/// is shuffled.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/mnist-rbm</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class RbmStudy(string results, string scratch) : Study<RecordedRbm, RbmEvaluation>(results, scratch)
{
    private const int Chains = 100, Batch = 100, Shown = 10_000, Moments = 10;
    private const double Rate = 0.01, LeastMean = 1e-5;

    /// <summary>Names of the rows.</summary>
    public static IReadOnlyList<string> Methods => [.. RbmSetup.All.Select(s => s.Name)];

    /// <summary>Number of epochs of 60,000 images.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Number of temperatures of annealed importance sampling.</summary>
    public int Temperatures { get; init; } = 2000;

    /// <summary>Largest seed whose parameters are kept in the record.</summary>
    public int Kept { get; init; } = 1;

    /// <summary>Computes the runs that are not recorded yet: all rows with the first seed, then all rows with the second.</summary>
    /// <param name="train">Training images; they are rounded to 0 and 1.</param>
    /// <param name="test">Test images.</param>
    /// <param name="methods">Names of the rows.</param>
    /// <param name="seeds">The seeds to run each row with.</param>
    public void Run(ImageDataset train, ImageDataset test, IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var chosen = RbmSetup.All.Where(s => methods.Contains(s.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var (seed, setup) in seeds.SelectMany(s => chosen.Select(c => (s, c))))
            Run(setup.Inverted ? train.Inverted() : train, setup.Inverted ? test.Inverted() : test, setup, seed);
    }

    /// <summary>Creates the trainer of a row.</summary>
    /// <param name="train">Training images, inverted where the row asks for it.</param>
    /// <param name="setup">The row.</param>
    /// <param name="seed">Seed of weights, chains and data order.</param>
    public ModelTrainer Create(ImageDataset train, RbmSetup setup, int seed)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(setup);
        using var random = new Generator((ulong)seed);
        using var mean = Mean(train);
        var rbm = new BernoulliRbm(train.Height * train.Width, setup.Hidden).Start(random, mean, setup.CentredStart);
        var learning = new BoltzmannLearning(rbm) { Chains = Chains, Centring = setup.CentredRule ? Rate : 0 }.Start(random, mean);
        var config = new ModelConfig
        {
            Steps = Epochs * train.Count / Batch,
            BatchSize = Batch,
            Optimizer = new MomentumConfig(Rate),
            RecordEvery = train.Count / Batch,
            Seed = seed,
        };
        return new ModelTrainer(config, learning, new PixelBatches(train, seed, PixelValues.Rounded));
    }

    private void Run(ImageDataset train, ImageDataset test, RbmSetup setup, int seed)
    {
        using var scope = NewDisposeScope();
        var (shown, held) = (PixelBatches.All(train.Take(Shown), PixelValues.Rounded), PixelBatches.All(test, PixelValues.Rounded));
        ModelTrainer? trainer = null;
        string name = string.Create(CultureInfo.InvariantCulture, $"{setup.Name}-epochs{Epochs}-seed{seed}");
        var run = Record(name, $"{setup.Name}, seed {seed}", Moments, () => trainer = Create(train, setup, seed),
            t => Evaluate(Machine(t), t.Step, (double)train.Count / Batch, shown, held),
            (trajectory, seconds, description) =>
            {
                var machine = Machine(trainer!);
                var (forward, reverse) = Anneal(machine, train, seed);
                return new RecordedRbm(setup, seed, Epochs, trajectory, forward, reverse,
                    seed <= Kept && setup.Hidden == RbmSetup.Small ? RecordedRbm.Text(machine) : null, seconds, description);
            });
        if (run is not null)
        {
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: test {run.End.Test:F2}, {run.Forward}; reverse {run.Reverse}, {run.Seconds:F0} s"));
        }
    }

    private static BernoulliRbm Machine(ModelTrainer trainer) => ((BoltzmannLearning)trainer.Model).Machine;

    private static RbmEvaluation Evaluate(BernoulliRbm rbm, int step, double stepsPerEpoch, Tensor shown, Tensor held)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        double error = rbm.ReconstructionError(held), free = rbm.InFloat64().FreeEnergy(held.to(float64)).mean().item<double>();
        if (rbm.Hidden > RbmPartition.MostUnits)
            return new RbmEvaluation(step / stepsPerEpoch, null, null, null, error, free);
        var exact = RbmPartition.Of(rbm);
        return new RbmEvaluation(step / stepsPerEpoch, exact.LogZ, exact.MeanLogLikelihood(rbm, held),
            exact.MeanLogLikelihood(rbm, shown), error, free);
    }

    private (AnnealedImportanceSampling Forward, AnnealedImportanceSampling? Reverse) Anneal(BernoulliRbm rbm, ImageDataset train, int seed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        var bias = Mean(train).clamp(LeastMean, 1 - LeastMean).logit();
        var forward = AnnealedImportanceSampling.Forward(rbm, bias, Chains, Temperatures, random);
        return (forward, rbm.Hidden > RbmPartition.MostUnits ? null
            : AnnealedImportanceSampling.Reverse(
                rbm, bias, RbmPartition.Of(rbm).Sample(rbm, Chains, random).States, Temperatures, random));
    }

    private static Tensor Mean(ImageDataset images)
    {
        using var scope = NewDisposeScope();
        return PixelBatches.All(images, PixelValues.Rounded).mean([0]).MoveToOuterDisposeScope();
    }
}
