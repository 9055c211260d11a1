using System.Buffers.Binary;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// The content of a file that is one gzip member and nothing else (RFC 1952), front to back. .NET's GZipStream stops at the end of the
/// packed data and passes over what may follow; here the trailer must be the last 8 bytes of the file, and it is compared. No content is
/// kept: the memory is that of the decompressor, whatever the file expands to.
/// </summary>
internal sealed class GzipFile : ForwardStream
{
    private const int TrailerBytes = 8, LongestText = 1 << 16, EndOfFile = -1;
    private const byte HeaderChecksum = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;

    private readonly Stream file;
    private readonly InflatedStream inflater;
    private uint crc;
    private long length;
    private bool ended;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file at its beginning; it can seek, and it stays open.</param>
    /// <exception cref="InvalidDataException">The header is not one of gzip, or it is cut.</exception>
    public GzipFile(Stream file)
    {
        this.file = file;
        Span<byte> head = stackalloc byte[10];
        ReadExactly(head);
        if (head[0] != 0x1F || head[1] != 0x8B || head[2] != 8 || (head[3] & Reserved) != 0)
            throw new InvalidDataException("its header is not that of gzip");
        SkipFields(head[3]);
        long packed = file.Length - file.Position - TrailerBytes;
        inflater = packed > 0 ? new InflatedStream(file, packed) : throw new InvalidDataException("it ends before its trailer");
    }

    public override long Position { get => length; set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">The data are damaged, their checksum is wrong, or bytes follow them.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = inflater.Read(buffer);
        crc = Crc32.Append(crc, buffer[..count]);
        length += count;
        if (count == 0 && buffer.Length > 0 && !ended)
            ExpectTrailer();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        inflater.Dispose();
        base.Dispose(disposing);
    }

    private void ExpectTrailer()
    {
        ended = true;
        if (!inflater.UsedAll)
            throw new InvalidDataException("trailing bytes follow the packed data");
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        ReadExactly(trailer);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer), size = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (checksum != crc || size != (uint)length)
            throw new InvalidDataException("its checksum or its length is not that of its content");
    }

    private void SkipFields(byte flags)
    {
        if ((flags & Extra) != 0)
        {
            Span<byte> size = stackalloc byte[2];
            ReadExactly(size);
            Skip(BinaryPrimitives.ReadUInt16LittleEndian(size));
        }

        if ((flags & Name) != 0)
            SkipText();
        if ((flags & Comment) != 0)
            SkipText();
        if ((flags & HeaderChecksum) != 0)
            Skip(2);
    }

    private void SkipText()
    {
        for (int n = 0; n < LongestText; n++)
        {
            if (file.ReadByte() is 0 or EndOfFile)
                return;
        }

        throw new InvalidDataException("its header does not end");
    }

    private void Skip(int count) => file.Position = Math.Min(file.Position + count, file.Length);

    private new void ReadExactly(Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("it is cut");
    }
}
