using System.Collections.Concurrent;
using System.Globalization;
using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Runner;

/// <summary>What the running notebooks take in memory, as it was last seen, and whether there is room for one more.</summary>
internal sealed class MemoryUse
{
    /// <summary>Bytes that a notebook may come to need. The largest of the course (12) takes 2.6 GB.</summary>
    public const long OfOneNotebook = 3_000_000_000;

    private readonly ConcurrentDictionary<object, long> held = new();
    private long peak;

    /// <summary>All memory that this process may use: the machine's, or its container's.</summary>
    public static long Total => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Bytes that programs could still take without swapping.</summary>
    public static long Available
    {
        get
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/meminfo").FirstOrDefault(text => text.StartsWith("MemAvailable:", StringComparison.Ordinal))
                : null;
            string? number = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            return long.TryParse(number, CultureInfo.InvariantCulture, out long kilobytes) ? Math.Min(kilobytes * 1024, Total) : Total;
        }
    }

    /// <summary>The most that all notebooks together held at one moment, looked at four times a second.</summary>
    public long Peak => Interlocked.Read(ref peak);

    public void Seen(object process, long bytes)
    {
        held[process] = bytes;
        long sum = held.Values.Sum();
        for (long before = Peak; sum > before; before = Peak)
            Interlocked.CompareExchange(ref peak, sum, before);
    }

    public void Ended(object process) => held.TryRemove(process, out _);

    /// <summary>Whether one more notebook fits, should all that run now grow to what a notebook may need.</summary>
    /// <param name="available">Bytes that are free now.</param>
    /// <param name="running">Notebooks that run; some of them may not have been seen yet.</param>
    public bool HasRoom(long available, int running)
    {
        if (running == 0)
            return true;
        long grown = held.Values.Sum(bytes => Math.Min(bytes, OfOneNotebook));
        return available - (running * OfOneNotebook - grown) >= OfOneNotebook;
    }

    /// <summary>As many notebooks side by side as the cores and the memory allow.</summary>
    public static int DefaultJobs(int cores, long available) => (int)Math.Clamp(available / OfOneNotebook, 1, Math.Max(1, cores));

    /// <summary>The memory of one process; 0 when it is gone.</summary>
    public long See(System.Diagnostics.Process process)
    {
        long now = PeakMemory.Now(process);
        Seen(process, now);
        return now;
    }
}
