namespace GanNotebooks.Workbook.Tests.Experiments;

/// <summary>The batch scripts, without a cluster.</summary>
[Trait("Category", "Slow")]
public sealed class SlurmScriptTests : IDisposable
{
    private const string Plan =
        "--data ring --model plain --steps 40000 --batch 8 --seeds 1..4 --axis Loss=NonSaturating,RelativisticPaired";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Slurm_Options_AreLinesOfTheScripts()
    {
        var run = await Shell.RunAsync(folder.Path,
            $"$W sweep create 'a b' {Plan} > said && $W sweep slurm 'a b' --partition long --time 2:00:00 "
            + "--at-once 3 --sbatch=--mem=2G --sbatch=--account=me && bash -n 'a b/slurm/run.sbatch' && bash -n 'a b/slurm/table.sbatch'");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("--submit submits them.", run.Output, StringComparison.Ordinal);
        string script = File.ReadAllText(folder.File("a b/slurm/run.sbatch"));
        string[] head = [.. script.Split('\n').TakeWhile(line => line.StartsWith('#'))];
        Assert.All(["#SBATCH --array=0-7%3", "#SBATCH --requeue", "#SBATCH --signal=B:USR1@120", "#SBATCH --partition=long",
            "#SBATCH --time=2:00:00", "#SBATCH --mem=2G", "#SBATCH --account=me"], line => Assert.Contains(line, head));
        string[] table = [.. File.ReadAllText(folder.File("a b/slurm/table.sbatch")).Split('\n').TakeWhile(line => line.StartsWith('#'))];
        Assert.Contains("#SBATCH --account=me", table);
        Assert.DoesNotContain(table, line => line.Contains("--array", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--submit", 1, "There is no sbatch on the PATH")]
    [InlineData("--time '1 h'", 2, "--time: '1 h' is not one word.")]
    [InlineData("--sbatch mem", 2, "--sbatch: 'mem' is no argument of sbatch")]
    public async Task Slurm_WrongCommand_IsSaidInOneLine(string options, int code, string said)
    {
        await Shell.RunAsync(folder.Path, $"$W sweep create s {Plan}");
        // Without the folders of Slurm's programs.
        var run = await Shell.RunAsync(folder.Path, $"PATH=$D; exec $W sweep slurm s {options}");
        Assert.Equal(code, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    // A stand-in says what it was asked, and refuses.
    [Fact]
    public async Task Slurm_SbatchRefuses_ItsWordsAreSaid()
    {
        folder.Write("bin/sbatch", "#!/bin/sh\necho \"error: invalid partition; asked: $*\" >&2\nexit 1\n");
        var run = await Shell.RunAsync(folder.Path, $"chmod +x bin/sbatch; $W sweep create s {Plan} > said; PATH=$D/bin:$PATH; "
            + "exec $W sweep slurm s --submit");
        Assert.Equal(1, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains($"sbatch refused: error: invalid partition; asked: --parsable --array=0-7 {folder.File("s/slurm/run.sbatch")} 0",
            run.Errors, StringComparison.Ordinal);
    }

    // The script of a task as Slurm starts it, with a stand-in for scontrol: the signal goes through to the run, and the job is requeued.
    [Fact]
    public async Task Script_Signalled_WritesACheckpointAndRequeuesItself()
    {
        folder.Write("bin/scontrol", "#!/bin/sh\necho \"$*\" >> requeued\n");
        await Shell.RunAsync(folder.Path, $"chmod +x bin/scontrol; $W sweep create s {Plan}; $W sweep slurm s --checkpoint-every 10");
        using var process = Shell.Start(folder.Path,
            "PATH=$D/bin:$PATH SLURM_ARRAY_TASK_ID=2 SLURM_JOB_ID=77; export SLURM_JOB_ID SLURM_ARRAY_TASK_ID; "
                + "exec bash s/slurm/run.sbatch 1");
        string checkpoints = folder.File("s/runs/003/checkpoints");
        while (!Directory.Exists(checkpoints) || Directory.GetFiles(checkpoints, "*.checkpoint").Length == 0)
        {
            Assert.False(process.HasExited);
            await Task.Delay(20, Cancel);
        }
        Shell.Signal(process, "USR1");
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(75, process.ExitCode);
        Assert.Contains("run 3 stopped at a checkpoint", output, StringComparison.Ordinal);
        Assert.Equal("requeue 77\n", await File.ReadAllTextAsync(folder.File("requeued"), Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
