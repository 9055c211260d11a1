using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>Tells the reader how far a run is, in whatever way the notebook host allows, a few times a second at most.</summary>
internal sealed class TrainingProgress : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly string title;
    private readonly int steps;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly CancellationToken cancellation = NotebookHost.Cancellation;
    private readonly HostKind host = NotebookHost.Kind;
    private TimeSpan next = Pause;
    private LiveDisplay? display;
    private string last = "";

    public TrainingProgress(string title, int steps) => (this.title, this.steps) = (title, steps);

    public void Report(int step, History history)
    {
        cancellation.ThrowIfCancellationRequested();
        if (watch.Elapsed < next)
            return;
        next = watch.Elapsed + Pause;
        var left = watch.Elapsed * ((double)(steps - step) / step);
        var loss = history.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", D loss {history[^1].DiscriminatorLoss:F3}, G loss {history[^1].GeneratorLoss:F3}") : "";
        last = string.Create(CultureInfo.InvariantCulture, $"step {step} of {steps}, {left.TotalSeconds:F0} s left{loss}");
        if (!NotebookHost.Report(title, (double)step / steps, last) && host == HostKind.DotNetInteractive)
            Show($"{title}: {last}");
    }

    public void Dispose()
    {
        if (display is not null)
            Show(string.Create(CultureInfo.InvariantCulture, $"{title}: done after {watch.Elapsed.TotalSeconds:F1} s"));
        NotebookHost.Report(title, 1, "done");
    }

    private void Show(string text)
    {
        var fragment = new HtmlFragment($"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>", text);
        if (display is null)
            display = NotebookHost.Show(fragment);
        else
            display.Update(fragment);
    }
}
