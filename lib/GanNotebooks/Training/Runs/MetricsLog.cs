using System.Text.Json;
using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Writes a history as JSON lines and as a TensorBoard event file. Both are rewritten when the log is opened, so they never hold steps
/// after the checkpoint. Event files of others in the same folder are left alone.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private const string Suffix = ".gan-notebooks-";

    private readonly StreamWriter lines;
    private readonly SummaryWriter? events;
    private readonly IReadOnlyList<IStepRecord> history;
    private int written;

    /// <summary>Replaces the log of a run by that of its history so far.</summary>
    /// <param name="path">File of the JSON lines.</param>
    /// <param name="eventFolder">Folder of the event files; null for none.</param>
    /// <param name="identity">Ending of the run's event files, which tells them from those of other runs.</param>
    /// <param name="history">The records so far. <see cref="Append"/> writes those that are added later.</param>
    /// <param name="recordType">Type of the records.</param>
    /// <param name="warn">Receives a line if the file held lines that the run had not written. They are kept in another file.</param>
    /// <exception cref="IOException">The file is no regular file, or it cannot be written.</exception>
    public MetricsLog(string path, string? eventFolder, string identity, IReadOnlyList<IStepRecord> history, Type recordType,
        Action<string> warn)
    {
        this.history = history;
        string[] soFar = [.. history.Select(Line)];
        if (File.Exists(path) && !KeptFile.IsOwnLog(path, soFar, recordType, Line))
            KeptFile.Keep(path, warn);
        AtomicFile.WriteText(path, string.Concat(soFar.Select(line => line + "\n")));
        if (eventFolder is not null)
        {
            foreach (string own in Events(eventFolder, identity))
                File.Delete(own);
            events = utils.tensorboard.SummaryWriter(eventFolder, filename_suffix: Suffix + identity);
        }
        lines = new StreamWriter(path, append: true);
        foreach (var record in history)
            AddEvent(record);
        written = history.Count;
    }

    /// <summary>The event files in a folder that the log of a run has written.</summary>
    public static IReadOnlyList<string> Events(string folder, string identity) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, $"events.out.tfevents.*{Suffix}{identity}") : [];

    /// <summary>Writes the records that were added since the last call.</summary>
    public void Append()
    {
        if (written == history.Count)
            return;
        for (; written < history.Count; written++)
            Write(history[written]);
        lines.Flush();
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
        (events as IDisposable)?.Dispose();
    }

    private void Write(IStepRecord record)
    {
        lines.WriteLine(Line(record));
        AddEvent(record);
    }

    private void AddEvent(IStepRecord record)
    {
        foreach (var property in record.GetType().GetProperties().Where(p => p.PropertyType == typeof(double)))
            events?.add_scalar(property.Name, (float)(double)property.GetValue(record)!, record.Step);
    }

    private static string Line(IStepRecord record) => JsonSerializer.Serialize(record, record.GetType(), Checkpoint.Json);
}
