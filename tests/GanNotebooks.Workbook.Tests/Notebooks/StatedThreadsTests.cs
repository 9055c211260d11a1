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
    [InlineData("10-train-on-cuda", 1, 1)]
    [InlineData("10-train-on-cuda", 2, 2)]
    [InlineData("10-train-on-cuda", 4, 2)]
    [InlineData("04-optimal-discriminator", 2, 1)]
    public void PlacesOf_NotebookOfTheCourse_AreItsThreadsAndAtMostAll(string name, int jobs, int places) =>
        Assert.Equal(places, CourseRunner.PlacesOf(Path.Combine(TestPaths.Repository.Notebooks, name + ".ipynb"), jobs));

    [Fact]
    public void PlacesOf_FileThatIsNoNotebook_IsOne() =>
        Assert.Equal(1, CourseRunner.PlacesOf(Path.Combine(TestPaths.Repository.Root, "tests", "GanNotebooks.Workbook.Tests", "Broken",
            "invalid-json.ipynb"), jobs: 2));
}
