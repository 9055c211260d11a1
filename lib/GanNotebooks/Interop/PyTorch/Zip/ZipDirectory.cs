using System.Buffers.Binary;
using System.Text;

namespace GanNotebooks.Interop;

/// <summary>
/// Reads the directory of a zip and compares it with the header and the trailer of every entry. The entries must follow each other without
/// gap or overlap from the first byte to the directory, as all that write such files leave them: nothing can hide between them, and no byte
/// can be counted twice. Source: PKWARE's APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.12 and 4.5.3.
/// </summary>
internal sealed class ZipDirectory
{
    public const uint LocalSignature = 0x04034b50, DescriptorSignature = 0x08074b50, CentralSignature = 0x02014b50;
    public const int LocalLength = 30, CentralLength = 46;
    public const ushort HasDescriptor = 0x0008, Utf8Names = 0x0800, Zip64Field = 1;

    private const int MaxEntries = 1 << 16, MaxBytes = 16 << 20;
    private const ushort DeflateLevel = 0x0006, Stored = 0, Deflated = 8;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream stream;
    private readonly string file;
    private readonly Dictionary<string, ZipEntry> entries = [];

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InteropException">The stream is not a sound zip.</exception>
    public ZipDirectory(Stream stream, string file)
    {
        (this.stream, this.file) = (stream, file);
        var end = ZipEndRecord.Read(stream, file);
        if (end.Count > MaxEntries || end.Size > MaxBytes)
        {
            throw Invalid(
                $"the zip has {end.Count} entries and a directory of {end.Size} bytes; at most {MaxEntries} and {MaxBytes} are read");
        }

        byte[] directory = new byte[end.Size];
        stream.Position = end.Start;
        stream.ReadExactly(directory);
        long next = CheckChain(Parse(directory, end.Count));
        if (next != end.Start)
            throw Invalid($"bytes {next} to {end.Start} of the zip belong to no entry");
    }

    /// <summary>All entries by name, without the folders.</summary>
    public IReadOnlyDictionary<string, ZipEntry> Entries => entries;

    private List<(ZipEntry Entry, long Offset, ushort Flags)> Parse(ReadOnlySpan<byte> directory, long count)
    {
        var headers = new List<(ZipEntry, long, ushort)>();
        for (; count > 0; count--)
        {
            if (directory.Length < CentralLength || U32(directory) != CentralSignature)
                throw Invalid("the zip's directory is damaged");
            int nameLength = U16(directory[28..]), extraLength = U16(directory[30..]),
                total = CentralLength + nameLength + extraLength + U16(directory[32..]);
            if (total > directory.Length)
                throw Invalid("the zip's directory is damaged");
            string name = ReadName(directory.Slice(CentralLength, nameLength));
            var (flags, method) = (U16(directory[8..]), U16(directory[10..]));
            CheckKind(name, flags, method, U16(directory[34..]));
            var (size, packed, offset) = ReadSizes(directory[..total], name, directory.Slice(CentralLength + nameLength, extraLength));
            if (method == Stored && size != packed)
                throw Invalid($"{Quoted.Name(name)} is stored as it is, and has two sizes, {packed} and {size}");
            headers.Add((new(name, 0, packed, size, U32(directory[16..]), method == Deflated), offset, flags));
            directory = directory[total..];
        }
        return directory.IsEmpty ? headers : throw Invalid("the zip's directory has more entries than its end record counts");
    }

    private void CheckKind(string name, ushort flags, ushort method, ushort disk)
    {
        if ((flags & ~(HasDescriptor | Utf8Names | DeflateLevel)) != 0)
            throw Invalid($"{Quoted.Name(name)} is encrypted or patched (flags 0x{flags:x})");
        if (method is not (Stored or Deflated))
            throw Invalid($"{Quoted.Name(name)} is compressed by method {method}");
        if (disk != 0)
            throw Invalid($"{Quoted.Name(name)} is on another disk");
    }

    private (long Size, long Packed, long Offset) ReadSizes(ReadOnlySpan<byte> header, string name, ReadOnlySpan<byte> extra)
    {
        long packed = U32(header[20..]), size = U32(header[24..]), offset = U32(header[42..]);
        var wide = Zip64Values(extra);
        size = Take(size, ref wide);
        packed = Take(packed, ref wide);
        offset = Take(offset, ref wide);
        return size >= 0 && packed >= 0 && offset >= 0
            ? (size, packed, offset)
            : throw Invalid($"{Quoted.Name(name)} has sizes that are missing or impossible");
    }

    private static long Take(long narrow, ref ReadOnlySpan<byte> wide)
    {
        if (narrow != uint.MaxValue)
            return narrow;
        if (wide.Length < sizeof(long))
            return -1;
        long value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value;
    }

    private static ReadOnlySpan<byte> Zip64Values(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = U16(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (U16(extra) == Zip64Field)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    // Each entry: header, name, extra fields, bytes, and a trailer if its flags announce one.
    private long CheckChain(List<(ZipEntry Entry, long Offset, ushort Flags)> headers)
    {
        headers.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        long at = 0;
        foreach (var (entry, offset, flags) in headers)
        {
            if (offset != at)
            {
                throw Invalid(
                    $"{Quoted.Name(entry.Name)} should start at byte {at} of the zip, right after the entry before it, and claims byte "
                        + $"{offset}");
            }

            var placed = entry with { Start = ReadLocal(entry, offset, flags) };
            if (placed.PackedSize > stream.Length - placed.Start)
                throw Invalid($"{Quoted.Name(entry.Name)} needs {placed.PackedSize} bytes and only {stream.Length - placed.Start} follow");
            at = placed.Start + placed.PackedSize;
            if ((flags & HasDescriptor) != 0)
                at = CheckDescriptor(placed, at);
            if (IsFolder(entry.Name) && entry.Size == 0)
                continue;
            if (IsFolder(entry.Name))
                throw Invalid($"the zip has an entry with the unsafe name {Quoted.Name(entry.Name)}: a folder with bytes of its own");
            if (!entries.TryAdd(entry.Name, placed))
                throw Invalid($"the zip has two entries {Quoted.Name(entry.Name)}");
        }
        return at;
    }

    private long ReadLocal(ZipEntry entry, long offset, ushort flags)
    {
        Span<byte> header = stackalloc byte[LocalLength];
        ReadAt(offset, header);
        int nameLength = U16(header[26..]), extraLength = U16(header[28..]);
        if (U32(header) != LocalSignature || U16(header[6..]) != flags || U16(header[8..]) != (entry.IsDeflated ? Deflated : Stored)
            || nameLength != Utf8.GetByteCount(entry.Name))
        {
            throw Contradiction(entry);
        }

        byte[] name = new byte[nameLength];
        ReadAt(offset + LocalLength, name);
        if (ReadName(name) != entry.Name)
            throw Contradiction(entry);
        byte[] extra = new byte[extraLength];
        ReadAt(offset + LocalLength + nameLength, extra);
        var wide = Zip64Values(extra);
        uint crc = U32(header[14..]);
        long size = Take(U32(header[22..]), ref wide), packed = Take(U32(header[18..]), ref wide);
        bool open = (flags & HasDescriptor) != 0 && crc == 0 && packed == 0 && size == 0; // the trailer says
        if (!open && (crc != entry.Crc && (flags & HasDescriptor) == 0 || packed != entry.PackedSize || size != entry.Size))
            throw Contradiction(entry);
        return offset + LocalLength + nameLength + extraLength;
    }

    private long CheckDescriptor(ZipEntry entry, long at)
    {
        Span<byte> trailer = stackalloc byte[24];
        int length = (int)Math.Min(trailer.Length, stream.Length - at);
        ReadAt(at, trailer[..length]);
        if (length < 16 || U32(trailer) != DescriptorSignature || U32(trailer[4..]) != entry.Crc)
            throw Contradiction(entry);
        if (U32(trailer[8..]) == entry.PackedSize && U32(trailer[12..]) == entry.Size)
            return at + 16;
        bool wide = length == 24 && BinaryPrimitives.ReadInt64LittleEndian(trailer[8..]) == entry.PackedSize
            && BinaryPrimitives.ReadInt64LittleEndian(trailer[16..]) == entry.Size;
        return wide ? at + 24 : throw Contradiction(entry);
    }

    private static bool IsFolder(string name) => name.EndsWith('/');

    private string ReadName(ReadOnlySpan<byte> bytes)
    {
        string name;
        try
        {
            name = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InteropException(file, "a name in the zip is not UTF-8", e);
        }
        // A folder ends with a slash. Nothing is ever unpacked to a disk, so that a colon, of a time in the file's name, does no harm.
        string path = IsFolder(name) ? name[..^1] : name;
        bool sound = path.Split('/').All(part => part is not ("" or "." or "..")) && !name.Any(c => char.IsControl(c) || c is '\\');
        return sound ? name : throw Invalid($"the zip has an entry with the unsafe name {Quoted.Name(name)}");
    }

    private void ReadAt(long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }

    private InteropException Contradiction(ZipEntry entry) =>
        Invalid($"the zip's directory and the entry {Quoted.Name(entry.Name)} itself contradict each other");

    private InteropException Invalid(string reason) => new(file, reason);

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}

/// <summary>A file in a zip, as its directory and its own header agree on it.</summary>
/// <param name="Name">Path within the zip, with slashes.</param>
/// <param name="Start">The place of the first byte in the stream.</param>
/// <param name="PackedSize">The number of packed bytes.</param>
/// <param name="Size">How many bytes it unpacks to; the same when it is stored as it is.</param>
/// <param name="Crc">CRC-32 of the unpacked bytes; <see cref="NoCrc"/> when torch was told not to compute it
/// (<c>torch.utils.serialization.config.save.compute_crc32 = False</c>).</param>
/// <param name="IsDeflated">Whether the entry is compressed.</param>
internal sealed record ZipEntry(string Name, long Start, long PackedSize, long Size, uint Crc, bool IsDeflated)
{
    /// <summary>The checksum that stands for none.</summary>
    public const uint NoCrc = 0;
}
