using System.Diagnostics;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>
/// Several processes of this program that work in one sweep. Each holds its standard input open and stops at a checkpoint when it is
/// closed: when this process asks for it, and also when this process is killed.
/// </summary>
/// <param name="arguments">Command line of a worker.</param>
/// <param name="count">Number of workers.</param>
/// <param name="errors">Takes their errors; a line that several of them say, once.</param>
internal sealed class SweepWorkers(IReadOnlyList<string> arguments, int count, TextWriter errors)
{
    private readonly HashSet<string> said = [];

    /// <summary>This program, as it can be started.</summary>
    public static string Program =>
        Path.ChangeExtension(typeof(SweepWorkers).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Runs the workers to their ends.</summary>
    /// <returns>Their exit codes.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(CancellationToken cancel)
    {
        List<Process> workers = [];
        try
        {
            for (int i = 0; i < count; i++)
                workers.Add(Process.Start(StartInfo()) ?? throw new InvalidOperationException("A worker did not start."));
            using var stop = cancel.Register(() => workers.ForEach(worker => worker.StandardInput.Close()));
            await Task.WhenAll(workers.Select(WatchAsync)).ConfigureAwait(false);
            return [.. workers.Select(worker => worker.ExitCode)];
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    /// <summary>Is cancelled when the process that started this worker closes its end of the standard input.</summary>
    public static CancellationTokenSource StopWithParent(CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
                // Nothing is said there.
            }
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The worker has just ended.
            }
        })
        { IsBackground = true, Name = "parent" }.Start();
        return source;
    }

    private async Task WatchAsync(Process worker)
    {
        while (await worker.StandardError.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            lock (said)
            {
                if (said.Add(line))
                    errors.WriteLine(line);
            }
        }
        await worker.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        return start;
    }
}
