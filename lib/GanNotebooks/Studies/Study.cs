using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Long training runs that are evaluated during training and recorded, in one file for each run. A run whose file exists is not computed
/// again. An interrupted run continues from its last checkpoint.
/// </summary>
/// <typeparam name="TRun">Type of the record of a run.</typeparam>
/// <typeparam name="TEvaluation">Type of one evaluation.</typeparam>
/// <param name="results">Folder for finished runs.</param>
/// <param name="scratch">Folder for the checkpoints of unfinished runs.</param>
public abstract class Study<TRun, TEvaluation>(string results, string scratch) where TRun : Recorded<TRun>
{
    /// <summary>Receives a line for each run that finishes or diverges.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Returns the folder of a run's checkpoints.</summary>
    private protected string Folder(string name) => Path.Combine(scratch, name);

    private static bool IsRecorded(string file) => Recorded<TRun>.IsAt(file);

    /// <summary>Removes the checkpoints of a finished run. Files of others in its folder stay.</summary>
    private protected void Remove(string name)
    {
        using var directory = new RunDirectory(Folder(name));
        directory.Remove(ResumableTrajectory<TEvaluation>.FileName);
    }

    /// <summary>Trains, evaluates and records one run. Returns null if the run was recorded before, or if it
    /// diverges, which the log then says.</summary>
    /// <param name="name">Name of the run's file and folder.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="moments">Number of evaluations during the run, in addition to the one at the start.</param>
    /// <param name="create">Function that creates the trainer.</param>
    /// <param name="measure">Function that evaluates the trainer.</param>
    /// <param name="record">Function that creates the record from the evaluations, the seconds and the description of the run.</param>
    /// <param name="keep">Callback that saves parts of the trained networks in the run's folder.</param>
    private protected TRun? Record(string name, string title, int moments, Func<Trainer> create, Func<Trainer, TEvaluation> measure,
        Func<IReadOnlyList<TEvaluation>, double, JsonElement, TRun> record, Action<Trainer, string>? keep = null) =>
        Record(name, title, moments, create, KeptRun.Of, measure, record, keep);

    /// <summary>The same for a model with one player.</summary>
    /// <inheritdoc cref="Record(string, string, int, Func{Trainer}, Func{Trainer, TEvaluation},
    /// Func{IReadOnlyList{TEvaluation}, double, JsonElement, TRun}, Action{Trainer, string})"/>
    private protected TRun? Record(string name, string title, int moments, Func<ModelTrainer> create,
        Func<ModelTrainer, TEvaluation> measure, Func<IReadOnlyList<TEvaluation>, double, JsonElement, TRun> record,
        Action<ModelTrainer, string>? keep = null) =>
        Record(name, title, moments, create, KeptRun.Of, measure, record, keep);

    private TRun? Record<TTrainer>(string name, string title, int moments, Func<TTrainer> create, Func<TTrainer, KeptRun> kept,
        Func<TTrainer, TEvaluation> measure, Func<IReadOnlyList<TEvaluation>, double, JsonElement, TRun> record,
        Action<TTrainer, string>? keep) where TTrainer : IDisposable
    {
        string file = Path.Combine(results, name + ".json");
        if (IsRecorded(file))
            return null;
        using var scope = NewDisposeScope();
        using var trainer = create();
        var training = kept(trainer);
        int every = Math.Max(1, training.Steps / moments);
        using var directory = new RunDirectory(Folder(name)) { TensorBoard = false, CheckpointEvery = every };
        directory.Take();
        if (IsRecorded(file)) // by another process, in the meantime
            return null;
        var trajectory = new ResumableTrajectory<TEvaluation>(Folder(name), isBegun: directory.Checkpoints.Count > 0);
        try
        {
            directory.Train(training, () => trajectory.Add(training.Step, measure(trainer)), every, title);
        }
        catch (Exception e) when (e is NonFiniteLossException || NonFiniteSamples.IsMeant(e))
        {
            Log($"{name}: diverged at step {training.Step}, so that nothing is recorded. {e.Message}");
            return null;
        }

        keep?.Invoke(trainer, Folder(name));
        using var description = JsonDocument.Parse(RunDescription.Of(training));
        var run = record(trajectory.Evaluations, trajectory.Seconds, description.RootElement.Clone());
        run.Write(file);
        return run;
    }
}

/// <summary>
/// The evaluations of one run and its computing time, stored beside the run's checkpoints. An interrupted run continues with both. The file
/// is written completely or not at all.
/// </summary>
/// <typeparam name="T">Type of one evaluation.</typeparam>
internal sealed class ResumableTrajectory<T>
{
    /// <summary>Name of the file in the run's folder.</summary>
    public const string FileName = "course.json";

    private readonly string file;
    private readonly State state;
    private readonly double before;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Reads the evaluations that the folder holds, or starts with none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="isBegun">Whether the run has a checkpoint, and so must have evaluations.</param>
    /// <exception cref="DataFileException">The file holds no evaluations, or a run that has begun has none.</exception>
    public ResumableTrajectory(string folder, bool isBegun)
    {
        file = Path.Combine(folder, FileName);
        RegularFile.Check(file);
        if (isBegun && !File.Exists(file))
        {
            throw new DataFileException(file, "the measurements of the run",
                "no file; without them the run would be recorded in part. Delete its folder to start it again");
        }

        state = File.Exists(file)
            ? RecordedFile.Read<State>(file, "the measurements of a run", s => s.Evaluations is not null)
            : new State([], 0);
        before = state.Seconds;
    }

    /// <summary>The evaluations, ordered by step.</summary>
    public IReadOnlyList<T> Evaluations => [.. state.Evaluations.Values];

    /// <summary>Computing time of all sessions, in seconds.</summary>
    public double Seconds => before + clock.Elapsed.TotalSeconds;

    /// <summary>Adds an evaluation, or replaces the one of the same step, and writes the file.</summary>
    public void Add(int step, T evaluation)
    {
        state.Evaluations[step] = evaluation;
        RecordedFile.Write(file, state with { Seconds = Seconds });
    }

    private sealed record State([property: JsonPropertyName("Marks")] SortedDictionary<int, T> Evaluations, double Seconds);
}
