using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>The processes that cells of this notebook started and that still run. They are found on Linux.</summary>
internal static class Descendants
{
    /// <summary>Ends them, and what they started in turn.</summary>
    public static void Kill()
    {
        foreach (int id in Children())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill(entireProcessTree: true);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
            {
                // It has just ended, or it belongs to somebody else.
            }
        }
    }

    private static List<int> Children()
    {
        const string tasks = "/proc/self/task";
        try
        {
            return !Directory.Exists(tasks) ? [] : [.. Directory.EnumerateDirectories(tasks)
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // a kernel without this file, or a thread that has just ended
        }
    }
}
