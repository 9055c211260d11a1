using System.Runtime.InteropServices;
using System.Text;

namespace GanNotebooks.Runtime;

/// <summary>
/// Creates a file with its whole content, if no file of its name is there. Of several processes and machines on one file system that try
/// it at the same time, exactly one succeeds, and nobody ever sees a part of the content.
/// </summary>
internal static partial class NewFile
{
    private const int NotPermitted = 1, Exists = 17, NotSupported = 95;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Creates a text file, UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="survives">Whether it must survive a loss of power.</param>
    /// <param name="written">Time of its last change that others see from the first moment on; null for the time of the file
    /// system.</param>
    /// <returns>False when something of this name was there; it is unchanged.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not permit it.</exception>
    public static bool TryWriteText(string path, string text, bool survives = true, DateTimeOffset? written = null)
    {
        if (Path.Exists(path))
            return false;
        string temporary = $"{path}.{Guid.NewGuid():N}{AtomicFile.TemporaryEnding}";
        var stream = AtomicFile.Open(temporary);
        try
        {
            using (stream)
            {
                stream.Write(Utf8.GetBytes(text));
                stream.Flush();
                (stream as FileStream)?.Flush(flushToDisk: survives);
            }

            if (written is { } moment)
                File.SetLastWriteTimeUtc(temporary, moment.UtcDateTime);

            if (OperatingSystem.IsWindows())
            {
                File.Move(temporary, path, overwrite: false); // MoveFileEx without replacement
                return true;
            }

            bool isFirst = TryLink(temporary, path);
            File.Delete(temporary);
            return isFirst;
        }
        catch (IOException) when (File.Exists(temporary) && Path.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // File.Move without overwriting looks whether the name is free and then renames: of two that look at the same moment the second one
    // replaces the file of the first. link(2) fails where the name is taken.
    private static bool TryLink(string temporary, string path)
    {
        if (Link(temporary, path) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        if (error == Exists)
            return false;
        if (error is not (NotPermitted or NotSupported))
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");

        // A file system without links, such as FAT.
        File.Copy(temporary, path, overwrite: false);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
