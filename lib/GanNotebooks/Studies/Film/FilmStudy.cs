using System.Globalization;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Records the film on the front page of the book: a GAN with the R1 penalty on the ring of notebook 09, seen at regular steps. Both
/// players have the learning rate 1e-3, which falls along half a cosine.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/front-page</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class FilmStudy(string results, string scratch) : Study<RecordedFilm, FilmFrame>(results, scratch)
{
    private const double Rate = 1e-3, FinalRate = 0.02;

    private static readonly CollapseMethod Method = new("R1", "R1 penalty, equal rates",
        s => s.Plain with
        {
            DiscriminatorOptimizer = s.Plain.DiscriminatorOptimizer with { LearningRate = Rate },
            GeneratorOptimizer = s.Plain.GeneratorOptimizer with { LearningRate = Rate },
            FinalLearningRate = FinalRate,
            Penalty = ZeroCenteredGradientPenalty.R1(s.Gamma)
        });

    private const int Moments = 75, DataPoints = 400;
    private const double HalfWidth = 3;

    /// <summary>Number of updates of G.</summary>
    public int Steps { get; init; } = 3000;

    /// <summary>Computes the films that are not recorded yet.</summary>
    /// <param name="seeds">The seeds, one film for each.</param>
    public void Run(IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        foreach (int seed in seeds)
            Run(seed);
    }

    private void Run(int seed)
    {
        using var scope = NewDisposeScope();
        var setup = CollapseSetup.RotatingRing;
        using var data = setup.NewData(seed);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Method.Name}-{Steps}-seed{seed}");
        using var shown = data.Next(DataPoints);
        int side = 0;
        var film = Record(name, name, Moments, () => Method.Create(setup, data, seed, Steps), Measure,
            (frames, seconds, description) =>
                new RecordedFilm(seed, HalfWidth, side, Hundredths(shown), frames, seconds, description));
        if (film is null)
            return;
        Remove(name);
        Log(string.Create(CultureInfo.InvariantCulture, $"{name}: {film.Trajectory.Count} frames, {film.Seconds:F0} s"));

        FilmFrame Measure(Trainer trainer)
        {
            var snapshot = Snapshot2D.Take(trainer, HalfWidth);
            side = snapshot.Axis.Count;
            using var inner = NewDisposeScope();
            using var quiet = no_grad();
            var points = trainer.Sample(snapshot.Samples.Count);
            return new FilmFrame(trainer.Step, Hundredths(points),
                [.. snapshot.Discriminator.SelectMany(row => row).Select(d => (byte)Math.Round(255 * d))],
                Math.Round(sigmoid(trainer.Discriminate(points)).mean().item<float>(), 4));
        }
    }

    private static int[] Hundredths(Tensor points) =>
        [.. points.cpu().contiguous().data<float>().Select(v => (int)Math.Round(100 * v))];
}
