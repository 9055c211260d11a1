using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// A data file is missing, unreadable, malformed or not the one it should be: the only exception type that the readers of this folder throw
/// for it.
/// </summary>
public sealed class DataFileException : IOException
{
    /// <summary>Creates the exception; its message reads "file: expected ...; found ...".</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="expected">The content that was expected, in words.</param>
    /// <param name="found">The content that was found, in words.</param>
    /// <param name="inner">The exception of the operating system or of the decompressor, if there was one.</param>
    public DataFileException(string file, string expected, string found, Exception? inner = null)
        : base($"{file}: expected {expected}; found {found}.", inner)
        => (File, Expected, Found) = (file, expected, found);

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>The content that was expected, in words.</summary>
    public string Expected { get; }

    /// <summary>The content that was found, in words.</summary>
    public string Found { get; }
}

/// <summary>Opening files so that every failure becomes a <see cref="DataFileException"/> that names the file.</summary>
internal static class DataFiles
{
    /// <summary>Opens a file for reading, front to back.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="DataFileException">There is no such file, it may not be read, or it is a folder, a pipe or a
    /// device.</exception>
    public static Stream OpenRead(string path) => Guard<Stream>(path, () => RegularFile.Fault(path) is { } fault
        ? throw new DataFileException(path, "a file", fault)
        : RegularFile.OpenRead(path));

    /// <summary>Runs a reader and turns every exception that a bad file can raise into one type.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="name">The file's name.</param>
    /// <param name="read">The reader to run.</param>
    /// <returns>The result of the reader.</returns>
    public static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(name, "a file", "no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFileException(name, "a file that may be read", "no permission to read it", e);
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(name, "sound gzip data", "corrupt or truncated ones (" + e.Message.TrimEnd('.') + ")", e);
        }
        catch (Exception e) when (e is IOException and not DataFileException or ArgumentException or NotSupportedException)
        {
            throw new DataFileException(name, "a readable file", e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>A shape in words: <c>60000 x 28 x 28</c>.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <returns>The dimensions, separated by x.</returns>
    public static string Describe(IEnumerable<int> shape) => string.Join(" x ", shape);
}
