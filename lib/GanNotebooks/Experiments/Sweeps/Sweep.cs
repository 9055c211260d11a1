namespace GanNotebooks.Experiments;

/// <summary>
/// Sweeps in a notebook: the runs of a plan are trained in this process, and kept in a folder. A cell that runs again takes the finished
/// runs from there.
/// </summary>
public static class Sweep
{
    /// <summary>Trains what is missing of a sweep.</summary>
    /// <param name="plan">What to train.</param>
    /// <param name="path">Folder of the sweep; it is created when needed.</param>
    /// <param name="log">Receives a line for each run that ends; null for none.</param>
    /// <returns>The results in the order of the manifest. Runs that successive halving left out, or that another process computes, have
    /// none.</returns>
    /// <exception cref="ArgumentException">The plan is wrong. The message names the part.</exception>
    /// <exception cref="SweepException">The folder holds another sweep, or one of another library.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop. Another call continues.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<RunResult> Run(SweepPlan plan, string path, Action<string>? log = null)
    {
        var folder = SweepFolder.Create(path, plan);
        folder.RequireThisLibrary();
        new SweepWorker(folder) { Log = log ?? (_ => { }) }.RunAll();
        return Results(folder);
    }

    /// <summary>The results that a sweep has so far, in the order of its manifest.</summary>
    public static IReadOnlyList<RunResult> Results(SweepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. folder.Manifest.Runs.Select(folder.ResultOf).OfType<RunResult>()];
    }
}
