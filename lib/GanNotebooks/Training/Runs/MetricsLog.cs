using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Writes a history as JSON lines and as a TensorBoard event file. Both files are rewritten when the log is opened, so they never hold
/// steps after the checkpoint.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter lines;
    private readonly SummaryWriter? events;
    private int written;

    public MetricsLog(string path, string? eventFolder, History history)
    {
        lines = new StreamWriter(path, append: false);
        if (eventFolder is not null)
        {
            if (Directory.Exists(eventFolder))
                Directory.Delete(eventFolder, recursive: true);
            events = utils.tensorboard.SummaryWriter(eventFolder);
        }
        Append(history);
    }

    /// <summary>Writes the records that were added since the last call.</summary>
    public void Append(History history)
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

    private void Write(HistoryRecord record)
    {
        lines.WriteLine(JsonSerializer.Serialize(record));
        foreach (var property in typeof(HistoryRecord).GetProperties().Where(p => p.PropertyType == typeof(double)))
            events?.add_scalar(property.Name, (float)(double)property.GetValue(record)!, record.Step);
    }
}
