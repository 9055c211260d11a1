using System.IO.Compression;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>The unpacked bytes of a zip entry, front to back, with its checksum counted along.</summary>
internal sealed class ZipEntryStream : Stream
{
    private readonly Stream source;
    private readonly ZipEntry entry;
    private readonly string file;
    private readonly DeflateStream? inflater;
    private long packedLeft, left;
    private uint crc;

    public ZipEntryStream(Stream source, ZipEntry entry, string file)
    {
        (this.source, this.entry, this.file, packedLeft, left) = (source, entry, file, entry.PackedSize, entry.Size);
        source.Position = entry.Start;
        if (entry.IsDeflated)
            inflater = new DeflateStream(new Packed(this), CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Size;

    public override long Position { get => entry.Size - left; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, left)];
        int count = inflater is null ? source.Read(buffer) : Inflate(buffer);
        crc = Crc32.Append(crc, buffer[..count]);
        left -= count;
        return count;
    }

    /// <summary>Verifies, after the last byte, that the entry ends here and that its checksum is right.</summary>
    /// <exception cref="InteropException">The entry has more bytes than it announced, or another checksum.</exception>
    public void ExpectEnd()
    {
        if (inflater is not null && Inflate(new byte[1]) != 0)
            throw Invalid($"unpacks to more than the {entry.Size} bytes it claims");
        if (left != 0 || crc != entry.Crc)
            throw Invalid("is damaged: its checksum is not that of its bytes");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inflater?.Dispose();
        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return inflater!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InteropException(file, $"{Quoted.Name(entry.Name)} is damaged: it does not unpack", e);
        }
    }

    private InteropException Invalid(string reason) => new(file, $"{Quoted.Name(entry.Name)} {reason}");

    /// <summary>The packed bytes of the entry and no more.</summary>
    private sealed class Packed(ZipEntryStream owner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = owner.source.Read(buffer[..(int)Math.Min(buffer.Length, owner.packedLeft)]);
            owner.packedLeft -= count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
