using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// A run as a folder: <c>config.json</c> (settings, versions), <c>metrics.jsonl</c> (the history, a line for each record), <c>samples/</c>
/// (NumPy files), <c>tensorboard/</c> and <c>checkpoints/</c>, the two newest. A run that was broken off, however, goes on from the newest
/// whole checkpoint, and the log is cut back to its step.
/// </summary>
/// <param name="path">The folder; it is made when needed.</param>
public sealed class RunDirectory(string path) : IDisposable
{
    private const int Kept = 2, SampleCount = 1000;

    private FileStream? owner;
    private MetricsLog? log;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Steps between two checkpoints; the last step has one in any case.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Steps between two files of samples; 0 for none.</summary>
    public int SampleEvery { get; init; }

    /// <summary>Whether an event file for TensorBoard is written.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>Told in plain words what is wrong but not fatal: a damaged checkpoint that was passed over.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;

    /// <summary>The checkpoints, newest first.</summary>
    public IReadOnlyList<string> Checkpoints => [.. Files(Checkpoint("*")).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Prepares the folder and, when it holds a run, brings the trainer to where that stood.</summary>
    /// <exception cref="CheckpointException">It holds a run with other settings, or one whose checkpoints are all damaged.</exception>
    /// <exception cref="RunInUseException">Another process is writing to it.</exception>
    internal void Open(Trainer trainer)
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

    /// <summary>Writes down what a step left to write down.</summary>
    internal void After(Trainer trainer, bool atEnd)
    {
        log!.Append(trainer.History);
        if (SampleEvery > 0 && (atEnd || trainer.Step % SampleEvery == 0))
        {
            using var samples = trainer.Sample(SampleCount);
            NumpyFile.Write(In(string.Create(CultureInfo.InvariantCulture, $"samples/step-{trainer.Step:D9}.npy")), samples);
        }
        if (atEnd || trainer.Step % CheckpointEvery == 0)
            SaveCheckpoint(trainer);
    }

    /// <summary>Writes a checkpoint now, whatever the step, and removes all but the newest two.</summary>
    /// <param name="trainer">The trainer whose run this folder holds.</param>
    /// <exception cref="IOException">It cannot be written; the ones before are still there.</exception>
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

    // Damage is passed over, with a warning; settings that differ are not: that is the reader's mistake.
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
                Warn($"{damage.Message}; trying the one before");
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
        // held by another: EAGAIN of Linux and macOS, sharing and lock violation of Windows
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

/// <summary>Another process is writing to the run's folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cause">What opening its lock said.</param>
public sealed class RunInUseException(string folder, Exception? cause = null)
    : IOException(
        $"{folder} is in use: another process is still training this run. Wait for it, or end it; killing `dotnet run` leaves the "
            + "process `workbook`, which it started, alive.", cause);
