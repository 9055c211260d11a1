using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Runs <see cref="CollapseMethod"/>s on a ring or a grid and records how they cover the modes: one file for each finished run. A study that was broken off
/// goes on where it stopped, in the middle of a run, too.
/// </summary>
/// <param name="results">Where finished runs go, such as <c>data/results/ring</c>.</param>
/// <param name="scratch">Where unfinished runs keep their checkpoints.</param>
public sealed class CollapseStudy(string results, string scratch)
{
    private const int Samples = 2500, Moments = 20;

    /// <summary>Told what is going on, a line at a time.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Makes the runs that are not there yet: all methods with the first seed, then all with the second.</summary>
    /// <param name="newData">Makes the data of a seed.</param>
    /// <param name="methods">The rows.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="discriminatorSteps">Length of a run in updates of D.</param>
    public void Run(Func<int, GaussianModesData> newData, IReadOnlyList<CollapseMethod> methods, IReadOnlyList<int> seeds, int discriminatorSteps)
    {
        ArgumentNullException.ThrowIfNull(newData);
        Directory.CreateDirectory(results);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method.Name.Replace(' ', '-')}-{discriminatorSteps}-seed{seed}");
            string file = Path.Combine(results, name + ".json");
            if (File.Exists(file))
                continue;
            using var data = newData(seed);
            var run = Run(method, data, seed, discriminatorSteps, Path.Combine(scratch, name));
            run.Write(file);
            Directory.Delete(Path.Combine(scratch, name), recursive: true);
            Log(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {run.End.Captured} captured, {run.End.Occupied} occupied, high quality {run.End.HighQuality:F3}, reverse KL {run.End.ReverseKL:F4}, {run.Seconds:F0} s"));
        }
    }

    private static RecordedRun Run(CollapseMethod method, GaussianModesData data, int seed, int discriminatorSteps, string scratch)
    {
        using var scope = NewDisposeScope();
        using var trainer = method.Create(data, seed, discriminatorSteps);
        int every = Math.Max(1, trainer.Config.Steps / Moments);
        using var directory = new RunDirectory(scratch) { TensorBoard = false, CheckpointEvery = every };
        string courseFile = Path.Combine(scratch, "course.json");
        var course = File.Exists(courseFile) ? JsonSerializer.Deserialize<SortedDictionary<int, RecordedCoverage>>(File.ReadAllText(courseFile))! : [];
        var (clock, before) = (Stopwatch.StartNew(), SecondsBefore(scratch));
        trainer.Run(
            t =>
            {
                int step = t.Step * method.Config.DiscriminatorSteps;
                course[step] = RecordedCoverage.Of(step, Coverage(t, data));
                File.WriteAllText(courseFile, JsonSerializer.Serialize(course));
                File.WriteAllText(Path.Combine(scratch, "seconds"), (before + clock.Elapsed.TotalSeconds).ToString("R", CultureInfo.InvariantCulture));
            },
            every, $"{method.Name}, seed {seed}", directory: directory);
        using var description = JsonDocument.Parse(RunDescription.Of(trainer));
        return new RecordedRun(method.Name, data.Name, seed, discriminatorSteps, [.. course.Values], before + clock.Elapsed.TotalSeconds, description.RootElement.Clone());
    }

    // Batch normalisation with the statistics of the whole training, as PacGAN's program measures.
    private static ModeCoverage Coverage(Trainer trainer, GaussianModesData data)
    {
        using var scope = NewDisposeScope();
        trainer.Generator.eval();
        var coverage = ModeCoverage.Of(trainer.Sample(Samples, index: trainer.Step), data.Modes);
        trainer.Generator.train();
        return coverage;
    }

    private static double SecondsBefore(string scratch) =>
        File.Exists(Path.Combine(scratch, "seconds")) ? double.Parse(File.ReadAllText(Path.Combine(scratch, "seconds")), CultureInfo.InvariantCulture) : 0;
}
