using System.Text.Json;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// Writes a history as JSON lines and as a TensorBoard event file. Both are rewritten when the log is opened, so they never hold steps
/// after the checkpoint. Event files of others in the same folder are left alone.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private const string Suffix = ".gan-notebooks-";

    private readonly StreamWriter lines;
    private readonly RunEvents? events;
    private readonly IReadOnlyList<IStepRecord> history;
    private int written;

    /// <summary>Replaces the log of a run by that of its history so far.</summary>
    /// <param name="path">File of the JSON lines.</param>
    /// <param name="events">The run's event files, which the log owns from then on; null for none.</param>
    /// <param name="history">The records so far. <see cref="Append"/> writes those that are added later.</param>
    /// <param name="recordType">Type of the records.</param>
    /// <param name="warn">Receives a line if the file held lines that the run had not written. They are kept in another file.</param>
    /// <exception cref="IOException">The file is no regular file, or it cannot be written.</exception>
    public MetricsLog(string path, Func<RunEvents?> events, IReadOnlyList<IStepRecord> history, Type recordType, Action<string> warn)
    {
        this.history = history;
        string[] soFar = [.. history.Select(Line)];
        if (File.Exists(path) && !KeptFile.IsOwnLog(path, soFar, recordType, Line))
            KeptFile.Keep(path, warn);
        AtomicFile.WriteText(path, string.Concat(soFar.Select(line => line + "\n")));
        this.events = events();
        lines = new StreamWriter(path, append: true);
        foreach (var record in history)
            this.events?.Add(record);
        this.events?.Flush();
        written = history.Count;
    }

    /// <summary>The run's event files; null if it has none.</summary>
    public RunEvents? Events => events;

    /// <summary>Ending of the event files of a run, which tells them from those of other runs.</summary>
    public static string Ending(string identity) => Suffix + identity;

    /// <summary>Writes the records that were added since the last call.</summary>
    public void Append()
    {
        if (written == history.Count)
            return;
        for (; written < history.Count; written++)
            Write(history[written]);
        lines.Flush();
        events?.Flush();
    }

    public void Dispose()
    {
        try
        {
            lines.Dispose();
        }
        catch (IOException)
        {
            // The disk is full. The failed write was reported already. The next run rewrites the log from the checkpoint.
        }
        try
        {
            events?.Dispose();
        }
        catch (IOException)
        {
            // as above
        }
    }

    private void Write(IStepRecord record)
    {
        lines.WriteLine(Line(record));
        events?.Add(record);
    }

    private static string Line(IStepRecord record) => JsonSerializer.Serialize(record, record.GetType(), Checkpoint.Json);
}
