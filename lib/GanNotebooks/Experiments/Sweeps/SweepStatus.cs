namespace GanNotebooks.Experiments;

/// <summary>How far a sweep is. Only names and small files are read, no checkpoints.</summary>
/// <param name="Runs">Number of runs.</param>
/// <param name="Done">Number of finished runs.</param>
/// <param name="Failed">Runs that failed, with their reasons.</param>
/// <param name="Running">Runs that a process computes now.</param>
/// <param name="Stale">Runs whose process has ended without a result. The next worker continues them.</param>
/// <param name="Dropped">Number of runs that successive halving has left out.</param>
/// <param name="Rung">Where successive halving is, in words; null without it.</param>
public sealed record SweepStatus(
    int Runs, int Done, IReadOnlyList<RunResult> Failed, IReadOnlyList<RunningRun> Running, IReadOnlyList<RunningRun> Stale, int Dropped,
    string? Rung)
{
    /// <summary>Number of runs that nobody has begun, or that were stopped at a checkpoint.</summary>
    public int Waiting => Runs - Done - Failed.Count - Running.Count - Stale.Count - Dropped;

    /// <summary>Reads the state of a sweep.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static SweepStatus Of(SweepFolder folder) => Of(folder, ClaimOwner.Here(), TimeProvider.System);

    internal static SweepStatus Of(SweepFolder folder, ClaimOwner me, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var claims = folder.Claims(me, time).All();
        var runs = folder.Manifest.Runs;
        var results = runs.ToDictionary(run => run.Index, folder.ResultOf);
        var halving = folder.Manifest.Plan.Halving;
        var rung = SweepRung.Of(folder);
        var active = rung.Runs.Select(run => run.Index).ToHashSet();
        var open = claims.Where(claim => claim.Key < runs.Count && results[claim.Key] is null)
            .Select(claim => (claim.Value.IsStale, Run: new RunningRun(claim.Key, claim.Value.Owner.Host, claim.Value.Owner.Process,
                claim.Value.Owner.Job, claim.Value.Age))).OrderBy(claim => claim.Run.Run).ToList();
        var begun = open.Select(claim => claim.Run.Run).ToHashSet();
        return new SweepStatus(
            runs.Count, results.Values.Count(result => result is { Failure: null }),
                [.. results.Values.OfType<RunResult>().Where(r => r.Failure is not null)],
            [.. open.Where(claim => !claim.IsStale).Select(claim => claim.Run)],
            [.. open.Where(claim => claim.IsStale).Select(claim => claim.Run)],
            runs.Count(run => results[run.Index] is null && !active.Contains(run.Index) && !begun.Contains(run.Index)),
            halving is null ? null
                : $"rung {rung.Number + 1} of {halving.Rungs}, {rung.Settings.Count} of {folder.Manifest.Settings.Count} settings");
    }
}

/// <summary>A run that a process has claimed.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="Host">Machine of the process.</param>
/// <param name="Process">Number of the process there.</param>
/// <param name="Job">Its job of a scheduler; null without one.</param>
/// <param name="Age">Time since its last sign of life.</param>
public sealed record RunningRun(int Run, string Host, int Process, string? Job, TimeSpan Age);
