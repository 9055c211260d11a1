using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains the generators of <see cref="StuckSetup"/> and records how far their images move, the gradients of both losses, and how near
/// the images come to data. Each finished run is one file and is not computed again; an interrupted run continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/stuck-generator</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class StuckStudy(string results, string scratch) : Study<RecordedStuck, StuckEvaluation>(results, scratch)
{
    private const int Moments = 5, Followed = 64, Scored = 1000, References = 5000, Shown = 8, ProbeBatch = 32, ProbeStream = 9;

    /// <summary>Number of updates of G.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>The set-ups that are run.</summary>
    public IReadOnlyList<StuckSetup> Setups { get; init; } = StuckSetup.All;

    /// <summary>Computes the runs that are not recorded yet: all set-ups with the first seed, then all set-ups with the second.</summary>
    /// <param name="train">Images on which both players are trained.</param>
    /// <param name="seeds">The seeds to run each set-up with.</param>
    public void Run(ImageDataset train, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(seeds);
        using var classifier = RecordedClassifier.Digits();
        using var pixels = train.Take(Math.Min(References, train.Count)).ToTensor();
        using var data = classifier.Features(pixels);
        foreach (var (seed, setup) in seeds.SelectMany(s => Setups.Select(setup => (s, setup))))
            Run(setup, seed, train, classifier, data);
    }

    private void Run(StuckSetup setup, int seed, ImageDataset train, FeatureNetwork classifier, FeatureSet data)
    {
        using var scope = NewDisposeScope();
        using var images = new ShuffledBatches(train, seed, flat: true);
        using var probe = new NoiseSource(NoiseKind.Normal, 32, seed, ProbeStream, CPU);
        Tensor? start = null; // [64, 784]: the images of the initial generator
        byte[] shown = [];
        string name = string.Create(CultureInfo.InvariantCulture, $"{setup.Name}-{Steps}-seed{seed}");
        var run = Record(name, name, Moments, Create, Measure,
            (trajectory, seconds, description) =>
                new RecordedStuck(setup.Loss.Name, setup.Rule.Name, setup.DiscriminatorSteps, setup.Ahead, seed, trajectory, shown, seconds,
                    description),
            (trainer, _) => shown = RecordedStuck.Bytes(trainer.Sample(Shown)));
        if (run is not null)
        {
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: moved {run.End.Moved:G3}, gradient {run.Gradient(run.Trajectory[0]):G3} to {run.Gradient(run.End):G3}, "
                    + $"Fréchet {run.Trajectory[0].Frechet:F0} to {run.End.Frechet:F0}, {run.Seconds:F0} s"));
        }

        // A resumed run takes its weights from its checkpoint, after this function has returned.
        Trainer Create()
        {
            var trainer = setup.Create(images, seed, Steps);
            start = trainer.Sample(Followed);
            return trainer;
        }

        StuckEvaluation Measure(Trainer trainer)
        {
            using var inner = NewDisposeScope();
            var followed = trainer.Sample(Followed);
            var samples = trainer.Sample(Scored, index: 1).view(-1, 1, 28, 28);
            using var features = classifier.Features(samples);
            var gradient = GeneratorGradient.Measure(trainer.Generator, trainer.Discriminator, probe.Batch(0, ProbeBatch));
            using var quiet = no_grad();
            return new StuckEvaluation(trainer.Step, (followed - start!).square().mean().sqrt().item<float>(), gradient.Saturating,
                gradient.NonSaturating, sigmoid(trainer.Discriminator.call(followed)).mean().item<float>(),
                FrechetDistance.Between(data, features).Value.Value, classifier.Score(samples).Labels.Counts);
        }
    }
}
