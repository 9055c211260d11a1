using System.Runtime.InteropServices;

namespace GanNotebooks.Runtime;

/// <summary>
/// Tells torch's thread pool (GNU OpenMP) to sleep, not to spin, while it waits. On a machine whose cores are shared, spinning threads
/// keep each other from finishing: a small GAN on two threads was measured to take ten times as long.
/// </summary>
internal static partial class OpenMpPolicy
{
    private const string Policy = "OMP_WAIT_POLICY";

    /// <summary>Must run before libgomp is loaded, which reads its settings once. A setting of the user's is left alone.</summary>
    public static void PreferSleeping()
    {
        // Environment.SetEnvironmentVariable changes .NET's copy only; native libraries read the process's own.
        if (OperatingSystem.IsLinux())
            _ = SetEnvironment(Policy, "PASSIVE", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
