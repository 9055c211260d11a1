using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;
using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// One notebook process seen from outside: it is started, read, and ended when it exceeds its time or memory, or when the reader presses
/// Ctrl-C. Events use a separate pipe, because cells and native code may write anything to the standard streams.
/// </summary>
internal sealed class ChildProcess(ExecuteRequest request, RunOptions options, TimeWatch? time, MemoryUse memory)
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    // Between the making of a pipe and the start of its process no other process may start, which would inherit the pipe.
    private static readonly Lock Starting = new();

    private readonly LeftBehind leftBehind = new();
    private readonly TaskCompletionSource<StreamWriter> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TextTail errors = new();
    private readonly TextTail output = new();

    public EndReason Reason { get; private set; } = EndReason.Exited;

    public int ExitCode { get; private set; }

    /// <summary>Which limit it exceeded, in words; null for none.</summary>
    public string? Overtime { get; private set; }

    /// <summary>The highest memory that the parent measured; the process itself reports an exact value.</summary>
    public long PeakSeen { get; private set; }

    /// <summary>The last text that the process wrote outside the notebook, such as the runtime's "Stack overflow."</summary>
    public string LastWords => errors.Summary() is { Length: > 0 } text ? text : output.Summary();

    public async Task RunAsync(Action<ChildEvent> take, CancellationToken cancel)
    {
        var (pipe, process) = Start();
        using var ending = process;
        using var enough = new CancellationTokenSource();
        var listening = new EventLines(pipe).ReadAsync(take, enough.Token);
        var reading = Task.WhenAll(listening, errors.ReadAsync(process.StandardError), output.ReadAsync(process.StandardOutput));
        try
        {
            // The child's input stays open while this process lives. The child ends when it is closed.
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, WireJson.Default.ExecuteRequest))
                .ConfigureAwait(false);
            await process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            ready.TrySetResult(process.StandardInput);
            await WatchAsync(process, listening, cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The child died before it read the line; the exit code says why.
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            ready.TrySetCanceled(CancellationToken.None);
            memory.Ended(process);
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            leftBehind.End();
        }

        ExitCode = process.ExitCode;
        // A process that could not be ended may hold the pipes open; its output is ignored.
        await Task.WhenAny(reading, Task.Delay(DrainTime, CancellationToken.None)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(listening, Task.Delay(DrainTime, CancellationToken.None)).ConfigureAwait(false);
        // To dispose a pipe waits for a read that could not be cancelled: then it is left to the end of this process.
        if (listening.IsCompleted)
            await pipe.DisposeAsync().ConfigureAwait(false);
        if (listening.Exception?.InnerException is ForgedEventException)
            Reason = EndReason.Unheard;
        else if (listening.IsFaulted)
            await listening.ConfigureAwait(false);
    }

    /// <summary>Asks a live process to run a cell. One that has ended does not answer; <see cref="RunAsync"/> then returns.</summary>
    public async Task AskAsync(CellRequest cell)
    {
        try
        {
            var input = await ready.Task.ConfigureAwait(false);
            await input.WriteLineAsync(JsonSerializer.Serialize(cell, WireJson.Default.CellRequest)).ConfigureAwait(false);
            await input.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended, or never began.
        }
    }

    private (AnonymousPipeServerStream Pipe, Process Process) Start()
    {
        lock (Starting)
        {
            var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            try
            {
                var process = Process.Start(StartInfo(pipe.GetClientHandleAsString()))
                    ?? throw new InvalidOperationException("The notebook process did not start.");
                pipe.DisposeLocalCopyOfClientHandle();
                return (pipe, process);
            }
            catch
            {
                pipe.Dispose();
                throw;
            }
        }
    }

    private static string Program =>
        Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    private ProcessStartInfo StartInfo(string pipe)
    {
        var start = new ProcessStartInfo(Program, [ChildProgram.Verb, pipe])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["GAN_NOTEBOOKS_PROFILE"] = options.ProfileName;
        start.Environment["GAN_NOTEBOOKS_DEVICE"] = options.DeviceName;
        start.Environment["DOTNET_NOLOGO"] = "1";
        leftBehind.Mark(start);
        // The child starts with its own host, which would otherwise search for the runtime only in the system's folders.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        if (options.Seed is { } seed)
            start.Environment["GAN_NOTEBOOKS_SEED"] = seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
        else
            start.Environment.Remove("GAN_NOTEBOOKS_SEED");
        return start;
    }

    private static TimeSpan ProcessorTime(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.Zero; // it has just ended
        }
    }

    private async Task WatchAsync(Process process, Task listening, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var exit = process.WaitForExitAsync(CancellationToken.None);
        while (!exit.IsCompleted)
        {
            var step = TimeSpan.FromMilliseconds(250);
            await Task.WhenAny(exit, Task.Delay(step, cancel)).ConfigureAwait(false);
            if (exit.IsCompleted)
                break;
            long now = memory.See(process);
            PeakSeen = Math.Max(PeakSeen, now);
            var over = time?.Over(watch.Elapsed, ProcessorTime(process));
            Overtime = over?.Words;
            Reason = cancel.IsCancellationRequested ? EndReason.Stopped
                : over is { OfAnswer: true } ? EndReason.AnswerTimedOut
                : over is not null ? EndReason.TimedOut
                : now > options.MemoryLimit ? EndReason.OutOfMemory
                : listening.IsFaulted ? EndReason.Unheard
                : EndReason.Exited;
            if (Reason is EndReason.Exited)
                continue;
            process.Kill(entireProcessTree: true);
            await exit.ConfigureAwait(false);
        }
    }
}

/// <summary>Why the process of a notebook ended.</summary>
internal enum EndReason
{
    Exited,
    TimedOut,

    /// <summary>The time of a reader's answer is over, not that of the notebook.</summary>
    AnswerTimedOut,
    OutOfMemory,
    Stopped,

    /// <summary>What it reports could not be taken.</summary>
    Unheard,
}
