using System.Runtime.InteropServices;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// Whether the program was started with a standard handle closed (<c>2&gt;&amp;-</c>). The runtime's own files then take the free numbers,
/// and a message to the standard error would go into one of them: into the pipe of its signals, which ends the process with an abort.
/// </summary>
internal static partial class ClosedHandle
{
    public const int Output = 1, Error = 2;

    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>
    /// A handle that came from outside has survived the start of this program, so it does not have the flag. The runtime's own have it.
    /// </summary>
    public static bool Is(int handle)
    {
        if (OperatingSystem.IsWindows())
            return false;
        try
        {
            int flags = DescriptorFlags(handle);
            return flags < 0 || (flags & CloseOnExec) != 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FcntlGetFD")]
    private static partial int DescriptorFlags(nint handle);
}
