using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// A run as a folder: <c>config.json</c> (settings, versions), <c>metrics.jsonl</c> (the history, a line for each record), <c>samples/</c>
/// (NumPy files), <c>tensorboard/</c> and <c>checkpoints/</c>, the two newest. An interrupted run continues from the newest
/// undamaged checkpoint, and the log is cut back to its step.
/// </summary>
/// <param name="path">Path of the folder; it is created when needed.</param>
public sealed class RunDirectory(string path) : IDisposable
{
    private const int Kept = 2, SampleCount = 1000;

    private FileStream? owner;
    private MetricsLog? log;

    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Number of steps between two checkpoints. The last step always has one.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Number of steps between two files of samples; 0 for no files.</summary>
    public int SampleEvery { get; init; }

    /// <summary>Whether an event file for TensorBoard is written.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>Callback that receives warnings, for example about a damaged checkpoint that was skipped.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;

    /// <summary>Paths of the checkpoints, newest first.</summary>
    public IReadOnlyList<string> Checkpoints => [.. Files(Checkpoint("*")).OrderDescending(StringComparer.Ordinal)];

    /// <summary>
    /// Trains as <see cref="Trainer.Run"/> does, and keeps the run in this folder. If the folder holds an interrupted run, the
    /// trainer continues from its newest undamaged checkpoint, and every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">The trainer to run. To continue a run of the folder it must be at step 0.</param>
    /// <param name="observe">Callback that is called before the first step, then after every <paramref name="every"/> steps, and at the
    /// end.</param>
    /// <param name="every">Number of steps between two calls; with 0 the callback is called only at the start and at the end.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="until">Step at which this call stops before the end; another call continues from there.</param>
    /// <returns>The given trainer.</returns>
    /// <exception cref="CheckpointException">The folder holds a run with other settings, or one whose checkpoints are all
    /// damaged.</exception>
    /// <exception cref="RunInUseException">Another process is writing to the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written. The earlier checkpoints are unchanged.</exception>
    /// <exception cref="NonFiniteLossException">A loss became infinite or NaN.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory for a step.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; another call continues.</exception>
    public Trainer Train(Trainer trainer, Action<Trainer>? observe = null, int every = 0, string title = "training", int? until = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Open(trainer);
        int end = Math.Min(until ?? trainer.Config.Steps, trainer.Config.Steps);
        return trainer.Run(AfterStep, every: 1, title, until);

        void AfterStep(Trainer now)
        {
            if (now.Step == 0 || Trainer.IsDue(now.Step, every, end))
                observe?.Invoke(now);
            if (now.Step > 0)
                Write(now, end);
        }
    }

    // Prepares the folder. When it holds a run, the trainer takes the state of its checkpoint.
    private void Open(Trainer trainer)
    {
        if (owner is not null)
            return;
        foreach (string? folder in new[] { "checkpoints", "samples" })
            Directory.CreateDirectory(In(folder));
        owner = Lock();
        foreach (string leftover in Files(Checkpoint("*") + "*" + AtomicFile.TemporaryEnding))
            File.Delete(leftover);
        if (trainer.Step == 0)
            Resume(trainer);
        AtomicFile.WriteText(In("config.json"), RunDescription.Of(trainer));
        log = new MetricsLog(In("metrics.jsonl"), TensorBoard ? In("tensorboard") : null, trainer.History);
    }

    // Writes the files that are due after a step.
    private void Write(Trainer trainer, int end)
    {
        log!.Append(trainer.History);
        if (SampleEvery > 0 && Trainer.IsDue(trainer.Step, SampleEvery, end))
        {
            using var samples = trainer.Sample(SampleCount);
            NumpyFile.Write(In(string.Create(CultureInfo.InvariantCulture, $"samples/step-{trainer.Step:D9}.npy")), samples);
        }
        if (Trainer.IsDue(trainer.Step, CheckpointEvery, end))
            SaveCheckpoint(trainer);
    }

    /// <summary>Writes a checkpoint at the current step and removes all checkpoints except the newest two.</summary>
    /// <param name="trainer">The trainer whose run this folder holds.</param>
    /// <exception cref="IOException">The checkpoint cannot be written. The earlier checkpoints are unchanged.</exception>
    public void SaveCheckpoint(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        trainer.Save(Checkpoint(trainer.Step.ToString("D9", CultureInfo.InvariantCulture)));
        foreach (string? old in Checkpoints.Skip(Kept))
            File.Delete(old);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        log?.Dispose();
        owner?.Dispose();
        (log, owner) = (null, null);
    }

    // A damaged checkpoint is skipped with a warning. Different settings are an error of the reader and throw.
    private void Resume(Trainer trainer)
    {
        var candidates = Checkpoints;
        foreach (string candidate in candidates)
        {
            try
            {
                CheckpointFile.Read(candidate);
            }
            catch (CheckpointException damage)
            {
                Warn($"{damage.Message}; trying the previous checkpoint");
                continue;
            }
            trainer.Load(candidate);
            return;
        }
        if (candidates.Count > 0)
            throw new CheckpointException($"all checkpoints in {Path} are damaged; delete the folder to start again");
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(In("run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        // held by another process: EAGAIN of Linux and macOS, sharing and lock violation of Windows
        catch (IOException error) when ((error.HResult & 0xffff) is 11 or 35 or 32 or 33)
        {
            throw new RunInUseException(Path, error);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private string Checkpoint(string step) => In($"checkpoints/step-{step}.checkpoint");

    private static string[] Files(string pattern) =>
        System.IO.Path.GetDirectoryName(pattern) is { } folder && Directory.Exists(folder)
            ? Directory.GetFiles(folder, System.IO.Path.GetFileName(pattern))
            : [];
}

/// <summary>The exception of a run whose folder another process is writing to.</summary>
/// <param name="folder">Path of the run's folder.</param>
/// <param name="cause">Exception from the attempt to open the lock file.</param>
public sealed class RunInUseException(string folder, Exception? cause = null)
    : IOException(
        $"{folder} is in use: another process is still training this run. Wait for it, or end it; killing `dotnet run` leaves the "
            + "process `workbook`, which it started, alive.", cause);
