using System.Globalization;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains GANs on stacked MNIST and counts how many of its thousand modes they reach. The runs are smaller and shorter than those of
/// <c>workbook train --data stacked</c>. Each finished run is one file and is not computed again; an interrupted run continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/stacked-mnist</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs. Finished runs keep their last checkpoints and the averaged
/// generator there.</param>
public sealed class StackedStudy(string results, string scratch)
    : Study<RecordedStacked, StackedEvaluation>(results, scratch)
{
    /// <summary>Names of the methods.</summary>
    public const string Plain = RecordedStacked.Plain, Packed = RecordedStacked.Packed, Weak = RecordedStacked.Weak,
        WeakPacked = RecordedStacked.WeakPacked, Paired = RecordedStacked.Paired;

    private const int Moments = 6, Block = 1000, Smaller = 4;

    /// <summary>
    /// The methods: DCGAN; DCGAN with a discriminator that judges two images at once; both of them with a discriminator of a quarter of
    /// the width, which makes collapse visible as in Metz et al. (2017); residual networks with the relativistic loss, R1 and R2.
    /// </summary>
    public static IReadOnlyList<string> Methods => RecordedStacked.Methods;

    /// <summary>Width of the networks, in channels.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Number of updates of G.</summary>
    public int Steps { get; init; } = 6000;

    /// <summary>Number of samples whose modes are counted, N; 26,000 in VEEGAN and PacGAN.</summary>
    public int Samples { get; init; } = 26_000;

    /// <summary>Callback that writes the averaged generator of a finished run to a file. The default writes nothing.</summary>
    public Action<nn.Module, string> Keep { get; init; } = (_, _) => { };

    /// <summary>Returns the recipe of a method.</summary>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public TrainingRecipe Recipe(string method, int seed) => Methods.Contains(method)
        ? new("stacked", method == Paired ? "residual" : "dcgan")
        {
            Steps = Steps,
            Seed = seed,
            Width = Width,
            DiscriminatorWidth = method is Weak or WeakPacked ? Math.Max(1, Width / Smaller) : null,
            Packing = method is Packed or WeakPacked ? 2 : 1,
        }
        : throw new ArgumentException($"no method is called '{method}'; there are {string.Join(", ", Methods)}", nameof(method));

    /// <summary>Computes the runs that are not recorded yet: all methods with the first seed, then all methods with the second.</summary>
    /// <param name="methods">Names of the methods to run.</param>
    /// <param name="seeds">The seeds to run each method with.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        using var classifier = RecordedClassifier.Digits();
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{Steps}-seed{seed}");
            var run = Record(name, $"{method}, seed {seed}", Moments, () => Recipe(method, seed).Create(CPU), t => Measure(t, classifier),
                (trajectory, seconds, description) => new RecordedStacked(method, seed, Steps, trajectory, seconds, description),
                (trainer, folder) => trainer.WithAverage(g => Keep(g, Path.Combine(folder, "generator.safetensors"))));
            if (run is not null)
            {
                Log(string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {run.End.Captured} modes, KL {run.End.KL:F4}, certain {run.End.Certain:F4}, {run.Seconds:F0} s"));
            }
        }
    }

    // Block by block, because all the images at once would need gigabytes.
    private StackedEvaluation Measure(Trainer trainer, FeatureNetwork classifier)
    {
        using var scope = NewDisposeScope();
        var modes = new List<int>();
        double certain = 0;
        for (int drawn = 0, block = 0; drawn < Samples; block++)
        {
            using var inner = NewDisposeScope();
            int count = Math.Min(Block, Samples - drawn);
            var named = StackedModes.Named(trainer.Sample(count, index: block, averaged: true), classifier);
            modes.AddRange(named.Modes);
            certain += named.Certain * count / Samples;
            drawn += count;
        }
        return StackedEvaluation.Of(trainer.Step, StackedModes.OfModes(modes, classifier.Name), certain);
    }
}
