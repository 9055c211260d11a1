using System.Globalization;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// GANs on stacked MNIST, and how many of its thousand modes they reach: small and short versions of what <c>workbook train --data
/// stacked</c> trains. One file for each finished run; what is there is not computed again, and an interrupted run continues.
/// </summary>
/// <param name="results">Where finished runs go, such as <c>data/results/stacked-mnist</c>.</param>
/// <param name="scratch">Where unfinished runs keep their checkpoints, and finished ones their last checkpoints and the averaged
/// generator.</param>
public sealed class StackedStudy(string results, string scratch)
    : Study<RecordedStacked, StackedEvaluation>(results, scratch)
{
    /// <summary>What the methods are called.</summary>
    public const string Plain = RecordedStacked.Plain, Packed = RecordedStacked.Packed, Weak = RecordedStacked.Weak,
        WeakPacked = RecordedStacked.WeakPacked, Paired = RecordedStacked.Paired;

    private const int Moments = 6, Block = 1000, Smaller = 4;

    /// <summary>
    /// The methods: DCGAN; the same with a discriminator that judges two images at once; both with a discriminator of a quarter of the
    /// width, as Metz et al. (2017) made collapse visible; residual networks with the relativistic loss, R1 and R2.
    /// </summary>
    public static IReadOnlyList<string> Methods => RecordedStacked.Methods;

    /// <summary>Channels of the networks.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Updates of G.</summary>
    public int Steps { get; init; } = 6000;

    /// <summary>Samples to count, N; 26,000 in VEEGAN and PacGAN.</summary>
    public int Samples { get; init; } = 26_000;

    /// <summary>Writes the averaged generator of a finished run to a file; by default nothing does.</summary>
    public Action<nn.Module, string> Keep { get; init; } = (_, _) => { };

    /// <summary>The settings of a method.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
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

    /// <summary>Computes the runs that are not there yet: all methods with the first seed, then all with the second.</summary>
    /// <param name="methods">Which.</param>
    /// <param name="seeds">The seeds.</param>
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

    // Block by block: the thousands of images at once would fill gigabytes.
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
