using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>Opening and replacing files so that every failure becomes an <see cref="InteropException"/> that names the file.</summary>
internal static class WeightFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    public static T Read<T>(string path, Func<Stream, string, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ExpectRegular(path);
        return Guard(path, () =>
        {
            using var stream = RegularFile.OpenRead(path, FileOptions.None);
            return read(stream, path);
        });
    }

    /// <summary>
    /// Reads a stream from its position. The stream must be seekable, because sizes are checked against its length.
    /// </summary>
    public static T Read<T>(Stream stream, bool leaveOpen, Func<Stream, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
        {
            throw new ArgumentException("the stream must be readable and seekable: its length is checked before memory is taken",
                nameof(stream));
        }

        string name = NameOf(stream);
        try
        {
            return Guard(name, () => read(stream, name));
        }
        finally
        {
            if (!leaveOpen)
                stream.Dispose();
        }
    }

    /// <summary>Writes a file that appears whole or not at all: under another name, flushed to the disk, then renamed.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ExpectRegular(path);
        Guard(path, () =>
        {
            AtomicFile.Write(path, write);
            return path;
        });
    }

    /// <summary>Writes to a stream and closes it, unless it is to stay open.</summary>
    public static void Write(Stream stream, bool leaveOpen, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            write(stream);
            stream.Flush();
        }
        finally
        {
            if (!leaveOpen)
                stream.Dispose();
        }
    }

    /// <summary>The name of a stream in messages.</summary>
    public static string NameOf(Stream stream) => stream is FileStream file ? file.Name : "(stream)";

    /// <summary>A name of a tensor, or a text beside the tensors, that UTF-8 can hold.</summary>
    /// <exception cref="InteropException">It has half a surrogate pair.</exception>
    public static string CheckedName(string name, string file)
    {
        try
        {
            Utf8.GetByteCount(name);
            return name;
        }
        catch (EncoderFallbackException e)
        {
            throw new InteropException(file, $"the name {Quoted.Name(name)} has half a surrogate pair, which no file can hold", e);
        }
    }

    private static void ExpectRegular(string path)
    {
        if (RegularFile.Fault(path) is { } fault)
            throw new InteropException(path, $"this is {fault}, not a file");
    }

    private static T Guard<T>(string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InteropException(name, "there is no such file or folder", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InteropException(name, "no permission", e);
        }
        catch (EndOfStreamException e)
        {
            throw new InteropException(name, "the file ends too early", e);
        }
        catch (IOException e) when (e is not InteropException)
        {
            throw new InteropException(name, e.Message.TrimEnd('.'), e);
        }
    }
}
