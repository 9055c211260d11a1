using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Workbook.Reporting;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>
/// Signals: a readable report, a checkpoint, a word, and no process left. The tests wait for what a command prints or writes, never for a
/// time.
/// </summary>
[Trait("Category", "Slow")]
public sealed class StopTests : IDisposable
{
    private const string Endless =
        "--run run --data ring --model mlp --steps 1000000 --checkpoint-every 1000000000 --sample-every 1";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("TERM", "HUP", "TERM")]
    public async Task Run_Signal_LeavesAReadableReportAndNoProcess(params string[] signals)
    {
        // The cell starts a process of its own, too.
        folder.Write("first.ipynb", Of(Code("""
            var sleeper = System.Diagnostics.Process.Start("sleep", "100000");
            System.IO.File.WriteAllText("new", $"{Environment.ProcessId} {sleeper.Id}");
            System.IO.File.Move("new", "running");
            while (true) { }
            """)));
        folder.Write("second.ipynb", Of(Code("1")));
        using var process = Shell.Start(folder.Path, "exec $W run first.ipynb second.ipynb --jobs 1 --out out");
        await Until(process, () => File.Exists(folder.File("running")));
        int[] left = [.. (await File.ReadAllTextAsync(folder.File("running"), Cancel)).Split(' ')
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        foreach (string signal in signals)
            Shell.Signal(process, signal);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        var report = ReportFile.Read(folder.File("out/report.json"));
        Assert.Equal(CodeOf(signals[0]), process.ExitCode);
        Assert.Equal([RunStatus.Stopped, RunStatus.NotRun], report.Notebooks.Select(notebook => notebook.Status));
        Assert.False(report.Finished || report.Passed);
        Assert.Contains("0 notebooks passed, 0 failed, 1 stopped, 1 not run; ", output, StringComparison.Ordinal);
        Assert.All(left, id => Assert.True(IsGone(id), $"process {id} is still there"));
    }

    // Killed, the parent can do nothing; its child and what that has started end all the same.
    [Fact]
    public async Task Run_Killed_LeavesNoProcess()
    {
        folder.Write("first.ipynb", Of(Code("""
            var sleeper = System.Diagnostics.Process.Start("sleep", "100000");
            System.IO.File.WriteAllText("new", $"{Environment.ProcessId} {sleeper.Id}");
            System.IO.File.Move("new", "running");
            while (true) { }
            """)));
        using var process = Shell.Start(folder.Path, "exec $W run first.ipynb --out out");
        await Until(process, () => File.Exists(folder.File("running")));
        int[] left = [.. (await File.ReadAllTextAsync(folder.File("running"), Cancel)).Split(' ')
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        Shell.Signal(process, "KILL");
        await process.WaitForExitAsync(Cancel);

        await Until(null, () => left.All(IsGone)); // a hang here is the failure
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Train_Signal_WritesACheckpointOfTheLastStep(string signal)
    {
        using var process = Shell.Start(folder.Path, $"exec $W train {Endless}");
        await Until(process, () => Samples > 2);
        Shell.Signal(process, signal);
        Shell.Signal(process, signal);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(CodeOf(signal), process.ExitCode);
        Assert.Contains("stopped; a checkpoint is written.", output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.File("run/checkpoints"), "*.checkpoint"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Study_Signal_SaysAWordAndGoesOnWhereItWas(string signal)
    {
        const string study = "study rotating-ring --method GAN --seeds 1 --steps 4000 --out out --scratch scratch";
        using (var process = Shell.Start(folder.Path, $"exec $W {study}"))
        {
            await Until(process, () => Directory.Exists(folder.File("scratch"))
                && Directory.GetFiles(folder.File("scratch"), "*.checkpoint", SearchOption.AllDirectories).Length > 0);
            Shell.Signal(process, signal);
            string output = await process.StandardOutput.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            Assert.Equal(CodeOf(signal), process.ExitCode);
            Assert.Contains("the same command continues", output, StringComparison.Ordinal);
        }

        var rest = await Shell.RunAsync(folder.Path, $"$W {study}");
        Assert.True(rest.ExitCode == 0, rest.Errors);
        Assert.True(File.Exists(folder.File("out/rotating-ring/GAN-4000-seed1.json")));
    }

    [Fact]
    public async Task Bench_Signal_SaysAWord()
    {
        using var process = Shell.Start(folder.Path, $"cd {TestPaths.Repository.Root}; exec $W bench mlp --rounds 100000 --json $D/t.json");
        string? line = await process.StandardOutput.ReadLineAsync(Cancel);
        Assert.NotNull(line);
        Shell.Signal(process, "TERM");
        string errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(143, process.ExitCode);
        Assert.EndsWith("stopped\n", errors, StringComparison.Ordinal);
    }

    // A signal may come at any moment, also before the program listens: then the system ends it, with the same exit code.
    [Theory]
    [InlineData("book", "TERM")]
    [InlineData("book", "HUP")]
    [InlineData("book", "INT")]
    [InlineData("check", "TERM")]
    [InlineData("check", "HUP")]
    [InlineData("check", "INT")]
    public async Task BookAndCheck_SignalAtAnyMoment_EndWithItsCodeAndWholePages(string command, string signal)
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(number => $"n{number}.ipynb")];
        string text = Of([.. Enumerable.Range(0, 60).Select(cell => Prose($"# Heading {cell}\n\n" + new string('x', 2000)))]);
        foreach (string name in names)
        {
            folder.Write(name, text);
            folder.Write("out/notebooks/" + name, text);
        }

        string arguments = $"{command} {string.Join(' ', names)}{(command == "book" ? " --out out" : "")}";
        foreach (int pages in new[] { 0, 1, 6 })
        {
            using var process = Shell.Start(folder.Path, $"exec $W {arguments}");
            while (command == "book" && !process.HasExited && Pages().Length < pages)
                await Task.Delay(1, Cancel);
            Shell.Signal(process, signal);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
            await process.WaitForExitAsync(Cancel);
            await output;
            Assert.Contains(await errors, new[] { "", "stopped\n" });
            Assert.True(process.ExitCode is 0 or 1 || process.ExitCode == CodeOf(signal), $"exit code {process.ExitCode}");
            Assert.All(Pages(), page => Assert.EndsWith("</html>", File.ReadAllText(page).TrimEnd(), StringComparison.Ordinal));
        }
    }

    private string[] Pages() =>
        Directory.Exists(folder.File("out/book")) ? Directory.GetFiles(folder.File("out/book"), "*.html") : [];

    // 128 plus the number of the signal, as shells expect.
    private static int CodeOf(string signal) => 128 + signal switch
    {
        "HUP" => 1,
        "INT" => 2,
        "TERM" => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "unknown signal"),
    };

    // nohup: the terminal's end must not end what was started to outlive it.
    [Fact]
    public async Task Train_SignalThatIsIgnored_StaysIgnored()
    {
        using var process = Shell.Start(folder.Path,
            $"trap '' HUP INT; exec $W train {Endless}");
        await Until(process, () => Samples > 0);
        Shell.Signal(process, "HUP");
        Shell.Signal(process, "INT");
        int before = Samples;
        await Until(process, () => Samples > before + 5);
        Shell.Signal(process, "TERM");
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(143, process.ExitCode);
    }

    private int Samples => Directory.Exists(folder.File("run/samples")) ? Directory.GetFiles(folder.File("run/samples")).Length : 0;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task Until(Process? process, Func<bool> there)
    {
        while (!there())
        {
            if (process is { HasExited: true })
                Assert.Fail($"ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(Cancel)}");
            await Task.Delay(20, Cancel);
        }
    }

    // Its parent may not have asked for its exit code yet.
    private static bool IsGone(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ')[1] is "Z" or "X";
        }
        catch (Exception error) when (error is IOException)
        {
            return true;
        }
    }
}
