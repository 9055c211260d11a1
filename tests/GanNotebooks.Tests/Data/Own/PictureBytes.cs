using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GanNotebooks.Runtime;
using StbImageWriteSharp;

namespace GanNotebooks.Tests.Data.Own;

/// <summary>PNG and JPEG files, byte by byte where no writer would write them.</summary>
internal static class PictureBytes
{
    public const int Grey = 0, Colour = 2, Palette = 3, GreyAlpha = 4, ColourAlpha = 6;

    private static readonly (int X, int Y, int Dx, int Dy)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A PNG whose bytes of a pixel are given by its column and row.</summary>
    public static byte[] Png(int width, int height, Func<int, int, byte[]> pixel, int kind = Colour, int depth = 8,
        bool interlaced = false, params (string Type, byte[] Data)[] before)
    {
        using var raw = new MemoryStream();
        foreach (var (x0, y0, dx, dy) in interlaced ? Passes : [(0, 0, 1, 1)])
        {
            for (int y = y0; y < height && x0 < width; y += dy)
            {
                raw.WriteByte(0);
                for (int x = x0; x < width; x += dx)
                    raw.Write(pixel(x, y));
            }
        }

        return Png(width, height, raw.ToArray(), kind, depth, interlaced, before);
    }

    /// <summary>A PNG of any unpacked data.</summary>
    public static byte[] Png(long width, long height, byte[] raw, int kind = Colour, int depth = 8, bool interlaced = false,
        params (string Type, byte[] Data)[] before)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)kind, (byte)(interlaced ? 1 : 0));
        Chunk(file, "IHDR", header);
        foreach (var (type, data) in before)
            Chunk(file, type, data);
        Chunk(file, "IDAT", Packed(raw));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(raw);
        return packed.ToArray();
    }

    public static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] number = new byte[4], body = [.. Encoding.ASCII.GetBytes(type), .. data];
        BinaryPrimitives.WriteUInt32BigEndian(number, (uint)data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(0, body));
        file.Write(number);
    }

    /// <summary>A baseline JPEG of red, green, blue.</summary>
    public static byte[] Jpeg(int width, int height, Func<int, int, (byte R, byte G, byte B)> pixel)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = pixel(i % width, i / width);
        using var stream = new MemoryStream();
        new ImageWriter().WriteJpg(pixels, width, height, ColorComponents.RedGreenBlue, stream, 100);
        return stream.ToArray();
    }

    /// <summary>The same file with Exif's tag of the orientation.</summary>
    public static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] tiff =
        [
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    /// <summary>A baseline JPEG of 8 x 8 pixels with four inks, each the same all over; Adobe's marker says that 255 is no ink.</summary>
    public static byte[] Inks(byte[] values, bool adobe)
    {
        const int step = 8; // of the quantisation: a DC coefficient of 8 (v - 128) is v - 128 steps
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        if (adobe)
            file.Write([0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        file.Write([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)step, 64)]);
        file.Write([0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
        file.Write([0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(k => (byte)k)]);
        file.Write([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);
        file.Write([0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        var bits = new StringBuilder();
        foreach (int v in values.Select(v => v - 128))
        {
            int size = v == 0 ? 0 : (int)Math.Log2(Math.Abs(v)) + 1;
            bits.Append(Convert.ToString(size, 2).PadLeft(4, '0'));
            if (size > 0)
                bits.Append(Convert.ToString(v > 0 ? v : v + (1 << size) - 1, 2).PadLeft(size, '0'));
            bits.Append('0'); // end of block
        }

        string padded = bits.ToString().PadRight((bits.Length + 7) / 8 * 8, '1');
        for (int k = 0; k < padded.Length; k += 8)
        {
            byte value = Convert.ToByte(padded.Substring(k, 8), 2);
            file.WriteByte(value);
            if (value == 0xFF)
                file.WriteByte(0);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }
}
