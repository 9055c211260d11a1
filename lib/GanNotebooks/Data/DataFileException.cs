namespace GanNotebooks.Data;

/// <summary>
/// A data file is missing, unreadable, malformed or not the one it should be: the only exception type that the readers of this folder throw
/// for it.
/// </summary>
public sealed class DataFileException : IOException
{
    /// <summary>Makes the exception; its message reads "file: expected ...; found ...".</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="expected">What a good file would have had, in words.</param>
    /// <param name="found">What this one has, in words.</param>
    /// <param name="inner">What the operating system or the decompressor said, if anything.</param>
    public DataFileException(string file, string expected, string found, Exception? inner = null)
        : base($"{file}: expected {expected}; found {found}.", inner)
        => (File, Expected, Found) = (file, expected, found);

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>What a good file would have had, in words.</summary>
    public string Expected { get; }

    /// <summary>What this one has, in words.</summary>
    public string Found { get; }
}

/// <summary>Opening files so that every failure becomes a <see cref="DataFileException"/> that names the file.</summary>
internal static class DataFiles
{
    /// <summary>Opens a file for reading, front to back.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes.</returns>
    public static Stream OpenRead(string path)
    {
        if (Directory.Exists(path))
            throw new DataFileException(path, "a file", "a directory");
        return Guard<Stream>(
            path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16,
                FileOptions.SequentialScan));
    }

    /// <summary>Runs what reads a file and turns whatever a bad file can raise into one exception type.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="name">The file's name.</param>
    /// <param name="read">What to run.</param>
    /// <returns>What it returns.</returns>
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
    /// <returns>Them in words.</returns>
    public static string Describe(IEnumerable<int> shape) => string.Join(" x ", shape);
}
