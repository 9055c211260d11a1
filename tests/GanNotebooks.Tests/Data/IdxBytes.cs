using System.Buffers.Binary;
using System.IO.Compression;

namespace GanNotebooks.Tests.Data;

/// <summary>Makes IDX files in memory, good ones and bad ones.</summary>
internal static class IdxBytes
{
    public static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<byte> values, byte type = 0x08)
    {
        byte[] file = new byte[4 + 4 * shape.Count + values.Length];
        file[2] = type;
        file[3] = (byte)shape.Count;
        for (int k = 0; k < shape.Count; k++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * k), shape[k]);
        values.CopyTo(file.AsSpan(4 + 4 * shape.Count));
        return file;
    }

    /// <summary>Images with a pattern and some noise, so that gzip has something to do.</summary>
    public static byte[] Images(int count, int seed = 1)
    {
        var random = new Random(seed);
        byte[] values = new byte[count * 28 * 28];
        for (int k = 0; k < values.Length; k++)
            values[k] = (byte)(k % 28 < 14 ? 0 : random.Next(256));
        return Encode([count, 28, 28], values);
    }

    public static byte[] Labels(int count) => Encode([count], [.. Enumerable.Range(0, count).Select(k => (byte)(k % 10))]);

    public static byte[] Gzip(ReadOnlySpan<byte> data, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, level, leaveOpen: true))
            gzip.Write(data);
        return memory.ToArray();
    }
}
