using System.Buffers.Binary;

namespace GanNotebooks.Interop;

/// <summary>
/// The end of a zip, which says where the directory is; with the 64-bit record before it if there is one. Source: PKWARE's APPNOTE.TXT
/// 6.3.10, 4.3.14 to 4.3.16.
/// </summary>
/// <param name="Count">Number of entries.</param>
/// <param name="Start">The place of the first byte of the directory.</param>
/// <param name="Size">The number of bytes.</param>
internal sealed record ZipEndRecord(long Count, long Start, long Size)
{
    public const uint Signature = 0x06054b50, Signature64 = 0x06064b50, LocatorSignature = 0x07064b50;
    public const int Length = 22, Length64 = 56, LocatorLength = 20;

    /// <summary>Finds and checks it; the directory must end exactly where the end records start.</summary>
    /// <exception cref="InteropException">The zip has no directory, or its directory contradicts itself or the file.</exception>
    public static ZipEndRecord Read(Stream stream, string file)
    {
        long length = stream.Length;
        byte[] tail = new byte[Math.Min(length, Length64 + LocatorLength + Length)];
        long offset = length - tail.Length;
        stream.Position = offset;
        stream.ReadExactly(tail);
        int at = tail.Length - Length;
        if (at < 0 || U32(tail.AsSpan(at)) != Signature || U16(tail.AsSpan(at + 20)) != 0)
            throw new InteropException(file, "not a zip, or its end is missing, or a comment follows it");
        var end = tail.AsSpan(at);
        if (U16(end[4..]) is not (0 or ushort.MaxValue) || U16(end[6..]) is not (0 or ushort.MaxValue) || U16(end[8..]) != U16(end[10..]))
            throw new InteropException(file, "the zip claims to be spread over several disks");
        ZipEndRecord plain = new(U16(end[10..]), U32(end[16..]), U32(end[12..]));
        int first = at;
        var found = plain;
        if (at >= LocatorLength && U32(tail.AsSpan(at - LocatorLength)) == LocatorSignature)
            (found, first) = Read64(tail, at - LocatorLength, offset, plain, file);
        else if (plain.Count == ushort.MaxValue || plain.Start == uint.MaxValue || plain.Size == uint.MaxValue)
            throw new InteropException(file, "the zip needs a 64-bit end record and has none");
        if (found.Start < 0 || found.Size < 0 || found.Start > length || found.Start + found.Size != offset + first)
        {
            throw new InteropException(file,
                $"the zip's directory should take {found.Size} bytes from {found.Start} and end at {offset + first}: bytes were added "
                    + "or lost");
        }

        return found;
    }

    private static (ZipEndRecord Record, int First) Read64(byte[] tail, int locator, long offset, ZipEndRecord plain, string file)
    {
        int at = locator - Length64;
        if (at < 0 || U32(tail.AsSpan(at)) != Signature64 || U64(tail.AsSpan(at + 4)) != Length64 - 12
            || U64(tail.AsSpan(locator + 8)) != offset + at)
        {
            throw new InteropException(file, "the zip's 64-bit end record is not where its locator says");
        }

        var record = tail.AsSpan(at);
        ZipEndRecord wide = new(U64(record[32..]), U64(record[48..]), U64(record[40..]));
        if (U64(record[24..]) != wide.Count || U32(record[16..]) != 0 || U32(record[20..]) != 0)
            throw new InteropException(file, "the zip claims to be spread over several disks");
        if (Differs(plain.Count, wide.Count, ushort.MaxValue) || Differs(plain.Start, wide.Start, uint.MaxValue)
            || Differs(plain.Size, wide.Size, uint.MaxValue))
        {
            throw new InteropException(file, "the zip's two end records contradict each other");
        }

        return (wide, at);
    }

    private static bool Differs(long narrow, long wide, long saturated) => narrow != saturated && narrow != wide;

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
