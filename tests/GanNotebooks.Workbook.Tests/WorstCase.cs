using System.Diagnostics;

namespace GanNotebooks.Workbook.Tests;

/// <summary>
/// Time of a generated worst case. A megabyte takes a second or two when the machine is idle. What takes the square of the length takes
/// many minutes, so the bound can be far from both, and holds at a load of 20.
/// </summary>
internal static class WorstCase
{
    /// <summary>Seconds that a test allows.</summary>
    public const double Patience = 90;

    public static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
