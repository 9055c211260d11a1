using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>The wrong answers of a reader, from run to run.</summary>
public sealed class ExerciseTriesFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File(ExerciseTriesFile.Name);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Add_WrongAnswersOfTwoRuns_AreKeptOnceEach()
    {
        new ExerciseTriesFile(folder.Path).Add(Report(Wrong("04.1", "0.5"), Wrong("04.2", "1")));
        var next = new ExerciseTriesFile(folder.Path);
        next.Add(Report(Wrong("04.1", "0.6"), Wrong("04.1", "0.5")));
        Assert.Equal("""{"04.1":["0.5","0.6"],"04.2":["1"]}""", next.Json);
        Assert.Equal(next.Json, new ExerciseTriesFile(folder.Path).Json);
        Assert.Equal([ExerciseTriesFile.Name], Directory.EnumerateFiles(folder.Path).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public void Add_NothingWrong_WritesNoFile()
    {
        new ExerciseTriesFile(folder.Path).Add(Report(
            Wrong("04.1", "0.75") with { Passed = true }, Wrong("04.1", "1") with { Printed = true },
            Wrong("04.1", "1") with { Exercise = null }, Wrong("04.1", "1") with { Value = null }));
        Assert.False(File.Exists(Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"04.1": "0.5"}""")]
    [InlineData("""{"04.1": null}""")]
    [InlineData("""{"04.1": [null]}""")]
    [InlineData("""{"04.1": ["a sentence for the reader"]}""")]
    [InlineData("""{"04.1":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18","19","20","21"]}""")]
    public void Read_DamagedFile_StartsAnewAndReplacesIt(string text)
    {
        folder.Write(ExerciseTriesFile.Name, text);
        var tries = new ExerciseTriesFile(folder.Path);
        Assert.Equal("{}", tries.Json);
        tries.Add(Report(Wrong("04.1", "0.5")));
        Assert.Equal("""{"04.1":["0.5"]}""", new ExerciseTriesFile(folder.Path).Json);
    }

    [Fact]
    public void Read_LargeFile_StartsAnew()
    {
        folder.Write(ExerciseTriesFile.Name, "{}" + new string(' ', 1_000_001));
        Assert.Equal("{}", new ExerciseTriesFile(folder.Path).Json);
    }

    [Fact]
    public void Add_Link_IsNotWrittenThrough()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        string elsewhere = folder.Write("elsewhere", "mine");
        File.CreateSymbolicLink(Path, elsewhere);
        new ExerciseTriesFile(folder.Path).Add(Report(Wrong("04.1", "0.5")));
        Assert.Equal("mine", File.ReadAllText(elsewhere));
        Assert.NotNull(new FileInfo(Path).LinkTarget);
    }

    [Fact]
    public void Add_FolderThatIsGone_IsNoFailure() =>
        new ExerciseTriesFile(folder.File("gone")).Add(Report(Wrong("04.1", "0.5")));

    private static CheckReport Wrong(string exercise, string value) =>
        new(1, "Exercise " + exercise, "your answer", value, "", false, "Not yet.", value, Exercise: exercise);

    private static NotebookReport Report(params CheckReport[] checks) =>
        new("04-x", "04-x.ipynb", RunStatus.Passed, 1, 1, 0, "quick", "cpu", null, null, null, [], checks);
}
