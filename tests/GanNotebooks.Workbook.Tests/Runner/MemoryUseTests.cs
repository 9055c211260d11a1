using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class MemoryUseTests
{
    private const long gigabyte = 1_000_000_000;

    [Theory]
    [InlineData(2, 20, 2)]
    [InlineData(16, 20, 6)]
    [InlineData(2, 7, 2)]
    [InlineData(8, 7, 2)]
    [InlineData(8, 2, 1)]
    [InlineData(1, 100, 1)]
    public void DefaultJobs_CoresAndMemory_AreBothKept(int cores, long gigabytes, int jobs) =>
        Assert.Equal(jobs, MemoryUse.DefaultJobs(cores, gigabytes * gigabyte));

    [Fact]
    public void HasRoom_NothingRuns_IsAlwaysTrue() => Assert.True(new MemoryUse().HasRoom(0, 0));

    // One runs, and may grow to 3 GB; the next one may take 3 GB, too.
    [Theory]
    [InlineData(0.5, 5.6, true)]
    [InlineData(0.5, 5.4, false)]
    [InlineData(2.9, 3.2, true)]
    [InlineData(5.0, 2.9, false)]
    public void HasRoom_OneRuns_CountsWhatItMayStillTake(double held, double available, bool room)
    {
        var use = new MemoryUse();
        use.Seen("a", (long)(held * gigabyte));

        Assert.Equal(room, use.HasRoom((long)(available * gigabyte), 1));
    }

    [Fact]
    public void HasRoom_OneRunsAndWasNotSeenYet_CountsAllThatItMayTake() => Assert.False(new MemoryUse().HasRoom(5 * gigabyte, 1));

    [Fact]
    public void Peak_OfSeveral_IsTheLargestSumAtOneMoment()
    {
        var use = new MemoryUse();
        use.Seen("a", 5);
        use.Seen("b", 4);
        use.Ended("a");
        use.Seen("b", 8);

        Assert.Equal(9, use.Peak);
    }
}
