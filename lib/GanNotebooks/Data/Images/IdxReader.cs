using System.Buffers.Binary;

namespace GanNotebooks.Data;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST, plain or gzip (told apart by their first bytes). Layout, big-endian: two zero
/// bytes, a type byte (0x08), the number of dimensions, one int32 per dimension, then the data. Every input that is not exactly that is
/// answered by a <see cref="DataFileException"/>; no memory is taken on a header's word. Source: http://yann.lecun.com/exdb/mnist/, "File
/// formats".
/// </summary>
public static class IdxReader
{
    /// <summary>The largest array that is read, in bytes; the largest of the family (EMNIST) has 0.64 GB.</summary>
    public const int MaxBytes = 1 << 30;

    private const byte UnsignedByte = 0x08;
    private const int MaxRank = 8;

    /// <summary>Reads images of shape <c>[N, H, W]</c>.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <returns>The pixels, 0 to 255.</returns>
    /// <exception cref="DataFileException">The file cannot be read or is not such a file.</exception>
    public static IdxArray ReadImages(string path) => Read(path, rank: 3);

    /// <summary>Reads labels of shape <c>[N]</c>.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="classCount">Every label must be less than this.</param>
    /// <returns>The labels, 0 to <paramref name="classCount"/> - 1.</returns>
    /// <exception cref="DataFileException">The file cannot be read, is not such a file, or has a label out of range.</exception>
    public static byte[] ReadLabels(string path, int classCount = 10) => CheckLabels(Read(path, rank: 1), classCount);

    /// <summary>Reads an array of any shape of the given rank.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="rank">The number of dimensions that the file must have, 1 to 8.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataFileException">The file cannot be read or is not such a file.</exception>
    public static IdxArray Read(string path, int rank)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => DataFiles.OpenRead(path), path, rank);
    }

    /// <summary>Reads an array from a stream, which stays the caller's.</summary>
    /// <param name="stream">The bytes of an IDX file, plain or gzip, from its start to its end.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="rank">The number of dimensions that it must have, 1 to 8.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DataFileException">The stream cannot be read or does not hold such a file.</exception>
    public static IdxArray Read(Stream stream, string name, int rank)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (rank is < 1 or > MaxRank) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The rank must be 1 to {MaxRank}.");
        return DataFiles.Guard(name, () => ReadUnguarded(stream, name, rank));
    }

    /// <summary>Checks that labels are less than the number of classes.</summary>
    /// <param name="labels">Labels of shape <c>[N]</c>.</param>
    /// <param name="classCount">The number of classes, 1 to 256.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="DataFileException">A label is out of range; the message names the first.</exception>
    public static byte[] CheckLabels(IdxArray labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (classCount is < 1 or > 256)
            throw new ArgumentOutOfRangeException(nameof(classCount), classCount, "There must be 1 to 256 classes.");
        if (classCount == 256) return labels.Values;
        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong < 0) return labels.Values;
        throw new DataFileException(labels.Name, $"labels from 0 to {classCount - 1}", $"{labels.Values[wrong]} at index {wrong}");
    }

    /// <summary>
    /// As <see cref="Read(string, int)"/>, with the opening of the file injected: a test cannot take away root's permissions.
    /// </summary>
    internal static IdxArray Read(Func<Stream> open, string name, int rank)
    {
        using var stream = DataFiles.Guard(name, open);
        return Read(stream, name, rank);
    }

    private static IdxArray ReadUnguarded(Stream stream, string name, int rank)
    {
        using var source = new IdxSource(stream, name);
        var shape = ReadShape(source, name, rank);
        var values = source.ReadExactly(CountOf(shape, name));
        source.ExpectEnd();
        return new IdxArray(name, shape, values);
    }

    private static int[] ReadShape(IdxSource source, string name, int rank)
    {
        Span<byte> header = stackalloc byte[4 + (4 * rank)];
        var length = source.Fill(header[..4]);
        if (length < 4) throw new DataFileException(name, "an IDX magic number of 4 bytes", $"a file of {length} bytes");
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var wanted = ((uint)UnsignedByte << 8) | (uint)rank;
        if (magic != wanted)
            throw new DataFileException(name, $"the magic number 0x{wanted:x8} (unsigned bytes, {rank}-dimensional)", $"0x{magic:x8}");
        length = source.Fill(header[4..]);
        if (length < 4 * rank) throw new DataFileException(name, $"a header of {header.Length} bytes", $"only {4 + length}");
        var shape = new int[rank];
        for (var k = 0; k < rank; k++) shape[k] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + (4 * k))..]);
        return shape;
    }

    private static int CountOf(int[] shape, string name)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 1 || count * size > MaxBytes)
            {
                throw new DataFileException(
                    name, $"positive dimensions with a product of at most {MaxBytes}", "dimensions " + DataFiles.Describe(shape));
            }

            count *= size;
        }

        return (int)count;
    }
}
