using System.Diagnostics;
using GanNotebooks.Experiments;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Experiments;

public sealed class RunClaimsTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder folder = new();
    private readonly StillClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TryTake_RunThatSomebodyHolds_IsLeftToHim()
    {
        using (var first = Claims("a").TryTake(3))
        {
            Assert.True(first!.IsHeld);
            Assert.Null(Claims("b").TryTake(3));
            using var other = Claims("b").TryTake(4);
            Assert.NotNull(other);
            Assert.Equal([3, 4], Claims("c").All().Keys.Order());
        }
        Assert.Empty(Claims("c").All());
        using var second = Claims("b").TryTake(3);
        Assert.NotNull(second);
    }

    [Fact]
    public void TryTake_HeartOfAnotherMachineStandsStill_TakesTheRunOver()
    {
        var first = Claims("a").TryTake(0)!;
        clock.Pass(RunClaims.StaleAfter); // with a beat
        clock.Sleep(RunClaims.StaleAfter - Moment);
        Assert.Null(Claims("b").TryTake(0));
        Assert.False(Claims("b").All()[0].IsStale);
        clock.Sleep(2 * Moment);
        Assert.True(Claims("b").All()[0].IsStale);
        using var second = Claims("b").TryTake(0);
        Assert.True(second!.IsHeld);
        Assert.False(first.IsHeld); // he wakes up, and sees that he is late
        clock.Pass(Moment); // his heart beats once more
        Assert.True(second.IsHeld);
        first.Dispose();
        Assert.True(second.IsHeld); // his end takes nothing away
        Assert.Null(Claims("c").TryTake(0));
        Assert.Equal("b", Claims("c").All()[0].Owner.Host);
    }

    [Fact]
    public void TryTake_ProcessOfThisMachineHasEnded_TakesTheRunOverAtOnce()
    {
        var here = ClaimOwner.Here();
        Assert.True(ClaimOwner.IsAlive(here.Process, here.Start));
        Assert.False(ClaimOwner.IsAlive(here.Process, here.Start + "1")); // its number was given to another one
        using var ended = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "--help") { RedirectStandardOutput = true })!;
        ended.StandardOutput.ReadToEnd();
        ended.WaitForExit();
        var gone = here with { Process = ended.Id };
        Assert.NotNull(Claims(gone).TryTake(0));
        Assert.True(Claims(here).All()[0].IsStale);
        using var second = Claims(here).TryTake(0);
        Assert.True(second!.IsHeld);

        clock.Sleep(100 * RunClaims.StaleAfter); // a process that is stopped and still there keeps its run
        Assert.Null(Claims(here with { Process = -1 }).TryTake(0));
    }

    [Fact]
    public void TryTake_JobThatTheSchedulerStartsAnew_ClaimsItsRunAtOnce()
    {
        Assert.NotNull(Claims(new ClaimOwner("node1", 11, "5", "77_3")).TryTake(3));
        Assert.Null(Claims(new ClaimOwner("node2", 12, "6", "77_4")).TryTake(3));
        using var again = Claims(new ClaimOwner("node2", 12, "6", "77_3")).TryTake(3);
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData("77", "3", "80", "77_3")]
    [InlineData(null, null, "80", "80")]
    [InlineData(null, null, null, null)]
    public void Job_OfSlurm_IsThatOfItsVariables(string? array, string? task, string? job, string? expected) =>
        Assert.Equal(expected, ClaimOwner.JobOf(name => name switch
        {
            "SLURM_ARRAY_JOB_ID" => array,
            "SLURM_ARRAY_TASK_ID" => task,
            "SLURM_JOB_ID" => job,
            _ => null,
        }));

    // Sixteen threads, each as a machine of its own, want the same run, whose holder has ended.
    [Fact]
    public async Task TryTake_ManyAtOnce_OneGetsIt()
    {
        for (int round = 0; round < 20; round++)
        {
            var (last, start) = (Claims("gone").TryTake(round), new TaskCompletionSource());
            Assert.NotNull(last);
            clock.Sleep(2 * RunClaims.StaleAfter);
            var tries = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            {
                await start.Task;
                return Claims($"machine{i}").TryTake(round);
            })).ToList();
            start.SetResult();
            var claims = await Task.WhenAll(tries);
            var winner = Assert.Single(claims, claim => claim is not null);
            Assert.True(winner!.IsHeld);
            Assert.Single(Directory.GetFiles(folder.In("claims"), $"{round:D3}.*"));
        }
    }

    [Fact]
    public void TryTake_FileThatIsNoClaim_IsTakenOver()
    {
        Directory.CreateDirectory(folder.In("claims"));
        File.WriteAllText(folder.In("claims/000.1.claim"), "");
        using var claim = Claims("a").TryTake(0);
        Assert.NotNull(claim);
    }

    private RunClaims Claims(string host) => Claims(new ClaimOwner(host, 1, "1", null));

    private RunClaims Claims(ClaimOwner owner) => new(folder.In("claims"), owner, clock);
}
