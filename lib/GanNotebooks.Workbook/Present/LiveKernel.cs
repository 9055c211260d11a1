using System.Text.Json.Nodes;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Present;

/// <summary>
/// A process with the kernel of one notebook, which runs single cells. It has what <c>workbook run</c> gives a notebook: its folder, its
/// profile, a memory limit. It ends when it is disposed, and with this process.
/// </summary>
internal sealed class LiveKernel : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ends = new();
    private readonly Notebook notebook;
    private readonly Action<ChildEvent.Progress> progress;
    private readonly ChildProcess child;
    private readonly Task running;
    private Recording? recording;
    private TaskCompletionSource<CellResult>? waiting;

    // Why it has ended; null while it lives.
    private string? end;

    /// <param name="notebook">The notebook.</param>
    /// <param name="options">Its profile, device, seed, and the memory that it may use.</param>
    /// <param name="progress">Hears of what the library says about long work.</param>
    public LiveKernel(Notebook notebook, RunOptions options, Action<ChildEvent.Progress> progress)
    {
        (this.notebook, this.progress) = (notebook, progress);
        var request = new ExecuteRequest(
            Path.GetFullPath(notebook.Path), options.Repository.Setup, null, false, "", options.Repository.Root, IsLive: true);
        child = new ChildProcess(request, options, time: null, new MemoryUse());
        running = RunAsync();
    }

    /// <summary>Whether it can still run cells.</summary>
    public bool IsAlive
    {
        get
        {
            lock (gate)
                return end is null;
        }
    }

    /// <summary>Whether it was ended by <see cref="DisposeAsync"/>.</summary>
    public bool IsStopped => !IsAlive && child.Reason is EndReason.Stopped;

    /// <summary>Runs a cell after all that were asked for before.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="source">What runs in its place.</param>
    public async Task<CellResult> RunAsync(NotebookCell cell, string source)
    {
        var done = new TaskCompletionSource<CellResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            (recording, waiting) = (new Recording(notebook), done);
            if (end is not null)
                Give(cell);
        }

        await child.AskAsync(new CellRequest(cell.Index, source)).ConfigureAwait(false);
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Ends the process, also in the middle of a cell.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!running.IsCompleted)
            await ends.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        string? why = null;
        try
        {
            await child.RunAsync(Take, ends.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever ends the kernel is told in the cell that runs.
        catch (Exception error)
#pragma warning restore CA1031
        {
            why = Failures.Line(error);
        }

        lock (gate)
        {
            end = why ?? Ended();
            Give(recording?.Running);
        }
    }

    private string Ended()
    {
        string words = child.LastWords is { Length: > 0 } last ? ": " + last : "";
        return child.Reason switch
        {
            EndReason.Stopped => "stopped",
            EndReason.OutOfMemory => $"the kernel was ended at {child.PeakSeen / 1e9:0.0} GB of memory",
            EndReason.Unheard => ForgedEventException.Words,
            _ => "the kernel has ended" + words,
        };
    }

    private void Take(ChildEvent message)
    {
        lock (gate)
        {
            if (message is ChildEvent.Progress said)
                progress(said);
            recording?.Take(message);
            if (message is ChildEvent.Finished finished && recording is { } told)
            {
                bool goesOn = finished.Status is CellStatus.Passed || told.Failure is null;
                Complete(new CellResult(Outputs(told, finished.Cell), finished.Seconds, goesOn ? null : Words(told.Failure)));
            }
        }
    }

    // The process has ended: what the cell has shown so far stays.
    private void Give(NotebookCell? cell)
    {
        if (recording is null)
            return;
        recording.RecordFailure("Kernel", end!);
        Complete(new CellResult(cell is null || recording.Running is null ? Lost(end!) : Outputs(recording, cell.Index), 0, end));
    }

    private void Complete(CellResult result)
    {
        waiting?.TrySetResult(result);
        (recording, waiting) = (null, null);
    }

    private static string Words(Failure? failure) => failure is null ? "the cell failed" : $"{failure.Name}: {failure.Message}";

    private static JsonObject Outputs(Recording recording, int index) => (JsonObject)((JsonArray)recording.Document["cells"]!)[index]!;

    private static JsonObject Lost(string why)
    {
        var cell = new JsonObject();
        NotebookOutputs.AddError(cell, "Kernel", why, []);
        return cell;
    }
}
