using System.Globalization;
using GanNotebooks.Experiments;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>The state of a sweep as lines for a terminal.</summary>
internal static class StatusText
{
    private const int Listed = 20;

    public static IEnumerable<string> Of(SweepFolder folder, SweepStatus status)
    {
        var manifest = folder.Manifest;
        yield return string.Create(CultureInfo.InvariantCulture, $"{status.Runs} runs, {manifest.Settings.Count} settings with "
            + $"{manifest.Plan.Seeds.Count} seeds each: {status.Done} done, {status.Failed.Count} failed, {status.Running.Count} running, "
            + $"{status.Stale.Count} stale, {status.Waiting} waiting{(status.Rung is null ? "" : $", {status.Dropped} left out")}");
        if (status.Rung is { } rung)
            yield return "halving   " + rung;
        foreach (string line in Lines(status.Running, run => $"running   run {run.Run} {Where(run)}, seen {Age(run.Age)} ago"))
            yield return line;
        foreach (string line in Lines(status.Stale, run => $"stale     run {run.Run} {Where(run)} has ended; the next worker continues it"))
            yield return line;
        foreach (string line in Lines(status.Failed, run => $"failed    run {run.Run} ({run.Setting}, seed {run.Seed}): {run.Failure}"))
            yield return line;
        if (!folder.IsOfThisLibrary)
            yield return $"library   the manifest is of {manifest.Library.Version}, another build than this one";
    }

    private static IEnumerable<string> Lines<T>(IReadOnlyList<T> runs, Func<T, string> line)
    {
        foreach (var run in runs.Take(Listed))
            yield return OneLine.Message(line(run));
        if (runs.Count > Listed)
            yield return string.Create(CultureInfo.InvariantCulture, $"          and {runs.Count - Listed} more");
    }

    private static string Where(RunningRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"on {run.Host}, process {run.Process}{(run.Job is null ? "" : $", job {run.Job}")}");

    private static string Age(TimeSpan age) => string.Create(CultureInfo.InvariantCulture,
        $"{(age.TotalMinutes < 2 ? $"{Math.Max(0, age.TotalSeconds):F0} s" : $"{age.TotalMinutes:F0} min")}");
}
