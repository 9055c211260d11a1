using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>What a run makes of the answers in a notebook: the reader's own are never replaced, and a wrong one stops nothing.</summary>
[Trait("Category", "Slow")]
public sealed class ExerciseRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_OpenExercise_UsesThePrintedSolutionAndSaysSo()
    {
        var run = await RunAsync(["null", "null"]);
        var report = run.ReportOf("own");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("2 of 2 checks; 2 printed solutions used", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 2), Counts(report));
        Assert.Equal(2, report.ChecksPassed);
        Assert.All(report.Cells.Skip(2), cell => Assert.True(cell.Solution));
        Assert.Equal("double? a = null;\nExercise.Answer(\"04.1\", a)", Executed(run).Cells[2].Source);
        Assert.False(File.Exists(folder.File("out/" + ExerciseTriesFile.Name)));
    }

    [Fact]
    public async Task Run_WrongAnswer_RunsAsWrittenAndFailsNothing()
    {
        var run = await RunAsync(["0.5", "null"]);
        var report = run.ReportOf("own");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(RunStatus.Passed, report.Status);
        Assert.Equal((0, 1, 0, 1), Counts(report));
        Assert.Equal((1, 0), (report.ChecksPassed, report.ChecksFailed));
        Assert.Contains("exercises: 1 wrong; 1 printed solution used", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not yet: 0.5 is too small.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.75", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 wrong", File.ReadAllText(folder.File("out/book/own.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RightAnswer_IsSolvedWithItsReason()
    {
        var run = await RunAsync(["0.75", "null"]);

        Assert.Equal((1, 0, 0, 1), Counts(run.ReportOf("own")));
        Assert.Contains("Right: p/(p + q) = 0.3/0.4.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,75", "C# writes a decimal point, not a comma: 0.75 in place of 0,75.")]
    [InlineData("0.75 +", "This cell does not run, line 1: CS")]
    [InlineData("double.Parse(\"half\")", "FormatException")]
    public async Task Run_AnswerThatDoesNotRun_IsExplainedAndTheNextOneIsJudged(string answer, string told)
    {
        var run = await RunAsync([answer, "0.3333"]);
        var report = run.ReportOf("own");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((1, 1, 0, 0), Counts(report));
        Assert.Contains(told, report.Checks[0].Reason, StringComparison.Ordinal);
        Assert.Equal([CellStatus.Failed, CellStatus.Passed], report.Cells.Skip(2).Select(cell => cell.Status));
        Assert.Contains(NotebookOutputs.Outputs(Executed(run).Cells[2].Json),
            output => NotebookFile.Text(output!["output_type"]) == "error");
    }

    // Even these stop nothing: the notebook runs again without the answer, and the next one is judged.
    [Theory]
    [InlineData("Deep(0); double Deep(int n) => Deep(n + 1) + 1", "ProcessEnded", "calls itself without end (stack overflow)")]
    [InlineData("new Func<double>(() => { Environment.Exit(3); return 0; })()", "ProcessEnded", "exit code 3")]
    [InlineData("new Func<double>(() => { Environment.Exit(0); return 0; })()", "ProcessEnded", "exit code 0")]
    public async Task Run_AnswerThatEndsTheProcess_IsLeftOutAndTheNextOneIsJudged(string answer, string name, string told)
    {
        var run = await RunAsync([answer, "0.3333"]);

        CheckLeftOut(run, name, told);
    }

    [Fact]
    public async Task Run_AnswerThatNeverEnds_IsLeftOutAndTheNextOneIsJudged()
    {
        // Half of the time that is asked for is the answer's. On a busy machine the other half may be too little: then twice.
        int seconds = 40;
        WorkbookProcess run;
        do
        {
            run = await RunAsync(["new Func<double>(() => { while (true) { } })()", "0.3333"], $"--timeout={seconds}");
            seconds *= 2;
        }
        while (seconds < 2_000 && (run.ReportOf("own").Failure?.Name is "TimeOut" || run.ReportOf("own").ExercisesWrong > 1));

        CheckLeftOut(run, "TimeOut", "half of --timeout");
    }

    [Fact]
    public async Task Run_TwoAnswersThatEndTheProcess_AreBothLeftOut()
    {
        var run = await RunAsync([Ends(1), Ends(2)]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((0, 2, 0, 0), Counts(run.ReportOf("own")));
        Assert.Contains("exit code 1", run.ReportOf("own").Checks[0].Reason, StringComparison.Ordinal);
        Assert.Contains("exit code 2", run.ReportOf("own").Checks[1].Reason, StringComparison.Ordinal);
    }

    // A thread that one answer has started ends the process while another one runs: the first is left out, not the other.
    [Fact]
    public async Task Run_ThreadOfAnAnswerEndsTheProcessLater_TheAnswerThatStartedItIsLeftOut()
    {
        // The thread waits until the other answer runs, and that one, the first time, until the process ends.
        Write("""
            using System.Threading;
            double? a = 0.75;
            void Late() { SpinWait.SpinUntil(() => System.IO.File.Exists("go")); throw new Exception("late"); }
            new Thread(Late).Start();
            Exercise.Answer("04.1", a)
            """, """
            using System.Threading;
            if (!System.IO.File.Exists("go")) { System.IO.File.WriteAllText("go", ""); Thread.Sleep(Timeout.Infinite); }
            double? b = 0.3333;
            Exercise.Answer("04.2", b)
            """);
        var run = await RunAsync("--timeout=1000");
        var report = run.ReportOf("own");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((1, 1, 0, 0), Counts(report));
        Assert.Equal(("04.1", false), (report.Checks[0].Exercise, report.Checks[0].Passed));
        Assert.Contains("late", report.Checks[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, report.Checks[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnswerThatPrintsAndEndsTheProcess_KeepsWhatItPrintedAndALaterCellFindsItsVariableEmpty()
    {
        Write("double? a = 0.1;\nConsole.WriteLine(\"I was here\");\nEnvironment.Exit(1);\n"
            + "Exercise.Answer(\"04.1\", a)", "double? b = a ?? 0.3333;\nExercise.Answer(\"04.2\", b)");
        var run = await RunAsync();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((1, 1, 0, 0), Counts(run.ReportOf("own")));
        Assert.Equal("I was here\n", NotebookFile.Text(NotebookOutputs.Outputs(Executed(run).Cells[2].Json)[0]!["text"]));
        Assert.Contains("again, without the answer of cell [3]", run.Output, StringComparison.Ordinal);
    }

    // Without printed solutions, too, their file tells which exercise a cell answers.
    [Theory]
    [InlineData("Environment.Exit(3);", "left out")]
    [InlineData("double? a = 0,75;", "does not run")]
    [InlineData("double? a = 0.75;", "not judged")]
    public async Task Run_OpenAndTheCallIsDeleted_StopsNothingAndSaysSo(string code, string got)
    {
        Write(code, Cell("b", "0.3333", "04.2"));
        var run = await RunAsync("--open");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((1, 1, 0, 0), Counts(run.ReportOf("own")));
        Assert.Equal(("04.1", got), (run.ReportOf("own").Checks[0].Exercise, run.ReportOf("own").Checks[0].Got));
    }

    private static string Ends(int code) => $"new Func<double>(() => {{ Environment.Exit({code}); return 0; }})()";

    // A cell that is no answer is not left out.
    [Fact]
    public async Task Run_OwnCellThatEndsTheProcess_IsTheNotebooksFailure()
    {
        Write("Environment.Exit(3);", Cell("b", "0.3333", "04.2"), solution: null);
        var report = (await RunAsync()).ReportOf("own");

        Assert.Equal((RunStatus.Crashed, "cell [3]"), (report.Status, report.Failure!.Cell));
    }

    private static void CheckLeftOut(WorkbookProcess run, string name, string told)
    {
        var report = run.ReportOf("own");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(RunStatus.Passed, report.Status);
        Assert.Equal((1, 1, 0, 0), Counts(report));
        Assert.StartsWith("The notebook ran again without this answer: ", report.Checks[0].Reason, StringComparison.Ordinal);
        Assert.Contains(told, report.Checks[0].Reason, StringComparison.Ordinal);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
        Assert.Equal([CellStatus.Failed, CellStatus.Passed], report.Cells.Skip(2).Select(cell => cell.Status));
        var error = NotebookOutputs.Outputs(Executed(run).Cells[2].Json).Single(one => NotebookFile.Text(one!["output_type"]) == "error");
        Assert.Equal(name, NotebookFile.Text(error!["ename"]));
    }

    // A reader at work may delete the call, too: the printed solution of the cell tells which exercise it is.
    [Fact]
    public async Task Run_UnfinishedCellWithoutTheCall_StopsNothing()
    {
        Write("double? a = 3.0 /", Cell("b", "0.3333", "04.2"));
        var run = await RunAsync();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((1, 1, 0, 0), Counts(run.ReportOf("own")));
        Assert.Equal("04.1", run.ReportOf("own").Checks[0].Exercise);
    }

    [Fact]
    public async Task Run_ThreeRunsWithWrongAnswers_SayMoreFromRunToRun()
    {
        string[] answers = ["0.5", "0.5", "0.6", "0.9"];
        var told = new List<string>();
        foreach (string answer in answers)
            told.Add((await RunAsync([answer, "null"])).ReportOf("own").Checks[0].Reason);

        Assert.Equal(told[0], told[1]);
        Assert.Contains("Hint:", told[2], StringComparison.Ordinal);
        Assert.Contains("The reason: p/(p + q)", told[3], StringComparison.Ordinal);
        Assert.Contains("0.6", await File.ReadAllTextAsync(folder.File("out/" + ExerciseTriesFile.Name),
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PrintedSolutionThatIsWrong_Fails()
    {
        var run = await RunAsync(["null", "null"], solution: "0.76");
        var report = run.ReportOf("own");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal((RunStatus.Failed, 1), (report.Status, report.ChecksFailed));
        Assert.Contains("the printed solution is wrong: Exercise 04.1", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out/" + ExerciseTriesFile.Name)));
    }

    [Fact]
    public async Task Run_PrintedSolutionThatDoesNotCompile_Fails()
    {
        var run = await RunAsync(["null", "null"], solution: "0,75");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("cell [3]", run.ReportOf("own").Failure!.Cell);
    }

    [Fact]
    public async Task Run_Open_UsesNoSolution()
    {
        var run = await RunAsync(["null", "0.5"], "--open");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((0, 1, 1, 0), Counts(run.ReportOf("own")));
        Assert.Contains("exercises: 1 wrong, 1 open", run.Output, StringComparison.Ordinal);
    }

    private static (int Solved, int Wrong, int Open, int Printed) Counts(NotebookReport report) =>
        (report.ExercisesSolved, report.ExercisesWrong, report.ExercisesOpen, report.ExercisesPrinted);

    private static Notebook Executed(WorkbookProcess run) => NotebookFile.Read(Path.Combine(run.Out, "notebooks", "own.ipynb"));

    private Task<WorkbookProcess> RunAsync(string[] answers, string? option = null, string solution = "3.0 / 4")
    {
        Write(Cell("a", answers[0], "04.1"), Cell("b", answers[1], "04.2"), solution);
        return RunAsync(option);
    }

    private Task<WorkbookProcess> RunAsync(string? option = null) => WorkbookProcess.RunAsync(
        TestPaths.Repository.Root, folder.File("out"), TestContext.Current.CancellationToken,
        ["run", folder.File("own.ipynb"), "--out", folder.File("out"), .. option is null ? Array.Empty<string>() : [option]]);

    private static string Cell(string name, string answer, string exercise) =>
        $"double? {name} = {answer};\nExercise.Answer(\"{exercise}\", {name})";

    private void Write(string first, string second, string? solution = "3.0 / 4")
    {
        folder.Write("own.ipynb",
            Of(Code("#!import setup.csx"), Code("var lab = Lab.Open(\"own\");"), Code(first), Code(second)));
        folder.Write("solutions/own.csx",
            $"{(solution is null ? "" : $"// exercise: c2\n{Cell("a", solution, "04.1")}\n\n")}"
                + $"// exercise: c3\n{Cell("b", "1.0 / 3", "04.2")}\n");
    }
}
