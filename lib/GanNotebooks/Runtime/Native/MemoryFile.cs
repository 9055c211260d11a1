using System.Runtime.InteropServices;

namespace GanNotebooks.Runtime;

/// <summary>Loads a native library from bytes, without leaving a file behind (Linux).</summary>
internal static partial class MemoryFile
{
    private const uint CloseOnExec = 1;

    /// <summary>
    /// Loads the library from an anonymous memory file; where the kernel forbids that, from a private file deleted at once.
    /// </summary>
    /// <returns>The library's handle.</returns>
    public static nint Load(ReadOnlySpan<byte> image, string name) =>
        TryLoadFromMemory(image, name, out nint library) ? library : LoadFromPrivateDirectory(image, name);

    private static bool TryLoadFromMemory(ReadOnlySpan<byte> image, string name, out nint library)
    {
        library = 0;
        int descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
            return false;
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, image, 0);
        return NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out library);
    }

    private static nint LoadFromPrivateDirectory(ReadOnlySpan<byte> image, string name)
    {
        var directory = Directory.CreateTempSubdirectory("gan-notebooks-");
        try
        {
            string file = Path.Combine(directory.FullName, name);
            using (var stream = new FileStream(file, FileMode.CreateNew))
                stream.Write(image);
            return NativeLibrary.Load(file);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static int CreateMemoryFile(string name, uint flags)
    {
        try
        {
            return MemfdCreate(name, flags);
        }
        catch (EntryPointNotFoundException)
        {
            return -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);
}
