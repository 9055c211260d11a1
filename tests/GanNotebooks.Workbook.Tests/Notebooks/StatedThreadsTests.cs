using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Notebooks;

public sealed class StatedThreadsTests
{
    [Theory]
    [InlineData("var lab = Lab.Open(\"10\", device: DeviceOption.Cpu, threads: 2);", 2)]
    [InlineData("var lab = Lab.Open(\n    \"10\",\n    threads: 16);", 16)]
    [InlineData("var lab = Lab.Open(\"10\");", 1)]
    [InlineData("var lab = Lab.Open(\"10\", threads: cores);", 1)]
    [InlineData("var lab = Lab.Open(\"10\", threads: 0);", 1)]
    [InlineData("var lab = Lab.Open(\"10\"); Work(threads: 4);", 1)]
    public void Of_CellThatOpensTheLab_IsItsThreads(string code, int threads) =>
        Assert.Equal(threads, StatedThreads.Of(NotebookFile.Parse("x.ipynb", Of(Prose("threads: 7"), Code("1 + 1"), Code(code)))));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void PlacesOf_NotebookWithTwoThreads_AreTwoAndAtMostAll(int jobs, int places)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("two.ipynb"), Of(Prose("# Two"), Code("var lab = Lab.Open(\"two\", threads: 2);")));
        Assert.Equal(places, CourseRunner.PlacesOf(folder.File("two.ipynb"), jobs));
    }

    // A second thread makes the course slower: for the small networks alone, and more so beside another notebook.
    [Fact]
    public void PlacesOf_NotebooksOfTheCourse_AreOneEach() => Assert.All(
        Directory.EnumerateFiles(TestPaths.Repository.Notebooks, "*.ipynb"), path => Assert.Equal(1, CourseRunner.PlacesOf(path, jobs: 8)));

    [Fact]
    public void PlacesOf_FileThatIsNoNotebook_IsOne() =>
        Assert.Equal(1, CourseRunner.PlacesOf(Path.Combine(TestPaths.Repository.Root, "tests", "GanNotebooks.Workbook.Tests", "Broken",
            "invalid-json.ipynb"), jobs: 2));
}
