using System.ComponentModel;
using System.Diagnostics;

namespace GanNotebooks.Workbook.Doctor;

/// <summary>Runs another program and reads its answer.</summary>
internal static class ShellCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>The program's output; null when the program is missing or fails, or does not answer within a minute.</returns>
    public static string? Ask(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start);
            if (process is null)
                return null;
            _ = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEndAsync();
            if (!Task.WhenAll(text, process.WaitForExitAsync()).Wait(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 ? text.Result.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The path of a program found on the PATH; null when it is not found, or is no file that somebody may execute.</summary>
    public static string? Find(params string[] names) => (
        from name in names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
        where IsExecutable(path)
        select path).FirstOrDefault();

    /// <summary>True for a file with an execute bit; on Windows, for any file.</summary>
    public static bool IsExecutable(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
