using System.Globalization;

namespace GanNotebooks.Experiments;

/// <summary>A process that computes runs.</summary>
/// <param name="Host">Name of its machine.</param>
/// <param name="Process">Its number there.</param>
/// <param name="Start">When it started, in words of its system: a number is given to another process later.</param>
/// <param name="Job">Its job of a scheduler, which may start anew on another machine; null without a scheduler.</param>
internal sealed record ClaimOwner(string Host, int Process, string Start, string? Job)
{
    /// <summary>The owner of a claim that names none.</summary>
    public static ClaimOwner Nobody { get; } = new("", 0, "", null);

    /// <summary>This process.</summary>
    public static ClaimOwner Here() =>
        new(Environment.MachineName, Environment.ProcessId, StartOf(Environment.ProcessId) ?? "",
            JobOf(Environment.GetEnvironmentVariable));

    /// <summary>The job that the variables of Slurm name; null outside a job.</summary>
    public static string? JobOf(Func<string, string?> variable) =>
        variable("SLURM_ARRAY_JOB_ID") is { Length: > 0 } array ? $"{array}_{variable("SLURM_ARRAY_TASK_ID")}"
        : variable("SLURM_JOB_ID") is { Length: > 0 } job ? job
        : null;

    /// <summary>Whether a process of this machine is still there; null if that cannot be known.</summary>
    public static bool? IsAlive(int process, string start)
    {
        try
        {
            return StartOf(process) == start;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException
            or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // null for a process that has ended, also for one that nobody has waited for yet.
    private static string? StartOf(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                // proc_pid_stat(5): the name in parentheses may hold anything; field 3 is the state, field 22 the start.
                string[] fields = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat").Split(')')[^1]
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return fields[0] is "Z" or "X" ? null : fields[19];
            }
            catch (IOException)
            {
                return null;
            }
        }

        try
        {
            using var there = System.Diagnostics.Process.GetProcessById(process);
            return there.StartTime.Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
