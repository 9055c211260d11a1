using System.Globalization;
using System.Text.Json;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// GANs on stacked MNIST, and how many of its thousand modes they reach: small and short versions of what <c>workbook train --data
/// stacked</c> trains. One file for each finished run; what is there is not done again, and a run that was broken off goes on.
/// </summary>
/// <param name="results">Where finished runs go, such as <c>data/results/stacked-mnist</c>.</param>
/// <param name="scratch">Where unfinished runs keep their checkpoints, and finished ones their last checkpoints and the averaged
/// generator.</param>
public sealed class StackedStudy(string results, string scratch)
{
    /// <summary>What the methods are called.</summary>
    public const string Plain = "DCGAN", Packed = "PacDCGAN2", Weak = "DCGAN small D", WeakPacked = "PacDCGAN2 small D", Paired = "R3";

    private const int Moments = 6, Block = 1000, Smaller = 4;

    /// <summary>
    /// The methods: DCGAN; the same with a discriminator that judges two images at once; both with a discriminator of a quarter of the
    /// width, as Metz et al. (2017) made collapse visible; residual networks with the relativistic loss, R1 and R2.
    /// </summary>
    public static IReadOnlyList<string> Methods { get; } = [Plain, Packed, Weak, WeakPacked, Paired];

    /// <summary>Channels of the networks.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Updates of G.</summary>
    public int Steps { get; init; } = 6000;

    /// <summary>Samples to count, N; 26,000 in VEEGAN and PacGAN.</summary>
    public int Samples { get; init; } = 26_000;

    /// <summary>Writes the averaged generator of a finished run to a file; by default nothing does.</summary>
    public Action<nn.Module, string> Keep { get; init; } = (_, _) => { };

    /// <summary>Told what is going on, a line at a time.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

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

    /// <summary>Makes the runs that are not there yet: all methods with the first seed, then all with the second.</summary>
    /// <param name="methods">Which.</param>
    /// <param name="seeds">The seeds.</param>
    public void Run(IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        Directory.CreateDirectory(results);
        using var judge = RecordedClassifier.Digits();
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{Steps}-seed{seed}"),
                file = Path.Combine(results, name + ".json");
            if (File.Exists(file))
                continue;
            var run = Run(method, seed, Path.Combine(scratch, name), judge);
            run.Write(file);
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {run.End.Captured} modes, KL {run.End.KL:F4}, certain {run.End.Certain:F4}, {run.Seconds:F0} s"));
        }
    }

    private RecordedStacked Run(string method, int seed, string folder, FeatureNetwork judge)
    {
        using var scope = NewDisposeScope();
        using var trainer = Recipe(method, seed).Create(CPU);
        int every = Math.Max(1, Steps / Moments);
        using var directory = new RunDirectory(folder) { TensorBoard = false, CheckpointEvery = every };
        var course = new ResumableCourse<StackedEvaluation>(folder);
        directory.Train(trainer, t => course.Add(t.Step, Measure(t, judge)), every, $"{method}, seed {seed}");
        trainer.WithAverage(g => Keep(g, Path.Combine(folder, "generator.safetensors")));
        using var description = JsonDocument.Parse(RunDescription.Of(trainer));
        return new RecordedStacked(method, seed, Steps, course.Marks, course.Seconds, description.RootElement.Clone());
    }

    // Block by block: the thousands of images at once would fill gigabytes.
    private StackedEvaluation Measure(Trainer trainer, FeatureNetwork judge)
    {
        using var scope = NewDisposeScope();
        var modes = new List<int>();
        double certain = 0;
        for (int drawn = 0, block = 0; drawn < Samples; block++)
        {
            using var inner = NewDisposeScope();
            int count = Math.Min(Block, Samples - drawn);
            var named = StackedModes.Named(trainer.Sample(count, index: block, averaged: true), judge);
            modes.AddRange(named.Modes);
            certain += named.Certain * count / Samples;
            drawn += count;
        }
        return StackedEvaluation.Of(trainer.Step, StackedModes.OfModes(modes, judge.Name), certain);
    }
}

/// <summary>A moment of a <see cref="RecordedStacked"/>: plain numbers of a <see cref="StackedModes"/>.</summary>
/// <param name="Step">Updates of G made.</param>
/// <param name="Captured">Modes with at least one sample, of 1,000.</param>
/// <param name="KL">KL(shares of the modes ‖ uniform) in nats.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Count">Samples, N.</param>
/// <param name="Certain">Mean probability of the classifier's answer over all channels.</param>
public sealed record StackedEvaluation(int Step, int Captured, double KL, double Error, int Count, double Certain)
{
    internal static StackedEvaluation Of(int step, StackedModes modes, double certain) =>
        new(step, modes.Captured, modes.KL.Value, modes.KL.StandardError, modes.Count, certain);
}
