using System.ComponentModel;
using System.Diagnostics;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Runs a program with a time limit. The program and its children are killed at the limit, or after a long silence.
/// </summary>
/// <param name="Ended">The exit code; null when the program was killed.</param>
/// <param name="LastLines">The last lines of its output, or the reason why it did not start.</param>
internal sealed record BoundedProcess(int? Ended, double Seconds, IReadOnlyList<string> LastLines)
{
    private const int Kept = 12;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    public bool Succeeded => Ended == 0;

    /// <summary>Runs a program.</summary>
    /// <param name="limit">The time limit.</param>
    /// <param name="quiet">The longest silence allowed; null for no such limit.</param>
    /// <param name="log">A file to which the output is appended.</param>
    /// <param name="take">Receives every line of standard output.</param>
    public static async Task<BoundedProcess> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit,
        CancellationToken cancel,
        TimeSpan? quiet = null, string? log = null, Action<string>? take = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        var lines = new Queue<string>();
        var heard = watch.Elapsed;
        using var writer = log is null ? TextWriter.Null : new StreamWriter(log, append: true) { AutoFlush = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var reading = Task.WhenAll(Listen(process.StandardOutput, take), Listen(process.StandardError, null));
            bool killed = !await EndsAsync(process).ConfigureAwait(false);
            // a grandchild may hold the pipes open
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None)).ConfigureAwait(false);
            lock (lines)
                return new BoundedProcess(killed ? null : process.ExitCode, watch.Elapsed.TotalSeconds, [.. lines]);
        }
        catch (Win32Exception error)
        {
            return new BoundedProcess(127, watch.Elapsed.TotalSeconds, [$"{Path.GetFileName(program)} does not start: {error.Message}"]);
        }

        async Task<bool> EndsAsync(Process process)
        {
            var exit = process.WaitForExitAsync(CancellationToken.None);
            while (await Task.WhenAny(exit, Task.Delay(Glance, CancellationToken.None)).ConfigureAwait(false) != exit)
            {
                TimeSpan silence;
                lock (lines)
                    silence = watch.Elapsed - heard;
                if (watch.Elapsed < limit && !(silence > quiet) && !cancel.IsCancellationRequested)
                    continue;
                process.Kill(entireProcessTree: true);
                await exit.ConfigureAwait(false);
                return false;
            }
            return true;
        }

        async Task Listen(StreamReader reader, Action<string>? told)
        {
            while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                lock (lines)
                {
                    heard = watch.Elapsed;
                    lines.Enqueue(line);
                    if (lines.Count > Kept)
                        lines.Dequeue();
                    writer.WriteLine(line);
                    told?.Invoke(line);
                }
            }
        }
    }
}
