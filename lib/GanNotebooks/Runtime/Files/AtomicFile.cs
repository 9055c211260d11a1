using System.Text;

namespace GanNotebooks.Runtime;

/// <summary>
/// Replaces a file as a whole. The new content goes to a temporary file in the same folder, is flushed to the disk and then takes the
/// file's name. A process that is killed at any moment leaves the old content or the new one, and several writers do not mix theirs.
/// </summary>
internal static class AtomicFile
{
    // A name that ends like this is never a result: readers look for other endings.
    public const string TemporaryEnding = ".tmp";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Opens the temporary file; a test puts a full disk here.</summary>
    internal static Func<string, Stream> Open { get; set; } =
        name => new FileStream(name, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    /// <summary>Replaces a file, or creates it.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content to the stream that it is given. If it throws, the old content stays.</param>
    /// <exception cref="IOException">The path is a folder, a link, a device or a named pipe, or the file cannot be written; what was there
    /// is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file does not permit it; what was there is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        RequireReplaceable(path);
        string temporary = $"{Stem(path)}.{Guid.NewGuid():N}{TemporaryEnding}";
        var stream = Open(temporary); // creates it: from here on it is ours to delete
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush();
                (stream as FileStream)?.Flush(flushToDisk: true);
            }

            RequireReplaceable(path);
            Rename(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Refuses a name that belongs to anything but a regular file. Renaming would replace a link or a device by a file, and opening would
    /// write through it.
    /// </summary>
    /// <param name="path">The file that is to be replaced or created.</param>
    /// <exception cref="IOException">The path is a folder, a link, a device or a named pipe.</exception>
    public static void RequireReplaceable(string path)
    {
        RegularFile.Check(path);
        if (new FileInfo(path).LinkTarget is { } target)
            throw new IOException($"{path} is a link to {target}; it is not replaced. Name the file itself, or remove the link");
    }

    /// <summary>Whether a name is that of a temporary file, which a killed writer of the file left behind.</summary>
    /// <param name="name">Name or path of a file.</param>
    /// <param name="file">Name of the file that was to be written.</param>
    public static bool IsTemporary(string name, string file) =>
        Path.GetFileName(name) is var last && last.StartsWith(file + ".", StringComparison.Ordinal)
        && last.EndsWith(TemporaryEnding, StringComparison.Ordinal) && last.Length > file.Length + 1 + TemporaryEnding.Length
        && Guid.TryParseExact(last[(file.Length + 1)..^TemporaryEnding.Length], "N", out _);

    /// <summary>Replaces a text file, or creates it; the encoding is UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="IOException">The path is a folder, a link, a device or a named pipe, or the file cannot be written; what was there
    /// is still there.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    // A disk allows 255 bytes of a name: the longest names leave no room for the rest of a temporary name.
    private static string Stem(string path)
    {
        const int BytesAtMost = 200, Letters = 50;
        string name = Path.GetFileName(path);
        return Utf8.GetByteCount(name) <= BytesAtMost ? path : Path.Combine(Path.GetDirectoryName(path) ?? "", name[..Letters].TrimEnd());
    }

    // Windows refuses to replace a file at the moment in which another writer replaces it, or a reader has it open.
    private static void Rename(string temporary, string path)
    {
        const int Attempts = 20, PauseMilliseconds = 5;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception error) when (OperatingSystem.IsWindows() && attempt < Attempts
                && error is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(PauseMilliseconds);
            }
        }
    }
}
