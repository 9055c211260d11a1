using System.Diagnostics;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>Runs one notebook in a process of its own and writes the executed copy.</summary>
internal sealed class NotebookRunner(RunOptions options, MemoryUse memory, IRunView view)
{
    private readonly ExerciseTriesFile tries = new(options.Output);

    /// <summary>Where the report of a run is kept in an executed notebook.</summary>
    public const string ReportKey = "gan_notebooks_run";

    /// <summary>Runs a notebook. What goes wrong with it, even in this process, is in its report: the others run.</summary>
    public async Task<NotebookReport> RunAsync(string path, CancellationToken cancel)
    {
        Notebook? notebook = null;
        NotebookReport report;
        try
        {
            notebook = NotebookFile.Read(path);
            RejectUnknownCells(notebook);
            view.Begin(notebook);
            report = await ExecuteAsync(notebook, cancel).ConfigureAwait(false);
        }
        catch (NotebookFormatException error)
        {
            notebook = new Notebook(path, [], []);
            view.Begin(notebook);
            report = Report(notebook, RunStatus.Unreadable) with { Failure = new Failure("", 0, "", error.Message) };
            Forget(notebook);
        }
#pragma warning disable CA1031 // Whatever a file does to its reader, the other notebooks run and the report is complete.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (notebook is null)
                view.Begin(notebook = new Notebook(path, [], []));
            report = Report(notebook, RunStatus.Crashed) with { Failure = new Failure("", 0, "Runner", Failures.Line(error)) };
            Forget(notebook);
        }

        view.End(notebook, report);
        return report;
    }

    private async Task<NotebookReport> ExecuteAsync(Notebook notebook, CancellationToken cancel)
    {
        var request = Request(notebook);
        var answers = new ReadersAnswers(notebook, request);
        var watch = Stopwatch.StartNew();
        long peak = 0;
        while (true)
        {
            var recording = new Recording(notebook);
            var time = new TimeWatch(TimeLimit.Of(notebook, options), TimeLimit.Answers(options), () => answers.Running(recording));
            var child = new ChildProcess(request with { SetAside = answers.SetAside }, options, time, memory);
            await child.RunAsync(message => Take(recording, notebook, message), cancel).ConfigureAwait(false);
            peak = Math.Max(peak, child.PeakSeen);

            // The pipe's reader may still be in its last event when it was given up on.
            lock (recording)
            {
                var status = Judge(notebook, recording, child);
                if (answers.Take(recording, child) is { } answer)
                {
                    view.Again(notebook, answer.Number);
                    continue;
                }

                answers.Restore(recording);
                return Finish(notebook, recording, status, peak, watch.Elapsed);
            }
        }
    }

    private NotebookReport Finish(Notebook notebook, Recording recording, RunStatus status, long peak, TimeSpan elapsed)
    {
        var report = Report(notebook, status) with
        {
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            CellSeconds = Math.Round(recording.Cells.Sum(cell => cell.Seconds), 3),
            PeakMemoryBytes = Math.Max(recording.PeakBytes, peak),
            Lab = recording.Lab,
            Failure = recording.Failure,
            Cells = [.. recording.Cells],
            Checks = [.. recording.Checks],
        };
        WriteExecuted(notebook, recording, report);
        tries.Add(report);
        return report;
    }

    // What an earlier version of the file showed is not what this one shows.
    private void Forget(Notebook notebook)
    {
        try
        {
            File.Delete(Executed(notebook));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The book says that the source has changed since that run.
        }
    }

    public NotebookReport NotRun(string path) => Report(new Notebook(path, [], []), RunStatus.NotRun);

    private static void RejectUnknownCells(Notebook notebook)
    {
        if (notebook.Cells.FirstOrDefault(cell => cell.Kind is CellKind.Unknown) is { } unknown)
            throw new NotebookFormatException($"cell {unknown.Index + 1} is {unknown.KindName}; only markdown and C# code cells are known");
    }

    private RunStatus Judge(Notebook notebook, Recording recording, ChildProcess child)
    {
        switch (child.Reason)
        {
            case EndReason.TimedOut or EndReason.AnswerTimedOut:
                recording.RecordFailure("TimeOut", child.Overtime!);
                return RunStatus.TimedOut;
            case EndReason.Stopped:
                recording.RecordFailure("Stopped", "stopped by the user");
                return RunStatus.Stopped;
            case EndReason.OutOfMemory:
                recording.RecordFailure("OutOfMemory", $"the process was ended at {child.PeakSeen / 1e9:0.0} GB of memory" +
                    (options.Jobs > 1 ? "; --jobs 1 leaves all of the memory to one notebook" : ""));
                return RunStatus.Crashed;
            case EndReason.Unheard:
                recording.RecordFailure("ForgedEvents", ForgedEventException.Words);
                return RunStatus.Crashed;
            case EndReason.Exited when !recording.Done:
                string words = child.LastWords is { Length: > 0 } last ? ": " + Scrubbed(notebook, last) : "";
                recording.RecordFailure("ProcessEnded", $"the notebook's process ended (exit code {child.ExitCode}){words}");
                return RunStatus.Crashed;
            case EndReason.Exited:
                return recording.Failure is null && child.ExitCode == 0 && !recording.Checks.Exists(check => check.Fails)
                    ? RunStatus.Passed
                    : RunStatus.Failed;
            default:
                throw new ArgumentOutOfRangeException(nameof(child), child.Reason, "Unknown end.");
        }
    }

    private string Scrubbed(Notebook notebook, string text) =>
        new PathScrubber(options.Repository.Root, (notebook.Folder, ".")).Clean(text);

    private void Take(Recording recording, Notebook notebook, ChildEvent message)
    {
        lock (recording)
        {
            recording.Take(message);
            if (message is ChildEvent.Started started)
                view.Cell(notebook, notebook.Cells[started.Cell].Number, notebook.CodeCells.Count());
            else if (message is ChildEvent.Progress progress)
                view.Progress(notebook, progress);
        }
    }

    private ExecuteRequest Request(Notebook notebook) => new(
        Path.GetFullPath(notebook.Path), options.Repository.Setup,
        SolutionFile.PathFor(notebook.Path), options.Solutions, tries.Json, options.Repository.Root);

    private NotebookReport Report(Notebook notebook, RunStatus status) => new(
        options.Names.Of(notebook.Path), options.Names.Shown(options.Repository, notebook.Path), status, 0, 0, 0,
        options.ProfileName, options.DeviceName, options.Seed, null, null, [], []);

    private string Executed(Notebook notebook) => Path.Combine(options.ExecutedFolder, options.Names.Of(notebook.Path) + ".ipynb");

    private void WriteExecuted(Notebook notebook, Recording recording, NotebookReport report)
    {
        var document = recording.Document;
        if (document["metadata"] is not JsonObject metadata)
            document["metadata"] = metadata = [];
        metadata[ReportKey] = ReportFile.ToNode(report);
        if (recording.PlotlyScript is { } script)
            PlotlyInline.AddOnce(document, script);
        NotebookFile.Write(Executed(notebook), document);
    }
}
