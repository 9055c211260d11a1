using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Present;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Present;

/// <summary>The cells of a presented notebook, in a real kernel.</summary>
[Trait("Category", "Slow")]
public sealed class LiveCellsTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private int kernels;
    private LiveCells? cells;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (cells is not null)
            await cells.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_LaterCell_RunsAllCellsBeforeItFirst()
    {
        Begin(Prose("# Words"), Code("int a = 2;"), Code("a *= 10;"), Code("a += 1;"), Code("a"));
        Assert.Equal("21", await RunAsync((4, "a")));
        Assert.Equal((4, 4), (cells!.Status.Prepared, cells.Status.Total));
        // As in every notebook: what has run has run, and runs again when it is asked for.
        Assert.Equal("210", await RunAsync((2, "a *= 10;"), (4, "a")));
    }

    [Fact]
    public async Task Run_ChangedText_ShowsWhatItDoesAndLeavesTheFileAlone()
    {
        Begin(Code("int a = 2;"), Code("a * 3"));
        string before = await File.ReadAllTextAsync(folder.File("live.ipynb"), Cancel);
        Assert.Equal("14", await RunAsync((0, "int a = 7;"), (1, "a * 2")));
        Assert.Equal("a * 2", cells!.Since(0).Shown[1].Source);
        Assert.Equal(before, await File.ReadAllTextAsync(folder.File("live.ipynb"), Cancel));
    }

    [Theory]
    [InlineData("int b = \"x\";", "CS0029")]
    [InlineData("throw new InvalidOperationException(\"no\");", "InvalidOperationException: no")]
    [InlineData("Environment.Exit(3);", "the kernel has ended")]
    public async Task Run_CellFails_SaysWhyAndGoesOn(string code, string why)
    {
        Begin(Code("int a = 2;"), Code("a"));
        Assert.Contains(Begins(why), await RunAsync((1, code)), StringComparison.Ordinal);
        Assert.Contains(why, cells!.Status.Failure, StringComparison.Ordinal);
        Assert.Equal("2", await RunAsync((1, "a"))); // in the same kernel, or in a new one that has run what comes before
        Assert.Null(cells.Status.Failure);
    }

    [Fact]
    public async Task Run_CellBeforeItFails_RunsNothingElseAndNamesIt()
    {
        Begin(Code("int a = 2;"), Code("throw new Exception(\"early\");"), Code("a"));
        cells!.Run([(2, "a")]);
        await UntilAsync(now => now.Failure is not null);
        Assert.Equal("cell [2]: Exception: early", cells.Status.Failure);
        Assert.Empty(cells.Since(0).Shown);
        Assert.Equal(1, cells.Status.Prepared);
    }

    [Fact]
    public async Task Run_OpenExercise_IsNoFailure()
    {
        Begin(Code("class Exercise { public static void Answer(string id, double? x) => throw new Exception(\"open\"); }"),
            Code("double? answer = null; Exercise.Answer(\"05.1\", answer);"), Code("5"));
        Assert.Equal("5", await RunAsync((2, "5")));
    }

    [Fact]
    public async Task Stop_EndlessCell_EndsItAndANewKernelRunsWhatComesBefore()
    {
        Begin(Code("int a = 2;"), Code("a"));
        cells!.Run([(1, "Console.WriteLine(\"begun\"); while (true) { }")]);
        await UntilAsync(now => now.Phase is LivePhase.Running);
        Assert.Throws<ArgumentException>(() => cells.Run([(0, "1")]));
        await cells.StopAsync();
        await UntilAsync(now => now.Phase is LivePhase.Idle);
        Assert.Equal("cell [2]: stopped", cells.Status.Failure);
        Assert.Equal("2", await RunAsync((1, "a")));
        Assert.Equal(2, kernels);
    }

    [Fact]
    public async Task Prepare_Slide_RunsTheCellsBeforeItInTheBackground()
    {
        Begin(Code("int a = 2;"), Code("a++;"), Code("a"), Code("a = 99;"));
        cells!.Prepare(2);
        await UntilAsync(now => now.Prepared == 2 && now.Phase is LivePhase.Idle);
        Assert.Empty(cells.Since(0).Shown); // the slide shows what was recorded
        Assert.Equal("3", await RunAsync((2, "a")));
    }

    [Fact]
    public async Task Prepare_CellThatFails_IsTriedOnceUntilSomebodyAsks()
    {
        Begin(Code("throw new Exception(\"first\");"), Code("1"), Code("2"));
        cells!.Prepare(1);
        await UntilAsync(now => now.Failure is not null);
        int version = cells.Status.Version;
        cells.Prepare(2);
        await cells.WaitAsync(version, TimeSpan.FromSeconds(1), Cancel);
        Assert.Equal(version, cells.Status.Version);
    }

    [Fact]
    public void Run_WhatThereIsNot_IsRefused()
    {
        Begin(Prose("# Words"), Code("1"));
        Assert.Throws<ArgumentException>(() => cells!.Run([(0, "1")]));
        Assert.Throws<ArgumentException>(() => cells!.Run([(-1, "1")]));
        Assert.Throws<ArgumentException>(() => cells!.Prepare(2));
        Assert.Throws<ArgumentException>(() => cells!.Run([(1, new string('x', LiveCells.LongestSource + 1))]));
        Assert.Equal(0, kernels);
    }

    private static string Begins(string why) => why.Split(':')[0];

    private void Begin(params (CellKind Kind, string Source)[] content)
    {
        folder.Write("GanNotebooks.sln", "");
        var notebook = NotebookFile.Read(folder.Write("live.ipynb", Of(content)));
        var options = new RunOptions(new Repository(folder.Path), folder.File("out"));
        cells = new LiveCells(notebook, progress =>
        {
            kernels++;
            return new LiveKernel(notebook, options, progress);
        });
    }

    // Runs cells, and returns what the last of them shows, as text.
    private async Task<string> RunAsync(params (int Cell, string Source)[] run)
    {
        int version = cells!.Status.Version;
        cells.Run(run);
        int last = run[^1].Cell;
        await UntilAsync(now => now.Phase is LivePhase.Idle && (now.Failure is not null || cells.Since(version).Shown.ContainsKey(last)));
        string html = OutputHtml.ToHtml(cells.Since(version).Shown[last].Result.Cell, []);
        return System.Net.WebUtility.HtmlDecode(string.Concat(html.Split('<').Select(part => part.Split('>')[^1]))).Trim();
    }

    private async Task UntilAsync(Func<LiveStatus, bool> holds)
    {
        while (true)
        {
            var now = cells!.Status;
            if (holds(now))
                return;
            await cells.WaitAsync(now.Version, TimeSpan.FromSeconds(20), Cancel);
        }
    }
}
