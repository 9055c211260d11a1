using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Predicts the next frame of digits that bounce at random: a conditional GAN, the L1 and the L2 distance alone, and the GAN on shuffled
/// pairs. Each finished run is one file; an interrupted run continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/next-frame</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs. A finished GAN keeps its generator there.</param>
public sealed class FrameStudy(string results, string scratch) : Study<RecordedFrames, FrameEvaluation>(results, scratch)
{
    private const int Moments = 4, Conditions = 200, Samples = 16, EvaluationSeed = 99;

    /// <summary>Networks, rates and length of the runs.</summary>
    public FrameRecipe Recipe { get; init; } = new();

    /// <summary>Evaluates a generator of next frames.</summary>
    /// <param name="step">Number of updates so far.</param>
    /// <param name="sample">Function that returns one sample for each condition, given the conditions and the number of the batch.</param>
    /// <param name="branches">Conditions with both frames that can follow.</param>
    /// <param name="samples">Number of samples for each condition.</param>
    public static FrameEvaluation Evaluate(int step, Func<Tensor, int, Tensor> sample, BounceBranches branches, int samples = Samples)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(branches);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor[] drawn = [.. Enumerable.Range(0, samples).Select(k => sample(branches.Conditions, k))];
        var report = BranchReport.Of(stack(drawn), branches.Down, branches.Up);
        var errors = drawn.Select(y => (ToDown: FrameQuality.Of(y, branches.Down), ToUp: FrameQuality.Of(y, branches.Up))).ToList();
        double Expected(Func<FrameQuality, double> error) => errors.Average(
            e => FrameRecipe.Down * error(e.ToDown) + (1 - FrameRecipe.Down) * error(e.ToUp));
        return new FrameEvaluation(step, report.Decided, report.First, report.Disagreement,
            Expected(q => q.SquaredError), Expected(q => q.AbsoluteError));
    }

    /// <summary>The 200 frames at a border on which recorded runs are evaluated.</summary>
    /// <param name="test">The test images.</param>
    public static BounceBranches EvaluationBranches(ImageDataset test) => FrameRecipe.Data(test, EvaluationSeed).Branches(Conditions);

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="train">The training images.</param>
    /// <param name="test">The test images.</param>
    /// <param name="methods">Names of the methods.</param>
    /// <param name="seeds">The seeds to run each of them with.</param>
    public void Run(ImageDataset train, ImageDataset test, IReadOnlyList<string> methods, IReadOnlyList<int> seeds)
    {
        using var scope = NewDisposeScope();
        var branches = EvaluationBranches(test);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture,
                $"{method.Replace(", ", "-").Replace(' ', '-')}-{Recipe.Steps}-seed{seed}");
            var run = Record(name, $"{method}, seed {seed}", Moments, () => Recipe.Create(method, train, seed),
                t => Evaluate(t.Step, (c, k) => t.Sample(c, k), branches),
                (trajectory, seconds, description) =>
                    new RecordedFrames(method, seed, Recipe.Steps, trajectory, seconds, description),
                (trainer, folder) => trainer.Generator.save_safetensors(Path.Combine(folder, RecordedFrames.WeightsFile + ".safetensors")));
            if (run is not null)
            {
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: decided {run.End.Decided:F3}, down {run.End.Down:F3}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"disagreement {run.End.Disagreement:F3}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"error {run.End.SquaredError:F3}, {run.Seconds:F0} s"));
            }
        }
    }
}
