namespace GanNotebooks.Workbook.Commands;

/// <summary>The standard output, whose failures say whose they are: closed, or a file on a full disk.</summary>
internal sealed class StandardOutput(Stream? output) : Stream
{
    /// <summary>
    /// Puts it in the place of <see cref="Console.Out"/>. A standard error that is closed takes messages and does nothing with them.
    /// </summary>
    public static void Install()
    {
        if (ClosedHandle.Is(ClosedHandle.Error))
            Console.SetError(TextWriter.Null);
        bool closed = ClosedHandle.Is(ClosedHandle.Output);
        if (!closed && !Console.IsOutputRedirected)
            return; // a terminal has a writer of its own
        var stream = new StandardOutput(closed ? null : Console.OpenStandardOutput());
        Console.SetOut(TextWriter.Synchronized(new StreamWriter(stream, Console.OutputEncoding) { AutoFlush = true }));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            (output ?? throw new IOException("it is closed")).Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The standard output cannot be written: {error.Message}", error);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
