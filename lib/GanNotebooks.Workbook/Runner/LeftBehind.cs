using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// The processes that the cells of one notebook started and that still run, also when they have left its session or lost their parent. They
/// are known by a mark in their environment. They are found on Linux.
/// </summary>
internal sealed class LeftBehind
{
    private const string Variable = "GAN_NOTEBOOKS_PROCESS", Processes = "/proc";

    // A process that starts others while it is ended may need more than one round.
    private const int Rounds = 5;

    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <summary>Marks a process before its start. What it starts inherits the mark.</summary>
    public void Mark(ProcessStartInfo start) => start.Environment[Variable] = mark;

    /// <summary>Ends all marked processes.</summary>
    public void End()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Processes))
            return;
        byte[] wanted = System.Text.Encoding.ASCII.GetBytes($"{Variable}={mark}");
        for (int round = 0; round < Rounds; round++)
        {
            var found = Ids().Where(id => IsMarked(id, wanted)).ToList();
            if (found.Count == 0)
                return;
            found.ForEach(End);
        }
    }

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories(Processes)
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && id != Environment.ProcessId);

    private static bool IsMarked(int id, ReadOnlySpan<byte> wanted)
    {
        try
        {
            return File.ReadAllBytes($"{Processes}/{id}/environ").AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has just ended, or it belongs to somebody else
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(1));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has just ended.
        }
    }
}
