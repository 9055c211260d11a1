using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>
/// The released .NET Interactive kernel behind the protocol that VS Code speaks with it: one JSON object per line, commands in, events
/// out. Whatever is waited for is an event.
/// </summary>
internal sealed class StdioKernel : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;
    private int submissions;

    private StdioKernel(Process process) => (this.process, errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts it as VS Code does, and waits until it is ready.</summary>
    public static async Task<StdioKernel> StartAsync(string workingFolder, CancellationToken cancel)
    {
        var kernel = new StdioKernel(HostProcess.Start(
            "dotnet", "tool", "run", "dotnet-interactive", "--", "[vscode]", "stdio", "--working-dir", workingFolder));
        while ((await kernel.ReadAsync(cancel)).Type != "KernelReady")
        {
        }

        return kernel;
    }

    /// <summary>Runs a cell; all that was said until it had succeeded or failed.</summary>
    public async Task<IReadOnlyList<KernelEvent>> SubmitAsync(string code, CancellationToken cancel)
    {
        string token = (++submissions).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var command = new JsonObject
        {
            ["token"] = token,
            ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" },
            ["commandType"] = "SubmitCode",
            ["routingSlip"] = new JsonArray(),
        };
        await process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        var events = new List<KernelEvent>();
        do
            events.Add(await ReadAsync(cancel));
        while (!(events[^1].EndsCommand && events[^1].Token == token));
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // A line that is no JSON is the greeting of the first start, or a cell's native code past the kernel; VS Code ignores it, too.
    private async Task<KernelEvent> ReadAsync(CancellationToken cancel)
    {
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            try
            {
                if (JsonNode.Parse(line) is JsonObject json && json["eventType"] is not null)
                    return new KernelEvent(json);
            }
            catch (JsonException)
            {
            }
        }

        throw new InvalidOperationException("The kernel is gone: " + await errors);
    }
}
