using System.Buffers.Binary;
using System.IO.Compression;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// The bytes of an IDX file, plain or gzip, with every promise of the container checked: truncation, rubbish behind the end, checksum,
/// bombs.
/// </summary>
internal sealed class IdxSource : IDisposable
{
    /// <summary>
    /// A gzip file may expand this many times; digits expand five-fold, a bomb a thousand-fold (the limit of deflate is 1032).
    /// </summary>
    public const int MaxExpansion = 100;

    /// <summary>Below this many bytes no expansion is suspicious.</summary>
    public const long FreeExpansion = 1 << 20;

    private const int FirstBuffer = 1 << 16;
    private readonly string name;
    private readonly MeteredStream raw;
    private readonly GZipStream? gzip;
    private uint crc;
    private long arrived;

    /// <summary>Starts reading; the stream stays the caller's.</summary>
    /// <param name="stream">The file's bytes from its start.</param>
    /// <param name="name">The file's name, for messages.</param>
    public IdxSource(Stream stream, string name)
    {
        this.name = name;
        raw = new MeteredStream(stream);
        if (raw.Head is [0x1F, 0x8B]) gzip = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Fills the buffer as far as the data goes.</summary>
    /// <param name="buffer">What to fill.</param>
    /// <returns>How many bytes there were.</returns>
    public int Fill(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = gzip is null ? raw.Read(buffer[filled..]) : gzip.Read(buffer[filled..]);
            if (count == 0) break;
            if (gzip is not null) crc = Crc32.Append(crc, buffer.Slice(filled, count));
            filled += count;
            arrived += count;
            RefuseBomb();
        }

        return filled;
    }

    /// <summary>Reads exactly so many bytes; memory grows with what arrives, not with what was promised.</summary>
    /// <param name="count">How many the header promises; at most <see cref="Array.MaxLength"/>.</param>
    /// <returns>The bytes.</returns>
    public byte[] ReadExactly(int count)
    {
        var buffer = new byte[Math.Min(count, FirstBuffer)];
        for (var filled = 0; ;)
        {
            filled += Fill(buffer.AsSpan(filled));
            if (filled == count) return buffer;
            if (filled < buffer.Length) throw new DataFileException(name, $"{count} bytes of data after the header", $"only {filled}");
            Array.Resize(ref buffer, (int)Math.Min(count, 2L * filled));
        }
    }

    /// <summary>
    /// Demands that nothing follows, neither in the data nor behind the gzip trailer, and that the trailer is right (RFC 1952, section
    /// 2.3.1).
    /// </summary>
    public void ExpectEnd()
    {
        if (Fill(stackalloc byte[1]) != 0) throw new DataFileException(name, "the end of the data", "trailing bytes");
        if (gzip is null) return;
        if (raw.ReadByte() >= 0) throw new DataFileException(name, "the end of the file after the gzip trailer", "trailing bytes");
        var storedCrc = BinaryPrimitives.ReadUInt32LittleEndian(raw.Tail);
        var storedLength = BinaryPrimitives.ReadUInt32LittleEndian(raw.Tail[4..]);
        if (storedCrc != crc || storedLength != (uint)arrived)
        {
            throw new DataFileException(
                name,
                $"a file that ends with the gzip trailer crc32 {crc:x8}, length {(uint)arrived}",
                $"crc32 {storedCrc:x8}, length {storedLength}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gzip?.Dispose();
        raw.Dispose();
    }

    private void RefuseBomb()
    {
        if (gzip is null || arrived <= FreeExpansion || arrived <= MaxExpansion * raw.Taken) return;
        throw new DataFileException(
            name,
            $"gzip data that expand at most {MaxExpansion}-fold",
            $"{arrived} bytes out of {raw.Taken} compressed ones (a gzip bomb?)");
    }
}
