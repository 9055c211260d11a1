using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Trains the rows of <see cref="ConditionalImagesRecipe"/>. Each finished run is one file and is not computed again; an interrupted run
/// continues.
/// </summary>
/// <param name="results">Folder for finished runs, such as <c>data/results/conditional-images</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs, and for the weights of finished ones.</param>
public sealed class ConditionalImagesStudy(string results, string scratch)
    : Study<RecordedConditionalImages, ConditionalImagesEvaluation>(results, scratch)
{
    private const int Moments = 4;

    private readonly string folder = scratch;

    /// <summary>Networks, data and length of the runs.</summary>
    public ConditionalImagesRecipe Recipe { get; init; } = new();

    /// <summary>Computes the runs that are not recorded yet.</summary>
    /// <param name="methods">Names of the rows.</param>
    /// <param name="seeds">The seeds to run each with.</param>
    public void Run(IEnumerable<string> methods, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(seeds);
        foreach (var (method, seed) in methods.SelectMany(method => seeds.Select(seed => (method, seed))))
            RunOne(method, seed);
    }

    private void RunOne(string method, int seed)
    {
        var task = ConditionalImagesRecipe.TaskOf(method);
        bool garments = task == ConditionalTask.Outlines;
        string name = string.Create(CultureInfo.InvariantCulture, $"{RecordedConditionalImages.FileName(method)}-seed{seed}");
        ConditionalImagesEvaluator? evaluator = null; // a finished run needs none
        try
        {
            var run = Record(name, $"{method}, seed {seed}", Moments,
                () => Recipe.Create(method, garments ? FashionMnist.Train() : Mnist.Train(), seed),
                t => (evaluator ??= new(task, garments ? FashionMnist.Test() : Mnist.Test(),
                    ConditionalImagesRecipe.SceneOf(method))).Evaluate(t),
                (trajectory, seconds, description) =>
                    new RecordedConditionalImages(method, seed, Recipe.Config(method, seed).Steps, trajectory, seconds, description),
                (trainer, _) => trainer.WithAverage(g => Save(g, Path.Combine(folder, $"{name}.safetensors"))));
            if (run is not null)
            {
                Log($"{name}, {run.Seconds.ToString("F0", CultureInfo.InvariantCulture)} s: " + string.Join(", ",
                    run.End.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:F3}"))));
            }
        }
        finally
        {
            evaluator?.Dispose();
        }
    }

    // bfloat16 is enough for a picture, and half as long.
    private static void Save(nn.Module generator, string file)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Safetensors.Write(file, generator.state_dict().ToDictionary(entry => entry.Key,
            entry => entry.Value.is_floating_point() ? entry.Value.to(bfloat16) : entry.Value));
    }
}
