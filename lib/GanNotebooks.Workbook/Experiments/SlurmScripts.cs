using System.Globalization;
using GanNotebooks.Experiments;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>
/// Batch scripts that hand the runs of a sweep to Slurm: a job array with one task a run, and a job that makes the table when all have
/// ended. A task that is about to lose its time writes a checkpoint, ends with exit code 75, and is put back into the queue.
/// </summary>
/// <param name="folder">The sweep.</param>
/// <param name="options">What the scripts ask for.</param>
internal sealed class SlurmScripts(SweepFolder folder, SlurmOptions options)
{
    /// <summary>Number of tasks in one array, below the usual limit of 1,001 (MaxArraySize).</summary>
    public const int MostTasks = 1000;

    private const string RunScript = "run.sbatch", TableScript = "table.sbatch";

    /// <summary>Folder of the scripts, of their outputs and of <see cref="SlurmJobs"/>.</summary>
    public static string FolderOf(SweepFolder folder) => Path.Combine(folder.Path, "slurm");

    /// <summary>Path of the script of the array.</summary>
    public string RunFile => Path.Combine(FolderOf(folder), RunScript);

    /// <summary>Path of the script of the table.</summary>
    public string TableFile => Path.Combine(FolderOf(folder), TableScript);

    /// <summary>
    /// The submissions in their order: arguments of sbatch. Each rung of successive halving is an array by itself, after the rung before.
    /// </summary>
    /// <param name="submit">Submits and returns the number of the job.</param>
    public IReadOnlyList<string> Submit(Func<IReadOnlyList<string>, string> submit)
    {
        List<string> all = [];
        string before = "";
        for (int rung = 1; rung <= (folder.Manifest.Plan.Halving?.Rungs ?? 1); rung++)
        {
            List<string> ids = [];
            for (int offset = 0; offset < folder.Manifest.Runs.Count; offset += MostTasks)
            {
                string[] ofRung = folder.Manifest.Plan.Halving is null ? [] : ["--rung", Text(rung)];
                ids.Add(submit([.. After(before), $"--array={Array(offset)}", RunFile, Text(offset), .. ofRung]));
            }
            before = string.Join(':', ids);
            all.AddRange(ids);
        }
        all.Add(submit([.. After(before), TableFile]));
        return all;
    }

    /// <summary>Writes both scripts.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write()
    {
        Directory.CreateDirectory(FolderOf(folder));
        AtomicFile.WriteText(RunFile, Run());
        AtomicFile.WriteText(TableFile, Table());
    }

    private string Run() => $$"""
        #!/bin/bash
        #SBATCH --job-name=sweep
        #SBATCH --array={{Array(0)}}
        #SBATCH --ntasks=1
        #SBATCH --cpus-per-task=1
        #SBATCH --requeue
        #SBATCH --signal=B:USR1@{{Text(options.Warning)}}
        #SBATCH --open-mode=append
        #SBATCH --output={{Output("%A_%a.out")}}
        {{Asked()}}
        # One run of the sweep: number = first argument (0) + task of the array. Further arguments go to `sweep one`.
        run=$((${1:-0} + SLURM_ARRAY_TASK_ID))
        shift
        {{Environment()}}
        child=
        # Slurm signals this shell; the run writes a checkpoint and ends with 75.
        trap '[ -z "$child" ] || kill -USR1 "$child" 2> /dev/null' USR1
        trap '[ -z "$child" ] || kill -TERM "$child" 2> /dev/null' TERM
        {{Quoted(SweepWorkers.Program)}} sweep one {{Quoted(folder.Path)}} "$run" --checkpoint-every {{Text(options.CheckpointEvery)}} "$@" &
        child=$!
        # A signal ends `wait`, but not the run.
        while true; do
          wait "$child"
          code=$?
          kill -0 "$child" 2> /dev/null || break
        done
        # 138: the signal came before the program listened.
        if [ "$code" -eq {{Text(ExitCode.ToBeContinued)}} ] || [ "$code" -eq 138 ]; then
          scontrol requeue "$SLURM_JOB_ID"
        fi
        exit "$code"

        """;

    private string Table() => $$"""
        #!/bin/bash
        #SBATCH --job-name=sweep-table
        #SBATCH --ntasks=1
        #SBATCH --output={{Output("%j-table.out")}}
        {{Asked()}}
        # When the array has ended, however its tasks ended: the table of what is done.
        {{Environment()}}
        {{Quoted(SweepWorkers.Program)}} sweep status {{Quoted(folder.Path)}}
        {{Quoted(SweepWorkers.Program)}} sweep table {{Quoted(folder.Path)}} --json > {{Quoted(Path.Combine(folder.Path, "table.json"))}}
        {{Quoted(SweepWorkers.Program)}} sweep table {{Quoted(folder.Path)}} | tee {{Quoted(Path.Combine(folder.Path, "table.txt"))}}

        """;

    private string Array(int offset) => Text(0) + "-" + Text(Math.Min(MostTasks, folder.Manifest.Runs.Count - offset) - 1)
        + (options.AtOnce is { } most ? "%" + Text(most) : "");

    // Lines for sbatch: every value is one word of its own.
    private string Asked() => string.Join('\n', new[]
    {
        options.Partition is { } partition ? $"--partition={partition}" : null,
        options.Time is { } time ? $"--time={time}" : null,
    }.OfType<string>().Concat(options.Further).Select(argument => "#SBATCH " + argument).Append("set -u"));

    private static string Environment() =>
        Path.GetFileNameWithoutExtension(System.Environment.ProcessPath) == "dotnet"
            ? $"export DOTNET_ROOT={Quoted(Path.GetDirectoryName(System.Environment.ProcessPath)!)} DOTNET_NOLOGO=1"
            : System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root
                ? $"export DOTNET_ROOT={Quoted(root)} DOTNET_NOLOGO=1"
                : "export DOTNET_NOLOGO=1";

    // In a comment of sbatch quotes keep a path with blanks together; a percent sign would be a pattern of Slurm.
    private string Output(string name) => $"\"{FolderOf(folder).Replace("%", "%%", StringComparison.Ordinal)}/{name}\"";

    private static IEnumerable<string> After(string jobs) => jobs == "" ? [] : [$"--dependency=afterany:{jobs}"];

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the scripts ask of Slurm.</summary>
/// <param name="Partition">Partition; null for the cluster's default.</param>
/// <param name="Time">Time limit of a task, as sbatch takes it; null for the partition's.</param>
/// <param name="AtOnce">Most tasks that run at the same time; null for no limit.</param>
/// <param name="Further">Further arguments of sbatch.</param>
/// <param name="CheckpointEvery">Steps between two checkpoints.</param>
/// <param name="Warning">Seconds between the signal and the time limit.</param>
internal sealed record SlurmOptions(
    string? Partition, string? Time, int? AtOnce, IReadOnlyList<string> Further, int CheckpointEvery, int Warning = 120);
