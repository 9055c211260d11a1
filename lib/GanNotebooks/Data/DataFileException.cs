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
