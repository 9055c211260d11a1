using System.Runtime.InteropServices;
using GanNotebooks.Experiments;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>Runs of a sweep that this process trains.</summary>
/// <param name="folder">The sweep.</param>
/// <param name="options">How to train.</param>
/// <param name="output">Takes a line for each run that ends.</param>
internal sealed class SweepSession(SweepFolder folder, SweepOptions options, TextWriter output)
{
    // A scheduler's warning before the time limit. No PosixSignal has its name; numbers above 0 are those of the system.
    private static readonly int UserSignal = OperatingSystem.IsLinux() ? 10 : 30;

    /// <summary>Trains all runs that nobody else computes.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int RunAll(CancellationToken cancel)
    {
        try
        {
            return Worker(cancel).RunAll() ? ExitCode.Success : ExitCode.ToBeContinued;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
    }

    /// <summary>Trains one run. SIGUSR1 stops it at a checkpoint.</summary>
    /// <returns>An <see cref="ExitCode"/>: of success, of a failed run, or of one that is to be continued.</returns>
    public int RunOne(int run, int? rung, CancellationToken cancel)
    {
        using var asked = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, asked.Token);
        using var registration = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)UserSignal, context =>
        {
            context.Cancel = true;
            asked.Cancel();
        });
        try
        {
            if (rung is { } r && SweepIsWithout(run, r))
            {
                output.WriteLine($"run {run} is not in rung {r + 1}: successive halving has left its setting out");
                return ExitCode.Success;
            }
            var end = Worker(either.Token).RunOne(run, rung);
            if (end is RunEnd.Elsewhere)
                output.WriteLine($"run {run} is computed by another process; `workbook sweep status` says which");
            return end switch
            {
                RunEnd.Finished => ExitCode.Success,
                RunEnd.Failed => ExitCode.Failed,
                _ => ExitCode.ToBeContinued,
            };
        }
        catch (OperationCanceledException)
        {
            output.WriteLine($"run {run} stopped at a checkpoint; the same command continues it");
            return cancel.IsCancellationRequested ? ExitCode.Stopped : ExitCode.ToBeContinued;
        }
    }

    private bool SweepIsWithout(int run, int rung) => folder.IsLeftOut(run, rung);

    private SweepWorker Worker(CancellationToken cancel)
    {
        set_num_threads(1);
        return new SweepWorker(folder)
        {
            CheckpointEvery = options.CheckpointEvery, RemovesCheckpoints = options.RemovesCheckpoints, Cancel = cancel,
            Log = line => output.WriteLine(OneLine.Message(line)),
        };
    }
}

/// <summary>How a sweep is trained; nothing of it changes a result.</summary>
/// <param name="Path">Folder of the sweep.</param>
/// <param name="CheckpointEvery">Steps between two checkpoints.</param>
/// <param name="RemovesCheckpoints">Whether those of finished runs are removed.</param>
/// <param name="AnyLibrary">Whether a sweep of another library is continued.</param>
internal sealed record SweepOptions(string Path, int CheckpointEvery, bool RemovesCheckpoints, bool AnyLibrary)
{
    /// <summary>Opens the sweep.</summary>
    /// <exception cref="SweepException">The folder holds none, or one of another library.</exception>
    public SweepFolder Open()
    {
        var folder = SweepFolder.Open(Path);
        if (!AnyLibrary)
            folder.RequireThisLibrary();
        return folder;
    }
}
