namespace GanNotebooks.Data;

/// <summary>
/// A read-only view of a stream that lets the first bytes be looked at, counts what was taken, and remembers the last eight bytes.
/// </summary>
internal sealed class MeteredStream : Stream
{
    private readonly Stream inner;
    private readonly byte[] head = new byte[2];
    private readonly byte[] tail = new byte[8];
    private readonly int headLength;
    private int headTaken;

    /// <summary>Wraps a stream and reads its first two bytes; the stream stays the caller's.</summary>
    /// <param name="inner">The stream to read.</param>
    public MeteredStream(Stream inner)
    {
        this.inner = inner;
        headLength = inner.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, at most two, whether taken yet or not.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>The last eight bytes that were taken, oldest first; zeros stand for bytes that never were.</summary>
    public ReadOnlySpan<byte> Tail => tail;

    /// <summary>How many bytes were taken.</summary>
    public long Taken { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => Taken; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var fromHead = Math.Min(buffer.Length, headLength - headTaken);
        head.AsSpan(headTaken, fromHead).CopyTo(buffer);
        headTaken += fromHead;
        var count = fromHead > 0 ? fromHead : inner.Read(buffer);
        Remember(buffer[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Remember(ReadOnlySpan<byte> taken)
    {
        Taken += taken.Length;
        if (taken.Length > tail.Length) taken = taken[^tail.Length..];
        tail.AsSpan(taken.Length).CopyTo(tail);
        taken.CopyTo(tail.AsSpan(tail.Length - taken.Length));
    }
}
