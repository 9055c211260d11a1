using System.Buffers.Binary;
using System.IO.Compression;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// Reads through a PNG file before it is decoded (W3C, Portable Network Graphics, third edition). The decoder compares no checksum, and its
/// memory grows with what the packed data expand to. Here every checksum is compared, and the data must expand to exactly as many bytes as
/// the header promises; one buffer is kept.
/// </summary>
internal static class PngCheck
{
    private const int HeaderBytes = 13, ChunkOverhead = 12, BufferBytes = 1 << 16;

    // First column and row, and distances, of the seven passes of an interlaced image (section 8.1).
    private static readonly (int X, int Y, int Dx, int Dy)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file begins as a PNG file does.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Checks a whole file.</summary>
    /// <param name="file">The bytes, which begin with the signature.</param>
    /// <exception cref="InvalidDataException">The file is damaged, cut, too large or no PNG of the standard; the message continues "the
    /// file cannot be read: ".</exception>
    public static PictureFacts Check(byte[] file)
    {
        int at = Signature.Length;
        Header? header = null;
        using var packed = new MemoryStream();
        while (true)
        {
            var (type, data) = Chunk(file, ref at);
            if (header is null)
            {
                header = type.SequenceEqual("IHDR"u8) ? Header.Of(data) : throw new InvalidDataException("it has no header");
                PictureFacts.RequireSize(header.Width, header.Height);
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        packed.Position = 0;
        RequireExpansion(packed, header.Bytes);
        return new PictureFacts(header.Width, header.Height);
    }

    private static (byte[] Type, byte[] Data) Chunk(byte[] file, ref int at)
    {
        if (file.Length - at < ChunkOverhead)
            throw new InvalidDataException("it is cut off");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
        if (length > file.Length - at - ChunkOverhead)
            throw new InvalidDataException("it is cut off");
        var checkedPart = file.AsSpan(at + 4, (int)length + 4);
        uint stated = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + (int)length));
        if (Crc32.Append(0, checkedPart) != stated)
            throw new InvalidDataException($"it is damaged: the checksum at byte {at + 8 + length} does not match");
        at += ChunkOverhead + (int)length;
        return (checkedPart[..4].ToArray(), checkedPart[4..].ToArray());
    }

    private static void RequireExpansion(Stream packed, long expected)
    {
        long length = 0;
        try
        {
            using var stream = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true);
            byte[] buffer = new byte[BufferBytes];
            for (int count = 1; count > 0 && length <= expected; length += count)
                count = stream.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException("it is damaged: its packed data cannot be unpacked", error);
        }

        if (length != expected)
        {
            throw new InvalidDataException(length > expected
                ? $"its data expand to more than the {expected} bytes of its size"
                : $"it is cut off: its data have {length} of {expected} bytes");
        }
    }

    private sealed record Header(int Width, int Height, int BitsPerPixel, bool Interlaced)
    {
        /// <summary>Number of bytes of the unpacked data: each row of each pass has a byte for its filter before its pixels.</summary>
        public long Bytes => Interlaced
            ? Passes.Sum(p => Size((Width - p.X + p.Dx - 1) / p.Dx, (Height - p.Y + p.Dy - 1) / p.Dy))
            : Size(Width, Height);

        public static Header Of(ReadOnlySpan<byte> data)
        {
            if (data.Length != HeaderBytes)
                throw new InvalidDataException("its header has a wrong length");
            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            var (depth, colour) = (data[8], data[9]);
            int samples = (colour, depth) switch
            {
                (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
                (2, 8 or 16) => 3,
                (4, 8 or 16) => 2,
                (6, 8 or 16) => 4,
                _ => throw new InvalidDataException($"colour type {colour} with {depth} bits is none of PNG"),
            };
            if (data[10] != 0 || data[11] != 0 || data[12] > 1)
                throw new InvalidDataException("its compression, filter or interlacing is none of PNG");
            PictureFacts.RequireSize(width, height);
            return new Header((int)width, (int)height, samples * depth, data[12] == 1);
        }

        private long Size(long columns, long rows) => columns < 1 || rows < 1 ? 0 : rows * (1 + (columns * BitsPerPixel + 7) / 8);
    }
}
