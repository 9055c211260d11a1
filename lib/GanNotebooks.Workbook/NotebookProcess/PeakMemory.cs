using System.Diagnostics;
using System.Globalization;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>Resident memory in bytes: the current value and the peak.</summary>
internal static class PeakMemory
{
    public static long OfThisProcess()
    {
        if (OperatingSystem.IsLinux())
            return FromStatus("self", "VmHWM:");
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>0 when the process has ended.</summary>
    public static long Now(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return FromStatus(process.Id.ToString(CultureInfo.InvariantCulture), "VmRSS:");
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long FromStatus(string process, string field)
    {
        string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal));
        string? number = line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(number, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : 0;
    }
}
