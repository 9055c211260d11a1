using System.Buffers.Binary;
using System.Security.Cryptography;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST, plain or gzip. Layout, big-endian: two zero bytes, a type byte (0x08), the
/// number of dimensions, one int32 for each dimension, then the data (http://yann.lecun.com/exdb/mnist/, "File formats"). Content
/// that is not exactly that is refused with a <see cref="DataFileException"/>. The memory is that of the array which the header promises,
/// at most <see cref="MaxBytes"/>, and 1 MB, whatever a file contains or a gzip expands to.
/// </summary>
internal static class IdxReader
{
    /// <summary>
    /// The largest array that is read, in bytes: the training images of MNIST. It bounds the memory that a wrong header costs.
    /// </summary>
    public const int MaxBytes = 60_000 * 28 * 28;

    private const byte UnsignedByte = 0x08;

    /// <summary>Reads an array from a file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="rank">The number of dimensions that the file must have: 1 for labels, 3 for images.</param>
    /// <param name="shape">The dimensions where they are known; others are then refused before the data are read.</param>
    /// <exception cref="DataFileException">The file cannot be read or is not such a file.</exception>
    public static IdxArray Read(string path, int rank, IReadOnlyList<int>? shape = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => DataFiles.OpenRead(path), path, rank, shape);
    }

    /// <summary>Reads an array from a stream that can seek. The reader opens it and closes it.</summary>
    /// <param name="open">Opens the stream; a test injects one here, because it cannot take away root's permissions.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="rank">The number of dimensions that the file must have.</param>
    /// <param name="known">The dimensions where they are known.</param>
    /// <exception cref="DataFileException">The stream cannot be read or does not hold such a file.</exception>
    internal static IdxArray Read(Func<Stream> open, string name, int rank, IReadOnlyList<int>? known = null) =>
        DataFiles.Guard(name, () =>
    {
        using var file = open();
        string hint = Impostor.Hint(file);
        using var data = IsGzip(file) ? new GzipFile(file) : file;
        int[] shape = ReadShape(data, name, rank, data == file ? hint : "");
        if (known is not null && !known.SequenceEqual(shape))
            throw new DataFileException(name, "dimensions " + DataFiles.Describe(known), DataFiles.Describe(shape));
        int count = CountOf(shape, name);
        if (data == file && file.Length - file.Position < count) // before memory is taken
            throw new DataFileException(name, $"{count} bytes of data after the header", $"only {file.Length - file.Position}");
        byte[] values = new byte[count];
        int found = data.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (found < values.Length)
            throw new DataFileException(name, $"{values.Length} bytes of data after the header", $"only {found}");
        if (data.ReadByte() >= 0)
            throw new DataFileException(name, "the end of the data", "trailing bytes");
        return new IdxArray(name, shape, values);
    });

    private static bool IsGzip(Stream file)
    {
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }

    private static int[] ReadShape(Stream data, string name, int rank, string hint)
    {
        Span<byte> header = stackalloc byte[4 + 4 * rank];
        int length = data.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length < 4)
            throw new DataFileException(name, "an IDX magic number of 4 bytes", $"a file of {length} bytes");
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint wanted = ((uint)UnsignedByte << 8) | (uint)rank;
        if (magic != wanted)
        {
            throw new DataFileException(name, $"the magic number 0x{wanted:x8} (unsigned bytes, {rank}-dimensional)",
                $"0x{magic:x8}{hint}");
        }


        if (length < header.Length)
            throw new DataFileException(name, $"a header of {header.Length} bytes", $"only {length}");
        int[] shape = new int[rank];
        for (int k = 0; k < rank; k++)
            shape[k] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + 4 * k)..]);
        return shape;
    }

    private static int CountOf(int[] shape, string name)
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1 || count * size > MaxBytes)
            {
                throw new DataFileException(name, $"positive dimensions with a product of at most {MaxBytes}",
                    "dimensions " + DataFiles.Describe(shape));
            }

            count *= size;
        }

        return (int)count;
    }
}

/// <summary>The content of an IDX file of unsigned bytes: a dense array in row-major order.</summary>
/// <param name="Name">The file that the array was read from.</param>
/// <param name="Shape">The dimensions, outermost first: <c>[N]</c> for labels, <c>[N, H, W]</c> for images; each at least 1.</param>
/// <param name="Values">As many bytes as the product of the dimensions.</param>
public sealed record IdxArray(string Name, IReadOnlyList<int> Shape, byte[] Values)
{
    /// <summary>
    /// Computes the MD5 of the uncompressed file, header included. It identifies the MNIST files; it does not protect against forgery.
    /// </summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public string Md5() => Hash(HashAlgorithmName.MD5);

    /// <summary>Computes the SHA-256 of the uncompressed file, header included.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string Sha256() => Hash(HashAlgorithmName.SHA256);

    private string Hash(HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData([0, 0, 0x08, (byte)Shape.Count]);
        Span<byte> size = stackalloc byte[4];
        foreach (int dimension in Shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            hash.AppendData(size);
        }

        hash.AppendData(Values);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
