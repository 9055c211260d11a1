using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>Reports the progress of a run to the reader, by the means of the notebook host, at most twice a second.</summary>
internal sealed class TrainingProgress : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly string title;
    private readonly int start, steps;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly CancellationToken cancellation = NotebookHost.Cancellation;
    private readonly HostKind host = NotebookHost.Kind;
    private TimeSpan next = Pause;
    private LiveDisplay? display;
    private string last = "";
    private int step;

    /// <summary>Starts the report of a run.</summary>
    /// <param name="title">Name of the computation.</param>
    /// <param name="start">Number of steps done before; an interrupted run continues from there.</param>
    /// <param name="steps">Step at which the run ends.</param>
    public TrainingProgress(string title, int start, int steps) =>
        (this.title, this.start, step, this.steps) = (title, start, start, steps);

    public void Report(int done, History history) => Report(done, () => history.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $", D loss {history[^1].DiscriminatorLoss:F3}, G loss {history[^1].GeneratorLoss:F3}"));

    /// <summary>Reports a step, at most twice a second.</summary>
    /// <param name="done">Number of steps so far.</param>
    /// <param name="losses">Returns the end of the line, such as ", loss 0.693"; it is called only when a line is due.</param>
    public void Report(int done, Func<string> losses)
    {
        step = done;
        cancellation.ThrowIfCancellationRequested();
        if (watch.Elapsed < next)
            return;
        next = watch.Elapsed + Pause;
        var left = watch.Elapsed * ((double)(steps - step) / (step - start));
        last = string.Create(CultureInfo.InvariantCulture, $"step {step} of {steps}, {left.TotalSeconds:F0} s left{losses()}");
        if (!NotebookHost.Report(title, (double)step / steps, last) && host == HostKind.DotNetInteractive)
            Show($"{title}: {last}");
    }

    public void Dispose()
    {
        var (fraction, end) = step < steps ? ((double)step / steps, $"stopped at step {step} of {steps}") : (1, "done");
        if (display is not null)
            Show(string.Create(CultureInfo.InvariantCulture, $"{title}: {end} after {watch.Elapsed.TotalSeconds:F1} s"));
        NotebookHost.Report(title, fraction, end);
    }

    private void Show(string text)
    {
        var fragment = new HtmlFragment($"<div>{System.Net.WebUtility.HtmlEncode(text)}</div>", text);
        if (display is null)
            display = NotebookHost.Show(fragment);
        else
            display.Update(fragment);
    }
}

/// <summary>Measures the mean time of a step between two calls of <see cref="SecondsPerStep"/>.</summary>
internal sealed class StepClock
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int? last;

    /// <summary>Restarts the measurement, so that time without training is not counted.</summary>
    /// <param name="step">Number of the step that was the last one; a resumed run begins at any.</param>
    public void Restart(int step)
    {
        watch.Restart();
        last = step;
    }

    /// <summary>Returns the seconds per step since the last call. The first call counts one step since the start.</summary>
    /// <param name="step">Number of the current step.</param>
    public double SecondsPerStep(int step)
    {
        double seconds = watch.Elapsed.TotalSeconds / Math.Max(1, step - (last ?? step - 1));
        watch.Restart();
        last = step;
        return seconds;
    }
}
