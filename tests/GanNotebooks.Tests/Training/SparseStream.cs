namespace GanNotebooks.Tests.Training;

/// <summary>A stream that keeps only what is not zero, so that it may be longer than the memory.</summary>
internal sealed class SparseStream : Stream
{
    private const int Page = 1 << 16;

    private readonly Dictionary<long, byte[]> pages = [];
    private long length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position { get; set; }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var (number, start) = Math.DivRem(Position, Page);
            var piece = buffer[..(int)Math.Min(buffer.Length, Page - start)];
            if (piece.ContainsAnyExcept((byte)0))
            {
                if (!pages.TryGetValue(number, out byte[]? page))
                    pages[number] = page = new byte[Page];
                piece.CopyTo(page.AsSpan((int)start));
            }
            Position += piece.Length;
            buffer = buffer[piece.Length..];
        }
        length = Math.Max(length, Position);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var (number, start) = Math.DivRem(Position, Page);
        var piece = buffer[..(int)Math.Min(Math.Min(buffer.Length, Page - start), length - Position)];
        if (pages.TryGetValue(number, out byte[]? page))
            page.AsSpan((int)start, piece.Length).CopyTo(piece);
        else
            piece.Clear();
        Position += piece.Length;
        return piece.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
