using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Commands;
using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Live;

/// <summary>The command as a reader starts it.</summary>
[Trait("Category", "Slow")]
public sealed class LabCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Lab_Started_ServesThePageAndTheEngineUntilTheSignal(string signal, int code)
    {
        using var process = Shell.Start(folder.Path, "exec $W lab --no-browser --preset learns");
        var address = await AddressAsync(process);
        Assert.Contains("<!DOCTYPE html>", await client.GetStringAsync(address, Cancel), StringComparison.OrdinalIgnoreCase);
        var hello = await HelloAsync(address);
        Assert.True(hello["ok"]?.GetValue<bool>(), hello.ToJsonString());
        // To list them, the command must not load the library; so they stand there once more.
        Assert.Equal(hello["catalog"]!["presets"]!.AsArray().Select(one => one!["name"]!.ToString()), LabCommand.Presets);
        foreach (var of in hello["catalog"]!["presets"]!.AsArray().GroupBy(one => one!["notebook"]!.ToString()))
            Assert.Contains(LabCommand.PresetOf(of.Key), of.Select(one => one!["name"]!.ToString()));
        Assert.Null(LabCommand.PresetOf("05-global-optimum"));

        Shell.Signal(process, signal);
        string errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(code, process.ExitCode);
        Assert.Equal("stopped\n", errors);
    }

    // The page comes first, then the library: without natives the address was printed all the same, and the reason is the usual line.
    [Fact]
    public async Task Lab_LibraryWithoutNatives_OpensThePageThenSaysWhatIsMissing()
    {
        Directory.CreateDirectory(folder.File("empty"));
        var run = await Shell.RunAsync(folder.Path, "$W lab --no-browser --libtorch empty");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("lab     http://127.0.0.1:", run.Output, StringComparison.Ordinal);
        Shell.IsOneLine(run.Errors);
        Assert.Contains("libtorch_cpu", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lab_Browser_GetsAnAddressThatIsGoodForOneVisit()
    {
        string opener = folder.Write("xdg-open", "#!/bin/sh\necho \"$1\" > \"$D/new\"; mv \"$D/new\" \"$D/opened\"\n");
        using var process = Shell.Start(folder.Path, $"chmod +x '{opener}'; DISPLAY=:99 PATH=$D:$PATH exec $W lab");
        var address = await AddressAsync(process);
        while (!File.Exists(folder.File("opened")))
            await Task.Delay(10, Cancel);
        string opened = (await File.ReadAllTextAsync(folder.File("opened"), Cancel)).Trim();
        Assert.DoesNotContain(address.AbsolutePath.Trim('/'), opened, StringComparison.Ordinal);
        Assert.Equal(await client.GetStringAsync(address, Cancel), await client.GetStringAsync(new Uri(opened), Cancel));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri(opened), Cancel));
        Shell.Signal(process, "TERM");
        await process.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task Lab_PortInUse_IsOneLine()
    {
        using var process = Shell.Start(folder.Path, "exec $W lab --no-browser");
        int port = (await AddressAsync(process)).Port;
        var second = await Shell.RunAsync(folder.Path, $"$W lab --no-browser --port {port}");
        Assert.Equal((1, ""), (second.ExitCode, second.Output));
        Shell.IsOneLine(second.Errors);
        Assert.Contains($"Port {port} of 127.0.0.1", second.Errors, StringComparison.Ordinal);
        Shell.Signal(process, "TERM");
        await process.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task Lab_OwnTable_IsOneMoreTargetAndABrokenOneIsRefusedBeforeThePage()
    {
        folder.Write("points.csv", string.Join('\n', Enumerable.Range(0, 50).Select(i => $"{i % 7},{i % 5}")));
        folder.Write("broken.csv", "1,2\n3,four\n");
        var broken = await Shell.RunAsync(folder.Path, "$W lab --no-browser --data csv:broken.csv");
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Equal("", broken.Output);
        Shell.IsOneLine(broken.Errors);

        using var process = Shell.Start(folder.Path, "exec $W lab --no-browser --data csv:points.csv");
        var hello = await HelloAsync(await AddressAsync(process));
        Assert.Contains("points.csv", hello["catalog"]!["targets"]!.ToJsonString(), StringComparison.Ordinal);
        Shell.Signal(process, "TERM");
        await process.WaitForExitAsync(Cancel);
    }

    // Nobody looks at `workbook run`: no server, no waiting, and neither the page's assembly nor ASP.NET Core in a notebook that has none.
    [Fact]
    public async Task OpenLab_InWorkbookRun_OpensNothingAndOtherNotebooksDoNotLoadIt()
    {
        const string loaded = "string.Join(\" \", AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name)"
            + ".Where(name => name is \"GanNotebooks.Live\" || name.StartsWith(\"Microsoft.AspNetCore.Server\")))";
        var (setup, open) = (Code("#!import setup.csx"), Code("var lab = Lab.Open(\"own\");"));
        string notebook = folder.Write("own.ipynb", Of(setup, open, Code(loaded), Code("""
            var source = new RingData(seed: 1);
            var g = new MultilayerPerceptron(2, [8], [2]).UniformFanIn(lab.Generator());
            var d = new MultilayerPerceptron(2, [8], [1]).UniformFanIn(lab.Generator());
            var trainer = new Trainer(new TrainingConfig { Steps = 10, BatchSize = 4, NoiseDimension = 2 }, g, d, source);
            var page = lab.OpenLab(trainer);
            """), Code("page.Address is null"), Code(loaded)));
        string output = folder.File("out");
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, output, Cancel, "run", notebook, "--out", output);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string[] texts = [.. NotebookFile.Parse("own", run.Executed("own")).CodeCells.SelectMany(cell => NotebookOutputs.Outputs(cell.Json))
            .Select(shown => NotebookFile.Text(shown!["data"]?["text/plain"]) + NotebookFile.Text(shown["text"]))];
        Assert.Contains(texts, text => text.StartsWith("In an editor or in Jupyter a page opens here", StringComparison.Ordinal));
        Assert.Equal(["", "True", "GanNotebooks.Live"], texts[^4..].Where(text => !text.StartsWith("In an", StringComparison.Ordinal)));
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        string? line = await process.StandardOutput.ReadLineAsync(Cancel);
        if (line is null)
            Assert.Fail(await process.StandardError.ReadToEndAsync(Cancel));
        return new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static async Task<JsonNode> HelloAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(new Uri(address, "ws")) { Scheme = "ws" }.Uri, Cancel);
        await socket.SendAsync("""{"id":1,"do":"hello"}"""u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        byte[] buffer = new byte[4 << 20];
        while (true)
        {
            int length = 0;
            WebSocketReceiveResult read;
            do
            {
                read = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), Cancel);
                length += read.Count;
            }
            while (!read.EndOfMessage);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            if (read.MessageType is WebSocketMessageType.Text && JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, length)) is { } json
                && json["re"] is not null)
            {
                return json;
            }
        }
    }
}
