using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.NotebookProcess;

public sealed class SolutionFileTests
{
    [Fact]
    public void Parse_TwoSections_KeepsCodeAndDropsWhatIsBefore()
    {
        var sections = SolutionFile.Parse("// a note\n// exercise: one\nvar x = 1;\n\n// exercise: two\n\nx + 1\n// done\n".Split('\n'));

        Assert.Equal(new Dictionary<string, string> { ["one"] = "var x = 1;", ["two"] = "x + 1\n// done" }, sections);
    }

    [Fact]
    public void Read_NoFile_IsEmpty() => Assert.Empty(SolutionFile.Read("no-such.csx"));
}
