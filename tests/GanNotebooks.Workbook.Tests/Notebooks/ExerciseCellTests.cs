using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Notebooks;

/// <summary>Which cells a printed solution may stand in for: those that nobody has edited, and no others.</summary>
public sealed class ExerciseCellTests
{
    private const string ask = "\nExercise.Answer(\"04.1\", a)";

    [Theory]
    [InlineData("double? a = null;" + ask)]
    [InlineData("double? a = default;" + ask)]
    [InlineData("// my notes\r\ndouble?  mine=null ;\r\n\r\nExercise.Answer( \"04.1\", mine );")]
    public void IsOpen_NothingButTheTwoStatements_IsOpen(string code) => Assert.True(ExerciseCell.IsOpen(code));

    [Theory]
    [InlineData("double? a = 0.5;" + ask)]
    [InlineData("double? a = double.NaN;" + ask)] // wrong, but an answer
    [InlineData("double? a = 0,75;" + ask)]
    [InlineData("double? a = ;" + ask)]
    [InlineData("double? a = null" + ask)] // the reader has deleted a semicolon
    [InlineData("double? a = null;\na = 0.75;" + ask)]
    [InlineData("double half = 0.5;\ndouble? a = null;" + ask)] // work that has begun
    [InlineData("double? a = null;\nConsole.WriteLine(a);" + ask)]
    [InlineData("double? a = null, b = 1;" + ask)]
    [InlineData("double? b = null;" + ask)]
    [InlineData("double? a = null;\nExercise.Answer(\"04.1\", 0.75)")]
    [InlineData("double? a = null;\nCheck.That(\"04.1\", a is null, \"r\")")]
    [InlineData("double? a = null;")]
    [InlineData("using System;\ndouble? a = null;" + ask)]
    [InlineData("")]
    public void IsOpen_AnythingElse_IsTheReaders(string code) => Assert.False(ExerciseCell.IsOpen(code));

    [Theory]
    [InlineData("double? a = 0,75;" + ask, "04.1")]
    [InlineData("(((\nExercise . Answer(  \"12.3\"", "12.3")]
    [InlineData("double? a = 1;", null)]
    public void IdIn_CodeThatNeedNotCompile_IsFound(string code, string? id) => Assert.Equal(id, ExerciseCell.IdIn(code));

    [Fact]
    public void Course_EveryExercise_IsOpenAndHasItsSolution()
    {
        var cells = Directory.EnumerateFiles(TestPaths.Repository.Notebooks, "*.ipynb").Order().Select(NotebookFile.Read)
            .SelectMany(notebook => notebook.CodeCells.Where(cell => ExerciseCell.IdIn(cell.Source) is not null)
                .Select(cell => (Notebook: notebook, Cell: cell))).ToList();
        Assert.Equal(ExerciseCatalogue.Read().All.Select(question => question.Id), cells.Select(one => ExerciseCell.IdIn(one.Cell.Source)));
        Assert.All(cells, one =>
        {
            Assert.True(ExerciseCell.IsOpen(one.Cell.Source));
            string solution = SolutionFile.Read(SolutionFile.PathFor(one.Notebook.Path))[one.Cell.Id];
            Assert.Equal(ExerciseCell.IdIn(one.Cell.Source), ExerciseCell.IdIn(solution));
            Assert.False(ExerciseCell.IsOpen(solution));
        });
    }

    // The answers are nowhere in the cells: only null, a name and a number of an exercise.
    [Fact]
    public void Course_ExerciseCells_HoldNoAnswer()
    {
        foreach (string path in Directory.EnumerateFiles(TestPaths.Repository.Notebooks, "*.ipynb"))
        {
            foreach (var cell in NotebookFile.Read(path).CodeCells.Where(cell => ExerciseCell.IdIn(cell.Source) is not null))
                Assert.Matches(@"^double\? \w+ = null;\nExercise\.Answer\(""\d\d\.\d"", \w+\)$", cell.Source);
        }
    }
}
