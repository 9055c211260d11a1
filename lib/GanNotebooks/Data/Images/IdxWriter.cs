using System.Buffers.Binary;
using System.IO.Compression;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>Writes images in the format of MNIST's files, which <see cref="IdxReader"/> reads.</summary>
public static class IdxWriter
{
    private const int Magic = 0x0803; // unsigned bytes, three dimensions

    /// <summary>Writes images [N, H, W] to a gzipped IDX file, completely or not at all.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="bytes">The pixels, row by row.</param>
    /// <param name="height">Rows of an image, H.</param>
    /// <param name="width">Columns of an image, W.</param>
    /// <exception cref="ArgumentException">The number of bytes is no multiple of H · W.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (bytes.Length == 0 || bytes.Length % (height * width) != 0)
            throw new ArgumentException($"{bytes.Length} bytes are no images of {height} x {width} pixels", nameof(bytes));
        byte[] header = new byte[16];
        foreach (var (place, number) in new[] { Magic, bytes.Length / (height * width), height, width }.Index())
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * place), number);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(header);
            gzip.Write(bytes);
        }
        AtomicFile.Write(path, stream => stream.Write(packed.ToArray()));
    }
}
