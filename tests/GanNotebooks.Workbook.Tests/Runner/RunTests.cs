using System.Diagnostics;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>What a run does with notebooks that work.</summary>
[Trait("Category", "Slow")]
public sealed class RunTests : IDisposable
{
    private static readonly (CellKind, string) setup = Code("#!import setup.csx");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_StateAndTopLevelAwait_CarryOverFromCellToCell()
    {
        var run = await RunAsync("state", setup, Code("var x = 20;\nint Twice(int y) => 2 * y;"),
            Code("await Task.Delay(1);\nTwice(x) + 2"), Code("string nothing = null;\nnothing"));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal([0, 0, 1, 0], Outputs(run, "state").Select(outputs => outputs.Count));
        Assert.Equal("42", NotebookFile.Text(Outputs(run, "state")[2][0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task Run_Library_IsLoadedOnceFromTheFolderThatSetupNames()
    {
        var run = await RunAsync("copies", setup,
            Code("var copies = AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name is \"GanNotebooks\" or "
                + "\"TorchSharp\").ToList();"),
            Code("string.Join(\" \", copies.Select(a => a.Location).Order()) + (typeof(Lab).Assembly == copies.Single(a => "
                + "a.GetName().Name == \"GanNotebooks\"))"));

        Assert.Equal("lib/bin/GanNotebooks.dll lib/bin/TorchSharp.dllTrue",
            NotebookFile.Text(Outputs(run, "copies")[2][0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task Run_LongestFileName_PassesAndHasItsPage()
    {
        string name = new('n', 255 - ".ipynb".Length);
        var run = await RunAsync(name, Code("1 + 1"));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains(Directory.EnumerateFiles(folder.File("out/book"), "nnn*.html"),
            page => File.ReadAllText(page).Contains(">2<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_DisplayWithSameIdFromLaterCell_ReplacesInPlace()
    {
        const string show =
            "var shown = Microsoft.DotNet.Interactive.KernelInvocationContextExtensions.Display("
                + "Microsoft.DotNet.Interactive.KernelInvocationContext.Current, \"first\", \"text/plain\");\n";
        var run = await RunAsync("display", setup,
            Code(show + "Console.WriteLine(\"between\");"),
            Code("await Task.Run(() => shown.Update(\"second\"));"));

        var outputs = Outputs(run, "display");
        Assert.Equal(["second", "between\n"],
            outputs[1].Select(output => NotebookFile.Text(output!["data"]?["text/plain"] ?? output["text"])));
        Assert.Empty(outputs[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ReadersChartWithItsPackage_IsDrawnBeforeAndAfterTheSetup(bool before)
    {
        const string package = "#r \"nuget: Plotly.NET.Interactive, 6.0.0\"";
        var chart = Code("Plotly.NET.CSharp.Chart.Line<double, double, string>(new double[] { 1, 2 }, new double[] { 3, 4 })");
        var run = before
            ? await RunAsync("chart", Code(package), chart, setup, chart)
            : await RunAsync("chart", setup, Code(package), chart, chart);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(2,
            Outputs(run, "chart")
                .Sum(outputs =>
                    outputs.Count(output => NotebookFile.Text(output!["data"]?["text/html"])
                        .Contains("gan-figure", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Run_ExerciseWithSolution_RunsTheSolutionAndKeepsTheOpenCell()
    {
        folder.Write("solutions/exercise.csx", "// exercise: c1\nConsole.WriteLine(\"solved\");\n");
        var run = await RunAsync("exercise", setup, Code("double? open = null;\nExercise.Answer(\"04.1\", open)"));
        var open = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("open"), TestContext.Current.CancellationToken,
            "run", folder.File("exercise.ipynb"), "--out", folder.File("open"), "--open");

        Assert.Equal("solved\n", NotebookFile.Text(Outputs(run, "exercise")[1][0]!["text"]));
        Assert.Contains("open", NotebookFile.Read(Path.Combine(run.Out, "notebooks", "exercise.ipynb")).Cells[1].Source,
            StringComparison.Ordinal);
        Assert.True(run.ReportOf("exercise").Cells[1].Solution);
        Assert.Contains("not solved yet", NotebookFile.Text(Outputs(open, "exercise")[1][0]!["data"]!["text/plain"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Settings_ReachTheNotebookAndItsFolderIsTheWorkingFolder()
    {
        folder.Write("beside.txt", "here");
        folder.Write("settings.ipynb",
            Of(setup, Code(
                "var all = new[] { \"PROFILE\", \"DEVICE\", \"SEED\" }.Select(name => "
                    + "Environment.GetEnvironmentVariable(\"GAN_NOTEBOOKS_\" + name));\nstring.Join(\" \", all) + "
                        + "File.ReadAllText(\"beside.txt\")")));
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken,
            "run", folder.File("settings.ipynb"), "--out", folder.File("out"), "--profile", "full", "--device", "cpu", "--seed", "7");

        Assert.Equal("full cpu 7here", NotebookFile.Text(Outputs(run, "settings")[1][0]!["data"]!["text/plain"]));
        Assert.Equal(("full", "cpu", 7), (run.Report.Profile, run.Report.Device, run.Report.Seed));
    }

    [Fact]
    public async Task Run_LibraryNotBuilt_NamesTheBuildCommand()
    {
        folder.Write("clone/GanNotebooks.sln", "");
        File.Copy(Path.Combine(TestPaths.Broken, "missing-build.ipynb"), folder.File("clone/missing-build.ipynb"));
        File.Copy(Path.Combine(TestPaths.Broken, "missing-build.ipynb"), folder.File("clone/again.ipynb"));
        var run = await WorkbookProcess.RunAsync(folder.File("clone"), folder.File("out"), TestContext.Current.CancellationToken,
            "run", "missing-build.ipynb", "again.ipynb", "--out", folder.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.All(run.Report.Notebooks,
            report => Assert.Contains(Repository.BuildCommand, report.Failure!.Message, StringComparison.Ordinal));
        Assert.Equal(("cell [1]", "LibraryNotBuilt"), (run.Report.Notebooks[1].Failure!.Cell, run.Report.Notebooks[1].Failure!.Name));
    }

    [Fact]
    public async Task Run_UnknownName_SaysWhatThereIsAndExitsWithTwo()
    {
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.Path, TestContext.Current.CancellationToken, "run",
            "98-nothing");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no notebook '98-nothing'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_StopsAndLeavesAReadableReport()
    {
        var cancel = TestContext.Current.CancellationToken;
        folder.Write("first.ipynb",
            Of(setup, Code(
                "Console.WriteLine(\"started\");\nSystem.IO.File.WriteAllText(\"running\", Environment.ProcessId.ToString());\nwhile "
                    + "(true) { }")));
        folder.Write("second.ipynb", Of(setup));
        using var process = Shell.Start(folder.Path,
            "exec $W run first.ipynb second.ipynb --jobs 1 --out out");
        while (!File.Exists(folder.File("running")) || (await File.ReadAllTextAsync(folder.File("running"), cancel)).Length == 0)
            await Task.Delay(50, cancel);
        int child = int.Parse(await File.ReadAllTextAsync(folder.File("running"), cancel),
            System.Globalization.CultureInfo.InvariantCulture);
        Shell.Signal(process, "INT");
        await process.WaitForExitAsync(cancel);

        var report = ReportFile.Read(folder.File("out/report.json"));
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([RunStatus.Stopped, RunStatus.NotRun], report.Notebooks.Select(notebook => notebook.Status));
        Assert.False(report.Finished || report.Passed);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(child));
    }

    private async Task<WorkbookProcess> RunAsync(string name, params (CellKind, string)[] cells)
    {
        string path = folder.Write(name + ".ipynb", Of(cells));
        return await WorkbookProcess.RunAsync(TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken, "run",
            path, "--out", folder.File("out"));
    }

    private static List<System.Text.Json.Nodes.JsonArray> Outputs(WorkbookProcess run, string notebook) =>
        [.. NotebookFile.Read(Path.Combine(run.Out, "notebooks", notebook + ".ipynb")).CodeCells.Select(
            cell => NotebookOutputs.Outputs(cell.Json))];
}
