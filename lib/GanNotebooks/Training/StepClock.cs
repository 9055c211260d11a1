using System.Diagnostics;

namespace GanNotebooks.Training;

/// <summary>Measures the mean time of a step between two calls of <see cref="SecondsPerStep"/>.</summary>
internal sealed class StepClock
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int? last;

    /// <summary>Restarts the measurement, so that time without training is not counted.</summary>
    public void Restart()
    {
        watch.Restart();
        last = null;
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
