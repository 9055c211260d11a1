using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>What is promised of the course's notebooks as a whole.</summary>
[Trait("Category", "Slow")]
public sealed class CourseTests
{
    private const long memoryAtMost = 1_500_000_000;

    [Fact]
    public async Task Run_SameNotebookTwice_ChecksAreTheSameToTheLastDigit()
    {
        using var folder = new TemporaryFolder();
        var first = await RunAsync(folder.File("first"));
        var second = await RunAsync(folder.File("second"));

        Assert.Equal(RunStatus.Passed, first.Status);
        Assert.NotEmpty(first.Checks);
        Assert.Equal(first.Checks, second.Checks);
        Assert.InRange(first.PeakMemoryBytes, 1, memoryAtMost);
    }

    private static async Task<NotebookReport> RunAsync(string output)
    {
        var run = await WorkbookProcess.RunAsync(
            TestPaths.Repository.Root, output, TestContext.Current.CancellationToken, "run", "01", "--out", output, "--device", "cpu",
            "--timeout", "600");
        return run.ReportOf("01-what-is-a-gan");
    }
}
