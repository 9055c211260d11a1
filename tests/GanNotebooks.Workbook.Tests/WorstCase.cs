using System.Diagnostics;

namespace GanNotebooks.Workbook.Tests;

/// <summary>
/// Processor time of a generated worst case. A megabyte takes a second or two. What takes the square of the length takes many minutes, so
/// the bound is far from both. Processor time does not grow with the load of the machine.
/// </summary>
internal static class WorstCase
{
    /// <summary>Seconds that a test allows.</summary>
    public const double Patience = 90;

    /// <summary>The processor time of this process while the work is done.</summary>
    public static double Seconds(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
