using System.Diagnostics;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>
/// A host's program, started in the notebooks' folder (above it `dotnet tool run` finds its manifest), with nothing of ours in its
/// environment.
/// </summary>
internal static class HostProcess
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(20); // against a hang; no measure of anything

    public static CancellationTokenSource Limited()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(limit);
        return source;
    }

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = TestPaths.Repository.Notebooks,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string? name in start.Environment.Keys.Where(key => key.StartsWith("GAN_NOTEBOOKS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end; what it said on both streams.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var patience = Limited();
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        try
        {
            string[] texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, string.Concat(texts));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
