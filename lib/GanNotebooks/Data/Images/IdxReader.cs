using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using GanNotebooks.Runtime;

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
        if (rank is < 1 or > MaxRank)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The rank must be 1 to {MaxRank}.");
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
        if (classCount == 256)
            return labels.Values;
        int wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong < 0)
            return labels.Values;
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
        int[] shape = ReadShape(source, name, rank);
        byte[] values = source.ReadExactly(CountOf(shape, name));
        source.ExpectEnd();
        return new IdxArray(name, shape, values);
    }

    private static int[] ReadShape(IdxSource source, string name, int rank)
    {
        Span<byte> header = stackalloc byte[4 + 4 * rank];
        int length = source.Fill(header[..4]);
        if (length < 4)
            throw new DataFileException(name, "an IDX magic number of 4 bytes", $"a file of {length} bytes");
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint wanted = ((uint)UnsignedByte << 8) | (uint)rank;
        if (magic != wanted)
            throw new DataFileException(name, $"the magic number 0x{wanted:x8} (unsigned bytes, {rank}-dimensional)", $"0x{magic:x8}");
        length = source.Fill(header[4..]);
        if (length < 4 * rank)
            throw new DataFileException(name, $"a header of {header.Length} bytes", $"only {4 + length}");
        int[] shape = new int[rank];
        for (int k = 0; k < rank; k++)
            shape[k] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + 4 * k)..]);
        return shape;
    }

    private static int CountOf(int[] shape, string name)
    {
        long count = 1L;
        foreach (int size in shape)
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

/// <summary>The content of an IDX file of unsigned bytes: a dense array in row-major order.</summary>
/// <param name="Name">The file it came from.</param>
/// <param name="Shape">Its dimensions, outermost first: <c>[N]</c> for labels, <c>[N, H, W]</c> for images; each at least 1.</param>
/// <param name="Values">As many bytes as the product of the dimensions; owned by this record.</param>
public sealed record IdxArray(string Name, IReadOnlyList<int> Shape, byte[] Values)
{
    /// <summary>
    /// The MD5 of the uncompressed file, header included: the identity by which the MNIST files are known. Not a defence against forgery.
    /// </summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public string Md5()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
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
        if (raw.Head is [0x1F, 0x8B])
            gzip = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>Fills the buffer as far as the data goes.</summary>
    /// <param name="buffer">What to fill.</param>
    /// <returns>How many bytes there were.</returns>
    public int Fill(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = gzip is null ? raw.Read(buffer[filled..]) : gzip.Read(buffer[filled..]);
            if (count == 0)
                break;
            if (gzip is not null)
                crc = Crc32.Append(crc, buffer.Slice(filled, count));
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
        byte[] buffer = new byte[Math.Min(count, FirstBuffer)];
        for (int filled = 0; ;)
        {
            filled += Fill(buffer.AsSpan(filled));
            if (filled == count)
                return buffer;
            if (filled < buffer.Length)
                throw new DataFileException(name, $"{count} bytes of data after the header", $"only {filled}");
            Array.Resize(ref buffer, (int)Math.Min(count, 2L * filled));
        }
    }

    /// <summary>
    /// Demands that nothing follows, neither in the data nor behind the gzip trailer, and that the trailer is right (RFC 1952, section
    /// 2.3.1).
    /// </summary>
    public void ExpectEnd()
    {
        if (Fill(stackalloc byte[1]) != 0)
            throw new DataFileException(name, "the end of the data", "trailing bytes");
        if (gzip is null)
            return;
        if (raw.ReadByte() >= 0)
            throw new DataFileException(name, "the end of the file after the gzip trailer", "trailing bytes");
        uint storedCrc = BinaryPrimitives.ReadUInt32LittleEndian(raw.Tail);
        uint storedLength = BinaryPrimitives.ReadUInt32LittleEndian(raw.Tail[4..]);
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
        if (gzip is null || arrived <= FreeExpansion || arrived <= MaxExpansion * raw.Taken)
            return;
        throw new DataFileException(
            name,
            $"gzip data that expand at most {MaxExpansion}-fold",
            $"{arrived} bytes out of {raw.Taken} compressed ones (a gzip bomb?)");
    }
}

/// <summary>
/// A read-only view of a stream that lets the first bytes be looked at, counts what was taken, and remembers the last eight bytes.
/// </summary>
internal sealed class MeteredStream : Stream
{
    private readonly Stream inner;
    private readonly byte[] head = new byte[2];
    private readonly byte[] tail = new byte[8];
    private readonly int headLength;
    private int headTaken;

    /// <summary>Wraps a stream and reads its first two bytes; the stream stays the caller's.</summary>
    /// <param name="inner">The stream to read.</param>
    public MeteredStream(Stream inner)
    {
        this.inner = inner;
        headLength = inner.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, at most two, whether taken yet or not.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>The last eight bytes that were taken, oldest first; zeros stand for bytes that never were.</summary>
    public ReadOnlySpan<byte> Tail => tail;

    /// <summary>How many bytes were taken.</summary>
    public long Taken { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => Taken; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int fromHead = Math.Min(buffer.Length, headLength - headTaken);
        head.AsSpan(headTaken, fromHead).CopyTo(buffer);
        headTaken += fromHead;
        int count = fromHead > 0 ? fromHead : inner.Read(buffer);
        Remember(buffer[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Remember(ReadOnlySpan<byte> taken)
    {
        Taken += taken.Length;
        if (taken.Length > tail.Length)
            taken = taken[^tail.Length..];
        tail.AsSpan(taken.Length).CopyTo(tail);
        taken.CopyTo(tail.AsSpan(tail.Length - taken.Length));
    }
}
