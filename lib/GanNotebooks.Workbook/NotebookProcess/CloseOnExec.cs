using System.Runtime.InteropServices;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Keeps the pipe of events out of the processes that a cell starts. Such a process may outlive the notebook, and as long as it had the
/// pipe, the parent would wait for it.
/// </summary>
internal static partial class CloseOnExec
{
    private const int Flag = 1; // FD_CLOEXEC

    /// <summary>Sets the flag where the system has it; elsewhere handles are inherited one by one, and this one is not.</summary>
    public static void Set(SafeHandle handle)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            _ = SetDescriptorFlags(handle, Flag);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // The parent gives up on the pipe after a few seconds.
        }
    }

    // fcntl(F_SETFD) of the runtime's own native library: fcntl itself is variadic, which Arm processors of Apple call differently.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FcntlSetFD")]
    private static partial int SetDescriptorFlags(SafeHandle handle, int flags);
}
