using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// Runs notebooks, as many at a time as the options say and the memory holds. They start in their given order, and are reported in it,
/// whichever ends first. report.json is kept up to date, so that it is readable whenever the run ends.
/// </summary>
internal sealed class CourseRunner(RunOptions options, IRunView view)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly DateTimeOffset started = DateTimeOffset.UtcNow;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly MemoryUse memory = new();
    private IReadOnlyList<NotebookReport> earlier = [];

    // The standard output may be closed, or be a file on a full disk. The run and its report do not depend on it.
    private IOException? untold;

    public async Task<RunReport> RunAsync(IReadOnlyList<string> notebooks, Action afterNotebooks, CancellationToken cancel)
    {
        var runner = new NotebookRunner(options, memory, view);
        var reports = new NotebookReport?[notebooks.Count];
        var running = new List<(Task Task, int Places)>();
        Directory.CreateDirectory(options.ExecutedFolder);
        earlier = ReportFile.Earlier(options.ReportPath, options.Contents.Except(notebooks)
            .Select(path => options.Names.Shown(options.Repository, path)).ToHashSet(StringComparer.Ordinal));
        view.Start(new TimeLeft([.. notebooks.Select(options.Names.Of)], TimeLeft.Before(options),
            options.Jobs));
        Write(Report(reports, finished: false));
        for (int index = 0; index < notebooks.Count; index++)
        {
            int places = PlacesOf(notebooks[index], options.Jobs);
            await UntilThereIsRoomAsync(running, places).ConfigureAwait(false);
            running.Add((RunOneAsync(index), places));
        }

        await Task.WhenAll(running.Select(run => run.Task)).ConfigureAwait(false);
        // The report is whole also where the book cannot be written.
        var report = Report(reports, finished: !cancel.IsCancellationRequested);
        Write(report);
        afterNotebooks();
        return untold is null ? report : throw untold;

        async Task RunOneAsync(int index)
        {
            string path = notebooks[index];
            var report = cancel.IsCancellationRequested ? runner.NotRun(path) : await runner.RunAsync(path, cancel).ConfigureAwait(false);
            lock (gate)
            {
                reports[index] = report;
                // Those that waited for this one are told with it.
                for (int at = index; reports.Take(at).All(earlier => earlier is not null) && at < reports.Length
                    && reports[at] is { } next; at++)
                {
                    Tell(next);
                }

                Write(Report(reports, finished: false));
            }
        }
    }

    /// <summary>
    /// How many of the places a notebook takes: one for each thread that it asks for, and never more than there are. Measured on two cores:
    /// with two threads notebook 10 took 51 s alone and 131 s beside another notebook; with one thread it took 38 s beside two others.
    /// </summary>
    internal static int PlacesOf(string path, int jobs)
    {
        try
        {
            return Math.Min(jobs, StatedThreads.Of(NotebookFile.Read(path)));
        }
#pragma warning disable CA1031 // Its report will say what is wrong with it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 1;
        }
    }

    /// <summary>Whether a notebook that takes <paramref name="wanted"/> places may start beside those that run.</summary>
    internal static bool HasPlaces(IEnumerable<int> taken, int wanted, int jobs) => taken.Sum() + wanted <= jobs;

    private void Tell(NotebookReport report)
    {
        try
        {
            view.Tell(report);
        }
        catch (IOException error)
        {
            untold ??= error;
        }
    }

    private async Task UntilThereIsRoomAsync(List<(Task Task, int Places)> running, int places)
    {
        running.RemoveAll(run => run.Task.IsCompletedSuccessfully);
        while (!HasPlaces(running.Select(run => run.Places), places, options.Jobs)
            || !memory.HasRoom(MemoryUse.Available, running.Count))
        {
            await Task.WhenAny([.. running.Select(run => run.Task), Task.Delay(Pause, CancellationToken.None)]).ConfigureAwait(false);
            running.RemoveAll(run => run.Task.IsCompletedSuccessfully);
            if (running.Find(run => run.Task.IsFaulted).Task is { } broken)
                await broken.ConfigureAwait(false);
        }
    }

    private RunReport Report(NotebookReport?[] reports, bool finished)
    {
        List<NotebookReport> done = [.. reports.OfType<NotebookReport>()];
        return new(
            Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, Environment.ProcessorCount,
            options.ProfileName, options.DeviceName, options.Seed, started, Math.Round(watch.Elapsed.TotalSeconds, 3), finished,
            done.Count > 0 && done.All(report => report.Status is RunStatus.Passed), done)
        {
            Jobs = options.Jobs,
            PeakMemoryBytes = Math.Max(memory.Peak, done.Select(report => report.PeakMemoryBytes).DefaultIfEmpty().Max()),
        };
    }

    private void Write(RunReport report) => ReportFile.Write(options.ReportPath, report with
    {
        Notebooks = [.. report.Notebooks.Concat(earlier).OrderBy(PlaceOf)],
    });

    // In the order of the book; those that it does not contain first, as they ran.
    private int PlaceOf(NotebookReport report)
    {
        for (int place = 0; place < options.Contents.Count; place++)
        {
            if (options.Names.Shown(options.Repository, options.Contents[place]) == report.File)
                return place;
        }

        return -1;
    }
}
