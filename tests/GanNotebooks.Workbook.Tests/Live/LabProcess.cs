using System.Diagnostics;

namespace GanNotebooks.Workbook.Tests.Live;

/// <summary>The program that a reader starts with <c>workbook lab</c>.</summary>
internal sealed class LabProcess : IDisposable
{
    private readonly Process process;

    private LabProcess(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>The address that it prints, with its token.</summary>
    public string Address { get; }

    /// <summary>Starts it, and waits for its address.</summary>
    public static async Task<LabProcess> StartAsync(int? port = null)
    {
        string[] arguments = ["lab", "--no-browser", .. port is { } number ? new[] { "--port", $"{number}" } : []];
        var process = WorkbookProcess.Start(TestPaths.Repository.Root, arguments);
        string? line = await process.StandardOutput.ReadLineAsync();
        string? address = line?.Split(' ').LastOrDefault(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal));
        if (address is not null)
        {
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            return new LabProcess(process, address);
        }

        string errors = await process.StandardError.ReadToEndAsync();
        process.Dispose();
        throw new InvalidOperationException($"the lab did not start: {line} {errors}");
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>Makes it hang, as a machine does whose lid is closed.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }
}
