using System.Diagnostics;
using System.Text.Json;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Long training runs that are measured on the way and recorded, one file for each. A run whose file is there is not computed again; an
/// interrupted one continues from its last checkpoint.
/// </summary>
/// <typeparam name="TRun">What is recorded of a run.</typeparam>
/// <typeparam name="TMark">One measurement.</typeparam>
/// <param name="results">Where finished runs go.</param>
/// <param name="scratch">Where unfinished runs keep their checkpoints.</param>
public abstract class Study<TRun, TMark>(string results, string scratch) where TRun : Recorded<TRun>
{
    /// <summary>Receives a line for each finished run.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Where a run keeps its checkpoints.</summary>
    private protected string Folder(string name) => Path.Combine(scratch, name);

    /// <summary>Trains, measures and records one run; returns null if it was recorded before.</summary>
    /// <param name="name">Names its file and its folder.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="moments">Measurements on the way, beside the one at the start.</param>
    /// <param name="create">Creates the trainer.</param>
    /// <param name="measure">Measures it.</param>
    /// <param name="record">Creates the record from measurements, seconds and the description of the run.</param>
    /// <param name="keep">Saves something of the trained networks in the run's folder.</param>
    private protected TRun? Record(string name, string title, int moments, Func<Trainer> create, Func<Trainer, TMark> measure,
        Func<IReadOnlyList<TMark>, double, JsonElement, TRun> record, Action<Trainer, string>? keep = null)
    {
        string file = Path.Combine(results, name + ".json");
        if (File.Exists(file))
            return null;
        using var scope = NewDisposeScope();
        using var trainer = create();
        int every = Math.Max(1, trainer.Config.Steps / moments);
        using var directory = new RunDirectory(Folder(name)) { TensorBoard = false, CheckpointEvery = every };
        var trajectory = new ResumableTrajectory<TMark>(Folder(name));
        directory.Train(trainer, t => trajectory.Add(t.Step, measure(t)), every, title);
        keep?.Invoke(trainer, Folder(name));
        using var description = JsonDocument.Parse(RunDescription.Of(trainer));
        var run = record(trajectory.Marks, trajectory.Seconds, description.RootElement.Clone());
        run.Write(file);
        return run;
    }
}

/// <summary>
/// What a study measured on the way of one run, and its computing time, beside the run's checkpoints: an interrupted run continues with
/// both. Written whole or not at all.
/// </summary>
/// <typeparam name="T">A measurement.</typeparam>
internal sealed class ResumableTrajectory<T>
{
    private readonly string file;
    private readonly State state;
    private readonly double before;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Continues with what the folder holds, or begins.</summary>
    public ResumableTrajectory(string folder)
    {
        file = Path.Combine(folder, "course.json");
        state = File.Exists(file)
            ? RecordedFile.Read<State>(file, "the measurements of a run", s => s.Marks is not null)
            : new State([], 0);
        before = state.Seconds;
    }

    /// <summary>The measurements, by step.</summary>
    public IReadOnlyList<T> Marks => [.. state.Marks.Values];

    /// <summary>Computing time of all sessions.</summary>
    public double Seconds => before + clock.Elapsed.TotalSeconds;

    /// <summary>Adds a measurement, or replaces that of the same step, and writes the file.</summary>
    public void Add(int step, T mark)
    {
        state.Marks[step] = mark;
        RecordedFile.Write(file, state with { Seconds = Seconds });
    }

    private sealed record State(SortedDictionary<int, T> Marks, double Seconds);
}
