using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>The unpacked bytes of a zip entry, front to back, with its checksum counted along.</summary>
internal sealed class ZipEntryStream : ForwardStream
{
    private readonly Stream source;
    private readonly ZipEntry entry;
    private readonly string file;
    private readonly InflatedStream? inflater;
    private long left;
    private uint crc;

    public ZipEntryStream(Stream source, ZipEntry entry, string file)
    {
        (this.source, this.entry, this.file, left) = (source, entry, file, entry.Size);
        source.Position = entry.Start;
        if (entry.IsDeflated)
            inflater = new InflatedStream(source, entry.PackedSize);
    }

    public override long Length => entry.Size;

    public override long Position { get => entry.Size - left; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, left)];
        int count = inflater is null ? source.Read(buffer) : Inflate(buffer);
        crc = Crc32.Append(crc, buffer[..count]);
        left -= count;
        return count;
    }

    /// <summary>
    /// Verifies, after the last byte, that the entry ends here and that its checksum is right, unless the file says that none was computed.
    /// </summary>
    /// <exception cref="InteropException">The entry has more bytes than it announced, or another checksum.</exception>
    public void ExpectEnd()
    {
        if (inflater is not null && Inflate(new byte[1]) != 0)
            throw Invalid($"unpacks to more than the {entry.Size} bytes it claims");
        if (inflater is { UsedAll: false })
            throw Invalid("has more packed bytes than it unpacks");
        if (left != 0 || entry.Crc != ZipEntry.NoCrc && crc != entry.Crc)
            throw Invalid("is damaged: its checksum is not that of its bytes");
    }

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
}
