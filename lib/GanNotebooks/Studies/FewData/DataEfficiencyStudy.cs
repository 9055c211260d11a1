using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains one small DCGAN on few and on many digits, with and without augmentation. Each finished run is one file and is not computed
/// again; an interrupted run continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/data-efficiency</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class DataEfficiencyStudy(string results, string scratch)
    : Study<RecordedDataEfficiency, DataEfficiencyEvaluation>(results, scratch)
{
    private const int Pictures = 64, Moments = 4, Block = 3;

    /// <summary>All cells of the table, the most telling ones first.</summary>
    public static IReadOnlyList<(int Count, string Method)> Cells { get; } =
    [
        .. Of([100, 60_000, 1000], [RecordedDataEfficiency.Plain, RecordedDataEfficiency.Translation]),
        .. Of([1000], [RecordedDataEfficiency.Black]),
        .. Of([100, 60_000], [RecordedDataEfficiency.Adaptive]),
        .. Of([300, 10_000, 3000], [RecordedDataEfficiency.Plain, RecordedDataEfficiency.Translation]),
        .. RecordedDataEfficiency.Counts.SelectMany(n => RecordedDataEfficiency.Methods.Select(m => (n, m))), // what is left
    ];

    /// <summary>Networks, rates and length of the runs.</summary>
    public DataEfficiencyRecipe Recipe { get; init; } = new();

    /// <summary>Computes the runs that are not recorded yet, a few cells with all seeds, then the next cells.</summary>
    /// <param name="train">The 60,000 training images.</param>
    /// <param name="test">The test images.</param>
    /// <param name="cells">Numbers of images with the methods to train on them.</param>
    /// <param name="seeds">The seeds to run each with.</param>
    public void Run(ImageDataset train, ImageDataset test, IEnumerable<(int Count, string Method)> cells, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        using var classifier = RecordedClassifier.Digits();
        var ordered = cells.Distinct().ToList();
        var runs = ordered.Chunk(Block)
            .SelectMany(block => seeds.SelectMany(seed => block.Select(cell => (cell.Count, cell.Method, seed))));
        foreach (var (count, method, seed) in runs)
            RunOne(train, test, classifier, count, method, seed);
    }

    private void RunOne(ImageDataset train, ImageDataset test, FeatureNetwork classifier, int count, string method, int seed)
    {
        string row = method.Replace(" + ", "-").Replace(", ", "-").Replace(' ', '-');
        string name = string.Create(CultureInfo.InvariantCulture, $"{count}-{row}-seed{seed}");
        var images = DataEfficiencyRecipe.Subset(train, count, seed);
        DataEfficiencyEvaluator? evaluator = null; // a finished run needs none
        string digits = "";
        try
        {
            var run = Record(name, $"{count:N0} digits, {method}, seed {seed}", Moments, () => Recipe.Create(method, images, seed),
                t => (evaluator ??= new DataEfficiencyEvaluator(classifier, images, test)).Evaluate(t),
                (trajectory, seconds, description) =>
                    new RecordedDataEfficiency(count, method, seed, Recipe.Steps, trajectory, digits, seconds, description),
                (trainer, _) => digits = Packed(trainer));
            if (run is not null)
            {
                Log(string.Create(CultureInfo.InvariantCulture, $"{name}: AUC {run.End.Auc:F3}, r_t {run.End.TrainingSign:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"to test {run.End.ToTest:F2}, to train {run.End.ToTraining:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"to pool {run.End.ToPool:F2}, p {run.End.Probability:F2}, ")
                    + string.Create(CultureInfo.InvariantCulture, $"prefers {run.End.Preference:F3}, {run.Seconds:F0} s"));
            }
        }
        finally
        {
            evaluator?.Dispose();
        }
    }

    private static IEnumerable<(int Count, string Method)> Of(int[] counts, IEnumerable<string> methods) =>
        counts.SelectMany(n => methods.Select(m => (n, m)));

    private static string Packed(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        return Convert.ToBase64String(
            ImageTensors.ToBytes(trainer.Sample(Pictures, averaged: true)).contiguous().bytes.ToArray());
    }
}
