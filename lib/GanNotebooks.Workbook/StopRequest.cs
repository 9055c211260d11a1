using System.Globalization;
using System.Runtime.InteropServices;

namespace GanNotebooks.Workbook;

/// <summary>
/// Ctrl-C, SIGTERM, SIGQUIT and SIGHUP (a closed terminal) as one request to stop. The process goes on until its command has ended; further
/// signals change nothing. A signal that the process was started to ignore (<c>nohup</c>, a script's <c>&amp;</c>) stays ignored.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGHUP, 1)];

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopRequest()
    {
        long ignored = Ignored();
        foreach (var (signal, number) in Signals.Where(s => (ignored >> (s.Number - 1) & 1) == 0))
            registrations.Add(PosixSignalRegistration.Create(signal, context => Take(context, number)));
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of a process that the first signal has stopped.</summary>
    public int Code { get; private set; } = ExitCode.Stopped;

    /// <summary>Waits for an action; after the signal for at most <paramref name="patience"/>.</summary>
    /// <returns>Whether the action ended; its exception is left to the caller.</returns>
    public async Task<bool> EndsAsync(Task action, TimeSpan patience)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = Token.Register(asked.SetResult);
        if (await Task.WhenAny(action, asked.Task).ConfigureAwait(false) != action)
            await Task.WhenAny(action, Task.Delay(patience, CancellationToken.None)).ConfigureAwait(false);
        return action.IsCompleted;
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Take(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (!source.IsCancellationRequested)
            Code = ExitCode.Signals + number;
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has just ended.
        }
    }

    // The mask of ignored signals, bit 0 for signal 1.
    private static long Ignored()
    {
        string? line = OperatingSystem.IsLinux() && File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        return long.TryParse(line?[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long mask) ? mask : 0;
    }
}
