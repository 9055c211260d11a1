using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>A disk without room, and an output that takes nothing: one line, an exit code, and no empty files.</summary>
[Trait("Category", "Slow")]
public sealed class FullDiskTests : IDisposable
{
    // A file system of its own, seen by this process alone: it is gone with it.
    private const string Mount = "mkdir -p $D/full && mount -t tmpfs -o size=16k tmpfs $D/full && cd $D && ",
        Fill = "head -c 100000 /dev/zero > $D/full/filler 2> /dev/null; ",
        Leftovers = "code=$?; find $D/full -type f -size 0 ! -name run.lock ! -name metrics.jsonl; find $D/full -name '*.tmp'; exit $code";

    private readonly TemporaryFolder folder = new();

    public FullDiskTests() => folder.Write("small.ipynb", Of(Code("new string('x', 30_000)")));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run small.ipynb --out full/out", false)]
    [InlineData("run small.ipynb --out full/out", true)]
    [InlineData("train --run full/run --data ring --model mlp --steps 20", false)]
    [InlineData("train --run full/run --data ring --model mlp --steps 20", true)]
    [InlineData("study ring-rates --method 'D 3e-4, G 1e-3' --seeds 1 --steps 20 --out full/a --scratch full/b", false)]
    [InlineData("study ring-rates --method 'D 3e-4, G 1e-3' --seeds 1 --steps 20 --out full/a --scratch full/b", true)]
    [InlineData("doctor --device cpu --only machine --full full/record", true)]
    public async Task Command_DiskIsFull_SaysSoInOneLineAndLeavesNoEmptyFile(string arguments, bool atOnce)
    {
        await SkipUnlessMountable();
        var run = await InNamespace($"{Mount}{(atOnce ? Fill : "")} $W {arguments} > $D/said; {Leftovers}");
        Assert.InRange(run.ExitCode, 1, 2);
        Shell.IsOneLine(run.Errors);
        Assert.Matches("No space left on device|disk was full", run.Errors);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Book_DiskIsFull_SaysSoInOneLine()
    {
        await SkipUnlessMountable();
        folder.Write("out/notebooks/small.ipynb", Of(Code("1")));
        var run = await InNamespace("mkdir -p $D/out/book && mount -t tmpfs -o size=16k tmpfs $D/out/book && cd $D && "
            + "$W book small.ipynb --out out > $D/said");
        Assert.Equal(1, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Matches("No space left on device|disk was full", run.Errors);
    }

    [Theory]
    [InlineData("run small.ipynb --out out")]
    [InlineData("check small.ipynb")]
    [InlineData("doctor")]
    [InlineData("train --run run --data ring --model mlp --steps 2")]
    [InlineData("study ring-rates --method 'D 3e-4, G 1e-3' --seeds 1 --steps 2 --out a --scratch b")]
    [InlineData("--help")]
    public async Task Command_OutputIsFullOrClosed_SaysSoInOneLine(string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full"), "this machine has no /dev/full");
        foreach (string to in new[] { "> /dev/full", ">&-" })
        {
            var run = await Shell.RunAsync(folder.Path, $"$W {arguments} {to}");
            Assert.Equal(1, run.ExitCode);
            Shell.IsOneLine(run.Errors);
            Assert.Contains("standard output cannot be written", run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await Shell.RunAsync(folder.Path, $"$W {arguments} >&- 2>&-")).ExitCode);
    }

    // The number of a closed handle belongs to a file of the runtime, and nothing may be written there.
    [Theory]
    [InlineData("run nosuch.ipynb", 2)]
    [InlineData("check --frob", 2)]
    [InlineData("check small.ipynb", 0)]
    [InlineData("train --run run --data ring --model mlp --steps 2", 0)]
    [InlineData("run small.ipynb --out out", 0)]
    [InlineData("doctor --libtorch .", 1)]
    public async Task Command_StandardErrorIsClosed_HasItsExitCode(string arguments, int code)
    {
        Assert.Equal(code, (await Shell.RunAsync(folder.Path, $"$W {arguments} > said 2>&-")).ExitCode);
        if (Directory.Exists(folder.File("run")))
            Directory.Delete(folder.File("run"), recursive: true);
        Assert.Equal(code == 0 ? 1 : code, (await Shell.RunAsync(folder.Path, $"$W {arguments} <&- >&- 2>&-")).ExitCode);
    }

    [Fact]
    public async Task Run_OutputIsFull_LeavesTheWholeReport()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full"), "this machine has no /dev/full");
        var run = await Shell.RunAsync(folder.Path, "$W run small.ipynb --out out > /dev/full") with { Out = folder.File("out") };
        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Report is { Finished: true, Passed: true });
    }

    private Task<WorkbookProcess> InNamespace(string script) =>
        Shell.RunAsync(folder.Path, $"exec unshare -Urm sh -c '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'");

    private async Task SkipUnlessMountable()
    {
        var trial = await InNamespace("mkdir -p $D/trial && mount -t tmpfs -o size=16k tmpfs $D/trial");
        Assert.SkipUnless(trial.ExitCode == 0, "this user may not mount a small disk (unshare -Urm)");
    }
}
