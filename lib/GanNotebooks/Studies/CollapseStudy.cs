using System.Globalization;
using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Runs <see cref="CollapseMethod"/>s in a <see cref="CollapseSetup"/> and records how they cover the modes: one file for each finished
/// run. A study that was broken off goes on where it stopped, in the middle of a run, too.
/// </summary>
/// <param name="setup">What all runs share.</param>
/// <param name="results">Where finished runs go, such as <c>data/results/pacgan-ring</c>.</param>
/// <param name="scratch">Where unfinished runs keep their checkpoints.</param>
public sealed class CollapseStudy(CollapseSetup setup, string results, string scratch)
{
    private const int Samples = 2500, Moments = 20;

    /// <summary>Told what is going on, a line at a time.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Makes the runs that are not there yet: all methods with the first seed, then all with the second.</summary>
    /// <param name="methods">The rows.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="steps">Length of a run in updates of G.</param>
    public void Run(IReadOnlyList<CollapseMethod> methods, IReadOnlyList<int> seeds, int steps)
    {
        Directory.CreateDirectory(results);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = method.FileName(seed, steps), file = Path.Combine(results, name + ".json"), folder = Path.Combine(scratch, name);
            if (File.Exists(file))
                continue;
            var run = Run(method, seed, steps, folder);
            run.Write(file);
            Directory.Delete(folder, recursive: true);
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {run.End.Captured} captured, {run.End.Occupied} occupied, high quality {run.End.HighQuality:F3}, "
                    + $"reverse KL {run.End.ReverseKL:F4}, {run.Seconds:F0} s"));
        }
    }

    private RecordedRun Run(CollapseMethod method, int seed, int steps, string folder)
    {
        using var scope = NewDisposeScope();
        using var data = setup.NewData(seed);
        using var trainer = method.Create(setup, data, seed, steps);
        int every = Math.Max(1, steps / Moments);
        using var directory = new RunDirectory(folder) { TensorBoard = false, CheckpointEvery = every };
        var course = new ResumableCourse<RecordedCoverage>(folder);
        trainer.Run(t => course.Add(t.Step, RecordedCoverage.Of(t.Step, Coverage(t, data))), every, $"{method.Name}, seed {seed}",
            directory: directory);
        using var description = JsonDocument.Parse(RunDescription.Of(trainer));
        return new RecordedRun(method.Name, setup.Name, seed, steps, course.Marks, course.Seconds, description.RootElement.Clone());
    }

    private static ModeCoverage Coverage(Trainer trainer, GaussianModesData data)
    {
        using var scope = NewDisposeScope();
        return ModeCoverage.Of(trainer.Sample(Samples, index: trainer.Step), data.Modes);
    }
}
