using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Reporting;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>Answers of commands that a reader found odd.</summary>
public sealed class OddAnswersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, "--out: /proc/x cannot be written", "run", "05", "--out", "/proc/x")]
    [InlineData(2, "is a file; it must be a folder", "run", "05", "--out", "README.md")]
    [InlineData(2, "--rounds must be a whole number, 1 or larger, not '0'", "bench", "mlp", "--rounds", "0")]
    [InlineData(2, "--python: there is no program '/nowhere'", "bench", "mlp", "--python", "/nowhere")]
    [InlineData(2, "--d-rate must be a positive number", "train", "--run", "r", "--d-rate", "abc")]
    [InlineData(2, "--g-rate must be a positive number, from 1E-12 to 1000, not '0,0002'. A decimal point", "train", "--run", "r",
        "--g-rate", "0,0002")]
    [InlineData(2, "--timeout must be a positive number, from 0.001 to 1000000, not '0,5'", "run", "--timeout", "0,5")]
    [InlineData(2, "--timeout must be a positive number, from 0.001 to 1000000, not '1e300'", "run", "--timeout", "1e300")]
    [InlineData(2, "--threads must be at most 256, not '2147483647'", "train", "--run", "r", "--threads", "2147483647")]
    [InlineData(2, "--width must be at most 2048, not '2147483647'", "train", "--run", "r", "--width", "2147483647")]
    [InlineData(2, "--batch must be at most 1000000, not '2147483647'", "train", "--run", "r", "--batch", "2147483647")]
    [InlineData(2, "NOWHERE.ipynb: no such file or folder", "check", "NOWHERE.ipynb")]
    [InlineData(2, "There are no notebooks in data/mnist.", "check", "data/mnist")]
    [InlineData(2, "Unrecognized command or argument 'help'", "help")]
    [InlineData(2, "--record and --out name two places", "study", "ring-rates", "--record", "--out", "x")]
    public async Task Command_OddArgument_IsAnsweredInOneLine(int exitCode, string answer, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || !arguments.Contains("/proc/x"), "a folder of Linux");
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(answer, run.Errors, StringComparison.Ordinal);
        Shell.IsOneLine(run.Errors);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Check_FolderWithoutNotebooks_NamesThatFolder()
    {
        Directory.CreateDirectory(folder.File("empty"));
        var run = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, "check", folder.File("empty"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"There are no notebooks in {folder.File("empty")}.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_WithoutOut_LeavesTheRecordsAlone()
    {
        folder.Write("GanNotebooks.sln", "");
        string[] before = Directory.GetFiles(Path.Combine(TestPaths.Repository.Root, "data", "results", "ring-rates"));
        var run = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, "study", "ring-rates",
            "--steps", "2", "--seeds", "1", "--method", "D 3e-4, G 1e-3");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Single(Directory.GetFiles(folder.File("out/results/ring-rates"), "*-2-seed1.json"));
        Assert.Equal(before, Directory.GetFiles(Path.Combine(TestPaths.Repository.Root, "data", "results", "ring-rates")));
    }

    // Before anything is built: a dotnet that is not the SDK's would show it.
    [Fact]
    public async Task Bench_WithoutCuda_SaysSoBeforeItBuilds()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidia0"), "this machine has a GPU");
        folder.Write("bin/dotnet", "#!/bin/sh\ntouch $D/built\n");
        var run = await Shell.RunAsync(folder.Path,
            $"chmod +x bin/dotnet; PATH=$D/bin:$PATH; cd {TestPaths.Repository.Root}; exec $W bench mlp --device cuda --json $D/t.json");
        Assert.Equal(1, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains("CUDA was asked for", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("built")), "something was built");
    }

    // Names of methods contain commas.
    [Fact]
    public async Task Study_UnknownMethod_ChoicesCanBeToldApart()
    {
        var run = await Shell.RunAsync(folder.Path, "$W study ring-rates --method none --out a --scratch b");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("D 3e-4, G 1e-3; D ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FashionWithoutItsData_SpeaksOfReading()
    {
        const string installed = "/usr/share/datasets";
        string hide = Directory.Exists(installed) ? $"mount -t tmpfs none {installed} && " : "";
        var trial = await Shell.RunAsync(folder.Path, $"exec unshare -Urm sh -c '{hide}true'");
        Assert.SkipUnless(trial.ExitCode == 0, "Fashion-MNIST is installed, and this user may not hide it (unshare -Urm)");
        var run = await Shell.RunAsync(folder.Path,
            $"exec unshare -Urm sh -c '{hide} exec $W train --run r --data fashion --model mlp'");
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("Writing failed", run.Errors, StringComparison.Ordinal);
        Shell.IsOneLine(run.Errors);
    }

    [Fact]
    public async Task Book_OutElsewhere_PrintsThePathAndNamesWhatIsMissing()
    {
        folder.Write("a.ipynb", Of(Code("1")));
        folder.Write("b.ipynb", Of(Code("1")));
        folder.Write("there/notebooks/a.ipynb", Of(Code("1")));
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "book",
            folder.File("a.ipynb"), folder.File("b.ipynb"), "--out", folder.File("there"));
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal($"book    {folder.File("there/book/index.html")}\n", run.Output);
        Assert.Contains("not executed yet, and so not in the book: b.ipynb", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_NothingExecuted_IsRefused()
    {
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "book", "03",
            "--out", folder.File("empty"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds none of the notebooks", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("empty/book")));
    }

    [Theory]
    [InlineData("1 notebook passed, 0 failed; 1 check passed, 0 failed; ", RunStatus.Passed)]
    [InlineData("2 notebooks passed, 1 failed; 3 checks passed, 0 failed; ", RunStatus.Passed, RunStatus.Passed, RunStatus.TimedOut)]
    [InlineData("0 notebooks passed, 0 failed, 1 stopped, 2 not run; 3 checks passed, 0 failed; ", RunStatus.Stopped, RunStatus.NotRun,
        RunStatus.NotRun)]
    internal void Sum_Statuses_AreCountedApart(string line, params RunStatus[] statuses)
    {
        var sum = Sum([.. statuses.Select(status => Report(status, null))]);
        Assert.StartsWith(line, sum[1], StringComparison.Ordinal);
    }

    // The details stand with the notebook, above.
    [Fact]
    public void Sum_Failure_IsNamedWithoutItsDetails()
    {
        var report = Report(RunStatus.Failed, new Failure("cell [1]", 1, "E", "details"));
        Assert.Contains(ReportText.Lines(report), line => line.Contains("details", StringComparison.Ordinal));
        Assert.DoesNotContain(Sum(report), line => line.Contains("details", StringComparison.Ordinal));
        Assert.Contains(Sum(report), line => line.Contains("x.ipynb", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_EscapeSequencesOfANotebook_AreShownAndNotSent()
    {
        var report = Report(RunStatus.Failed, new Failure("cell [1]", 1, "E",
            "\u001b]0;title\u0007\u001b[2Jred\r\u009b31m\u202egnp\nsecond line"));
        var lines = ReportText.Lines(report with { Notebook = "a\u001b[31m", File = "b\u001b[31m.ipynb" })
            .Concat(Sum(report with { File = "b\u001b[31m.ipynb" })).ToList();
        Assert.DoesNotContain(lines, line => line.Any(c => char.IsControl(c) && c != '\n' || c == '\u202e'));
        Assert.Contains(lines, line => line.Contains("\u241b[2Jred", StringComparison.Ordinal)
            && line.EndsWith("second line", StringComparison.Ordinal));
    }

    // A terminal of 200 columns shows the commands one to a line.
    [Fact]
    public async Task Help_CommandList_IsNarrow()
    {
        var help = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, "--help");
        Assert.All(help.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
        var study = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, "study", "--help");
        Assert.All(study.Output.Split('\n').Where(line => line.Contains('<', StringComparison.Ordinal)),
            line => Assert.InRange(line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[0].Length, 0, 40));
    }

    private static List<string> Sum(params NotebookReport[] reports) => [.. ReportText.Sum(
        new RunReport("", "", "", 2, "quick", "cpu", null, default, 1, true, false, reports), "report.json", null)];

    private static NotebookReport Report(RunStatus status, Failure? failure) => new("x", "x.ipynb", status, 1, 1, 0, "quick", "cpu", null,
        null as JsonObject, failure, [], [new CheckReport(1, "c", "", "", "", true, "")]);
}
