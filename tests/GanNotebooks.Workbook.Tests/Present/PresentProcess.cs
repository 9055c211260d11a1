using System.Diagnostics;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Tests.Slides;

namespace GanNotebooks.Workbook.Tests.Present;

/// <summary>`workbook present` on a notebook that was run, as a presenter starts it.</summary>
internal sealed class PresentProcess : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private PresentProcess(params JsonObject[] cells)
    {
        folder.Write("GanNotebooks.sln", "");
        folder.Write("notebooks/09-live.ipynb", SlideText.Source(cells));
        folder.Write("out/notebooks/09-live.ipynb", SlideText.Of(cells));
        process = WorkbookProcess.Start(folder.Path, "present", "09", "--no-browser");
    }

    /// <summary>The address that it prints, with its token.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts it, and waits for its address.</summary>
    public static async Task<PresentProcess> StartAsync(params JsonObject[] cells)
    {
        var started = new PresentProcess(cells);
        string? line = await started.process.StandardOutput.ReadLineAsync();
        started.Address = line?.Split(' ').LastOrDefault(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)) ?? "";
        if (started.Address == "")
        {
            string errors = await started.process.StandardError.ReadToEndAsync();
            started.Dispose();
            throw new InvalidOperationException($"present did not start: {line} {errors}");
        }

        _ = started.process.StandardOutput.ReadToEndAsync();
        _ = started.process.StandardError.ReadToEndAsync();
        return started;
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        folder.Dispose();
    }
}
