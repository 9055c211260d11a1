using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// The progress line of a run. It is written after two seconds and then at growing intervals of at most one minute. On a terminal it is
/// overwritten twice a second.
/// </summary>
internal sealed class TrainingLine(TextWriter output, TrainingConfig config, string what)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromSeconds(60);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool inPlace = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
    private TimeSpan next = First;
    private int? start;

    public void Show(Trainer trainer)
    {
        start ??= trainer.Step;
        if (watch.Elapsed < next || trainer.Step == start)
            return;
        next = watch.Elapsed + (inPlace ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromTicks(Math.Min(watch.Elapsed.Ticks, Longest.Ticks)));
        Write(Text(trainer));
    }

    public void End(Trainer trainer)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"{Text(trainer)}; done after {Duration(watch.Elapsed)}"));
        if (inPlace)
            output.WriteLine();
    }

    private string Text(Trainer trainer)
    {
        double rate = (trainer.Step - (start ?? 0)) / watch.Elapsed.TotalSeconds; // steps per second
        var left = TimeSpan.FromSeconds(rate > 0 ? (config.Steps - trainer.Step) / rate : 0);
        string state = trainer.History is [.., var r] && SaysSomething(r.Step, trainer.Step, config.RecordEvery)
            ? string.Create(CultureInfo.InvariantCulture,
                $", D loss {r.DiscriminatorLoss:F3}, G loss {r.GeneratorLoss:F3}, D(x) {r.RealProbability:F2}, "
                    + $"D(G(z)) {r.FakeProbability:F2}{(r.Step == trainer.Step ? "" : $" (at step {r.Step})")}")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"step {trainer.Step} of {config.Steps} ({(double)trainer.Step / config.Steps:P0}), "
                + $"{rate * config.BatchSize:F0} {what}/s, {Duration(left)} left{state}");
    }

    /// <summary>Whether the newest record is worth showing: that of the start says nothing of the steps since.</summary>
    internal static bool SaysSomething(int record, int step, int recordEvery) => record == step || record >= recordEvery;

    private static string Duration(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}");

    private void Write(string text)
    {
        if (inPlace)
            output.Write($"\r{text}\u001b[K");
        else
            output.WriteLine(text);
    }
}
