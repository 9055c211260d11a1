using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Experiments;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Experiments;

/// <summary>The jobs of a sweep at Slurm, by the numbers that <c>slurm/jobs.txt</c> keeps.</summary>
internal static class SlurmJobs
{
    private const string FileName = "jobs.txt";

    /// <summary>Submits the scripts of a sweep.</summary>
    /// <returns>The numbers of the jobs; the last one makes the table.</returns>
    /// <exception cref="SweepException">There is no sbatch, or it refuses; then the message is its own.</exception>
    public static IReadOnlyList<string> Submit(SweepFolder folder, SlurmScripts scripts)
    {
        if (ShellCommand.Find("sbatch") is not { } sbatch)
        {
            throw new SweepException(
                "There is no sbatch on the PATH: this machine submits no jobs. Submit the scripts on one that does, or use `sweep run`.");
        }
        string file = Path.Combine(SlurmScripts.FolderOf(folder), FileName);
        var jobs = scripts.Submit(arguments => Submitted(sbatch, arguments));
        AtomicFile.WriteText(file, string.Concat(jobs.Select(job => job + "\n")));
        return jobs;
    }

    /// <summary>What the queue says of a sweep's jobs, in lines; none if nothing was submitted or there is no queue.</summary>
    public static IEnumerable<string> Status(SweepFolder folder)
    {
        string file = Path.Combine(SlurmScripts.FolderOf(folder), FileName);
        if (!File.Exists(file) || RegularFile.Fault(file) is not null || ShellCommand.Find("squeue") is not { } squeue)
            yield break;
        string[] jobs = [.. RegularFile.ReadText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(job => job.All(char.IsAsciiDigit))];
        if (jobs.Length == 0)
            yield break;
        // squeue refuses the number of a job that it has forgotten, unless another one is with it.
        string answer = ShellCommand.Ask(squeue, "--noheader", "--array", $"--jobs={string.Join(',', jobs)}", "--format=%F %T %r") ?? "";
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length == 3).ToList();
        foreach (var job in lines.GroupBy(words => words[0]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var states = job.GroupBy(words => words[1].ToLowerInvariant() + (words[1] == "PENDING" ? $" ({words[2]})" : ""))
                .OrderBy(state => state.Key, StringComparer.Ordinal);
            yield return OneLine.Message($"slurm     job {job.Key}: " + string.Join(", ",
                states.Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Count()} {state.Key}"))));
        }
        if (lines.Count == 0)
            yield return $"slurm     no job of {string.Join(", ", jobs)} is in the queue any more";
    }

    private static string Submitted(string sbatch, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(sbatch, ["--parsable", .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string job = output.Trim().Split(';')[0];
            return process.ExitCode == 0 && job.Length > 0 && job.All(char.IsAsciiDigit)
                ? job
                : throw new SweepException($"sbatch refused: {OneLine.Message(errors.Result + output)}");
        }
        catch (Win32Exception error)
        {
            throw new SweepException($"{sbatch} cannot be started: {error.Message}");
        }
    }
}
