using System.Diagnostics;

namespace GanNotebooks.Training;

/// <summary>How long steps take, averaged from one question to the next.</summary>
internal sealed class StepClock
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int? last;

    /// <summary>Forgets the time in which nothing was trained.</summary>
    public void Restart()
    {
        watch.Restart();
        last = null;
    }

    /// <summary>Seconds per step since the last question; since the start, one step, for the first.</summary>
    /// <param name="step">The step now.</param>
    public double SecondsPerStep(int step)
    {
        double seconds = watch.Elapsed.TotalSeconds / Math.Max(1, step - (last ?? step - 1));
        watch.Restart();
        last = step;
        return seconds;
    }
}
