using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A history as JSON lines and as a TensorBoard event file. Both are rewritten when it is opened, so they never hold steps that were lost.
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

    /// <summary>Writes what was recorded since the last call.</summary>
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
            // A full disk: whatever could not be written was said when it was tried. The next run writes the log anew from the checkpoint.
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
