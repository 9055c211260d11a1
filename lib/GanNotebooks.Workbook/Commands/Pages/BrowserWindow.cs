using System.ComponentModel;
using System.Diagnostics;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Commands;

/// <summary>A window of the reader's browser.</summary>
internal static class BrowserWindow
{
    /// <summary>Opens an address, if there is a screen and a program that does it. It never fails: the address is printed as
    /// well.</summary>
    /// <param name="address">The address. Other users of the machine can read it while the browser starts.</param>
    public static void TryOpen(Uri address)
    {
        try
        {
            if (Start(address.AbsoluteUri) is { } start)
                Process.Start(start)?.Dispose();
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            // The reader opens it.
        }
    }

    private static ProcessStartInfo? Start(string address)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(address) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS())
            return Quiet("/usr/bin/open", [address]);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
        {
            return null;
        }

        // In a session of its own: Ctrl-C in this terminal must not end the browser.
        return ShellCommand.Find("xdg-open") is not { } opener ? null
            : ShellCommand.Find("setsid") is { } session ? Quiet(session, [opener, address])
            : Quiet(opener, [address]);
    }

    // What a browser says about itself is no output of the command. Nobody reads it, so it must not fill a pipe.
    private static ProcessStartInfo Quiet(string program, string[] arguments) =>
        new("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", program, .. arguments]);
}
