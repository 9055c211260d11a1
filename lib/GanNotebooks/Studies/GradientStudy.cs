using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The experiment of figures 1 to 3 of Arjovsky and Bottou (2017) on MNIST. A DCGAN is trained to several ages. At each age its generator
/// is frozen, and fresh discriminators are trained against it for thousands of updates while the generator's two gradients are measured.
/// The frozen G is in evaluation mode throughout, and the fresh D has no batch normalisation, because the theorems are about functions of
/// a single sample. Without batch normalisation the initial weights of D must keep the scale of its signals, so they are drawn by fan-in.
/// D then tolerates a larger learning rate. Every frozen G faces two fresh discriminators, one with an extra layer: the features of their
/// last layers see 18 × 18 and 10 × 10 pixels. There is one file for each seed, age and discriminator; recorded results are not computed
/// again.
/// </summary>
/// <param name="results">Folder for finished runs.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class GradientStudy(string results, string scratch)
{
    private const int Noise = 64, BatchSize = 64, ProbeBatch = 32, ProbeBatches = 12, HeldOutImages = 2000, ProbeStream = 9;
    private const double DiscriminatorRate = 1e-3;
    private static readonly int[] Sides = [RecordedGradients.WiderSide, RecordedGradients.NarrowerSide];

    /// <summary>Channels of the largest hidden image of the GAN's networks.</summary>
    public int Width { get; init; } = 16;

    /// <summary>Channels of the largest hidden image of the fresh discriminator.</summary>
    public int DiscriminatorWidth { get; init; } = 32;

    /// <summary>Numbers of passes over the images after which G is frozen, in ascending order.</summary>
    public IReadOnlyList<int> Ages { get; init; } = [1, 3, 10];

    /// <summary>Number of updates of the fresh discriminator.</summary>
    public int Updates { get; init; } = 4000;

    /// <summary>Numbers of discriminator updates after which the gradients are measured.</summary>
    public IReadOnlyList<int> EvaluationSteps { get; init; } =
        [1, 3, 10, 30, 60, 100, 200, 300, 500, 700, 1000, 1500, 2000, 2500, 3000, 3500, 4000];

    /// <summary>Receives a line for each finished run.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="train">Images on which G and D are trained.</param>
    /// <param name="heldOut">Images on which the accuracy of D is measured.</param>
    /// <param name="seeds">The seeds of the runs.</param>
    public void Run(ImageDataset train, ImageDataset heldOut, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(seeds);
        Directory.CreateDirectory(results);
        foreach (int seed in seeds.Where(s => Ages.Any(age => Sides.Any(side => !File.Exists(FileOf(s, age, side))))))
            Run(train, heldOut, seed);
    }

    private void Run(ImageDataset train, ImageDataset heldOut, int seed)
    {
        using var scope = NewDisposeScope();
        using var data = new ShuffledBatches(train, seed);
        int epoch = train.Count / BatchSize;
        var config =
            new TrainingConfig { Steps = Ages[^1] * epoch, BatchSize = BatchSize, NoiseDimension = Noise, Seed = seed, RecordEvery = 50 };
        var growing = NewGenerator(seed);
        using var trainer = new Trainer(config, growing,
            new DcganDiscriminator(width: Width, extraLayer: true).Dcgan(new Generator((ulong)(seed + 1000))), data);
        using var directory =
            new RunDirectory(Path.Combine(scratch, string.Create(CultureInfo.InvariantCulture, $"seed{seed}")))
            {
                TensorBoard = false,
                CheckpointEvery = epoch
            };
        foreach (int age in Ages)
        {
            directory.Train(trainer, title: $"DCGAN, seed {seed}", until: age * epoch);
            if (trainer.Step != age * epoch) // a resumed run may be past this age
                continue;
            foreach (int side in Sides.Where(side => !File.Exists(FileOf(seed, age, side))))
            {
                using var inner = NewDisposeScope();
                var clock = Stopwatch.StartNew();
                var frozen = NewGenerator(seed);
                frozen.load_state_dict(growing.state_dict());
                var trajectory = Probe(frozen, NewDiscriminator(seed, age, side), train, heldOut, seed);
                using var description = JsonDocument.Parse(RunDescription.Of(trainer));
                var run = new RecordedGradients(seed, age, side, trajectory, clock.Elapsed.TotalSeconds, description.RootElement.Clone());
                run.Write(FileOf(seed, age, side));
                Log(string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed}, {age} epochs, D sees {side} x {side}: accuracy {trajectory[^1].Accuracy:F4}, "
                        + $"on fakes {trajectory[^1].OnFakes:F4}, saturating {trajectory[0].Median(g => g.Saturating):G3} to "
                        + $"{trajectory[^1].Median(g => g.Saturating):G3}, non-saturating "
                        + $"{trajectory[0].Median(g => g.NonSaturating):G3} to "
                        + $"{trajectory[^1].Median(g => g.NonSaturating):G3}, {run.Seconds:F0} s"));
            }
        }
    }

    /// <summary>Trains a fresh discriminator against a frozen generator, and measures the gradients during the run.</summary>
    internal List<GradientEvaluation> Probe(DcganGenerator frozen, DcganDiscriminator fresh, ImageDataset train,
        ImageDataset heldOut, int seed)
    {
        using var scope = NewDisposeScope();
        using var data = new ShuffledBatches(train, seed + 1);
        using var noise = new NoiseSource(NoiseKind.Normal, Noise, seed, ProbeStream, CPU);
        using var held = new ShuffledBatches(heldOut, seed);
        using var probing =
            new Trainer(new TrainingConfig
            {
                Steps = Updates, BatchSize = BatchSize, NoiseDimension = Noise, Seed = seed,
                DiscriminatorOptimizer = new AdamConfig(DiscriminatorRate)
            }, frozen, fresh, data);
        frozen.eval(); // after the constructor of the trainer, which sets both networks to training mode
        var real = held.Next(Math.Min(HeldOutImages, heldOut.Count));
        var trajectory = new List<GradientEvaluation>();
        for (int k = 1; k <= Updates; k++)
        {
            probing.DiscriminatorStep();
            if (!EvaluationSteps.Contains(k))
                continue;
            var (onReal, onFakes) = Accuracies(fresh, real, frozen, noise);
            trajectory.Add(new GradientEvaluation(k, (onReal + onFakes) / 2, onFakes,
                [.. Enumerable.Range(0, ProbeBatches).Select(i => GeneratorGradient.Measure(frozen, fresh, noise.Batch(i, ProbeBatch)))]));
        }
        return trajectory;
    }

    private static (double OnReal, double OnFakes) Accuracies(DcganDiscriminator discriminator, Tensor real, DcganGenerator generator,
        NoiseSource noise)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var fake = generator.call(noise.Batch(ProbeBatches, (int)real.size(0)));
        return (discriminator.call(real).gt(0).to(float32).mean().item<float>(),
            discriminator.call(fake).lt(0).to(float32).mean().item<float>());
    }

    private DcganGenerator NewGenerator(int seed) =>
        new DcganGenerator(noise: Noise, width: Width, extraLayer: true).Dcgan(new Generator((ulong)seed));

    private DcganDiscriminator NewDiscriminator(int seed, int age, int side) =>
        new DcganDiscriminator(width: DiscriminatorWidth, batchNorm: false, extraLayer: side == RecordedGradients.WiderSide)
            .UniformFanIn(new Generator((ulong)(seed + 100 * age)));

    private string FileOf(int seed, int age, int side) =>
        Path.Combine(results, string.Create(CultureInfo.InvariantCulture, $"seed{seed}-epochs{age}-sees{side}.json"));
}
