using GanNotebooks.Workbook.Devices;

namespace GanNotebooks.Workbook.Tests.Devices;

/// <summary>Limits are of programs that never end by themselves, or end at once: no test waits for a clock to be right.</summary>
public sealed class BoundedProcessTests
{
    private static readonly TimeSpan ample = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Run_ProgramThatEnds_TellsCodeAndLines()
    {
        var lines = new List<string>();
        var run = await Run("echo one; echo two >&2; echo three; exit 3", ample, take: lines.Add);
        Assert.Equal(3, run.Ended);
        Assert.Equal(["one", "three"], lines);
        Assert.Equal(["one", "three", "two"], run.LastLines.Order());
        Assert.Equal("failed", KitOutcome.Of(run, null).Status);
    }

    [Fact]
    public async Task Run_TimeIsUp_KillsTheChildrenToo()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("pid");
        var run = await Run($"sh -c 'echo $$ > {file}.new; mv {file}.new {file}; sleep 1000'", ample, cancel: WhenThereIs(file));
        Assert.Null(run.Ended);
        Assert.Equal("cut", KitOutcome.Of(run, null).Status);
        Assert.False(IsAlive(int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), null)));
    }

    [Fact]
    public async Task Run_LimitOfNothing_CutsIt() => Assert.Null((await Run("sleep 1000", TimeSpan.Zero)).Ended);

    [Fact]
    public async Task Run_SaysNothing_CutsIt() => Assert.Null((await Run("sleep 1000", ample, quiet: TimeSpan.Zero)).Ended);

    [Fact]
    public async Task Run_ProgramDiesOfASignal_HasCrashed() =>
        Assert.Equal("crashed", KitOutcome.Of(await Run("kill -SEGV $$", ample), null).Status);

    [Fact]
    public async Task Run_NoSuchProgram_SaysSo()
    {
        var run = await BoundedProcess.RunAsync("/nowhere/program", [], new Dictionary<string, string>(), ample,
            TestContext.Current.CancellationToken);
        Assert.Equal("failed", KitOutcome.Of(run, null).Status);
        Assert.Contains("program does not start", Assert.Single(run.LastLines), StringComparison.Ordinal);
    }

    private static async Task<BoundedProcess> Run(string script, TimeSpan limit, TimeSpan? quiet = null, Action<string>? take = null,
        CancellationToken? cancel = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell script, and /proc");
        return await BoundedProcess.RunAsync("sh", ["-c", script], new Dictionary<string, string>(), limit,
            cancel ?? TestContext.Current.CancellationToken, quiet, null, take);
    }

    private static CancellationToken WhenThereIs(string file)
    {
        var source = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            while (!File.Exists(file))
                await Task.Delay(10);
            await source.CancelAsync();
        });
        return source.Token;
    }

    // A process that was killed may still be listed, as one that nobody has asked about yet (Z).
    private static bool IsAlive(int id) => File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Split(") ")[1][0] != 'Z';
}
