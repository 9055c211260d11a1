namespace GanNotebooks.Interop;

/// <summary>
/// A file of weights was refused, or could not be read or written: the only exception type that this folder throws because of a file.
/// </summary>
public sealed class InteropException : IOException
{
    /// <summary>Creates the exception; its message reads "file: reason".</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="reason">The reason, in words.</param>
    /// <param name="inner">The exception of the operating system, if there was one.</param>
    public InteropException(string file, string reason, Exception? inner = null)
        : base($"{file}: {reason}", inner) => (File, Reason) = (file, reason);

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }
}
