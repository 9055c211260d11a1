using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Runs <see cref="CollapseMethod"/>s in a <see cref="CollapseSetup"/> and records how they cover the modes, in one file for each
/// finished run. An interrupted study continues from the last checkpoint, also in the middle of a run.
/// </summary>
/// <param name="setup">Set-up that all runs share.</param>
/// <param name="results">Folder for finished runs, such as <c>data/results/pacgan-ring</c>.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public sealed class CollapseStudy(CollapseSetup setup, string results, string scratch)
    : Study<RecordedRun, RecordedCoverage>(results, scratch)
{
    private const int Samples = 2500, Kept = 500, Moments = 20;

    /// <summary>Computes the runs that are not recorded yet: all methods with the first seed, then all methods with the second.</summary>
    /// <param name="methods">The methods to run, one for each row of the table.</param>
    /// <param name="seeds">The seeds to run each method with.</param>
    /// <param name="steps">Length of a run in updates of G.</param>
    public void Run(IReadOnlyList<CollapseMethod> methods, IReadOnlyList<int> seeds, int steps)
    {
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            using var law = setup.NewData(seed);
            using var data = setup.TrainingSet(law, seed);
            float[] samples = [];
            string name = method.FileName(seed, steps);
            var run = Record(name, $"{method.Name}, seed {seed}", Moments, () => method.Create(setup, data, seed, steps),
                trainer => RecordedCoverage.Of(trainer.Step, Coverage(trainer, law)),
                (trajectory, seconds, description) =>
                    new RecordedRun(method.Name, setup.Name, seed, steps, trajectory, seconds, description) { Samples = samples },
                (trainer, _) => samples = Last(trainer));
            if (run is null)
                continue;
            Remove(name);
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {run.End.Captured} captured, {run.End.Occupied} occupied, high quality {run.End.HighQuality:F3}, "
                    + $"reverse KL {run.End.ReverseKL:F4}, {run.Seconds:F0} s"));
        }
    }

    // Four digits draw the same picture as seven.
    private static float[] Last(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        var samples = trainer.Sample(Kept, index: trainer.Step).cpu().contiguous(); // [Kept, 2]
        return [.. samples.data<float>().Select(v => MathF.Round(v, 4))];
    }

    private static ModeCoverage Coverage(Trainer trainer, GaussianModesData data)
    {
        using var scope = NewDisposeScope();
        return ModeCoverage.Of(trainer.Sample(Samples, index: trainer.Step), data.Modes);
    }
}
