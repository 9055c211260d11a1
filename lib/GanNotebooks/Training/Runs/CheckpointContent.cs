using System.Buffers.Binary;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A checkpoint that is open for reading. Its checksum was right, and its lengths add up to that of the file.
/// </summary>
internal sealed class CheckpointContent : IDisposable
{
    private const int HashLength = 32, BufferLength = 1 << 20, LongestHeader = 1 << 30, LongestName = 1 << 16;

    private readonly Stream stream;
    private readonly string path;
    private readonly Dictionary<string, (long Start, long Length)> blocks = new(StringComparer.Ordinal);

    /// <summary>Verifies the content of a stream, which the new object owns from then on.</summary>
    /// <exception cref="CheckpointException">The content is incomplete or damaged.</exception>
    public CheckpointContent(Stream stream, string path)
    {
        (this.stream, this.path) = (stream, path);
        long end = stream.Length - HashLength;
        if (end < CheckpointFile.Magic.Length + sizeof(long)
            || !Bytes(0, CheckpointFile.Magic.Length).AsSpan().SequenceEqual(CheckpointFile.Magic))
        {
            throw Damage("is not a checkpoint, or its beginning is missing");
        }

        byte[] hash = Hash(end);
        Digest = Convert.ToHexStringLower(hash);
        if (!hash.AsSpan().SequenceEqual(Bytes(end, HashLength)))
            throw Damage("is damaged: its checksum is not that of its content");
        long at = CheckpointFile.Magic.Length;
        Header = NextText(ref at, end, LongestHeader);
        while (at < end)
        {
            string name = NextText(ref at, end, LongestName);
            long length = NextLength(ref at, end, long.MaxValue);
            if (!blocks.TryAdd(name, (at, length)))
                throw Damage($"is damaged: it has two blocks {name}");
            at += length;
        }
    }

    /// <summary>The header, JSON.</summary>
    public string Header { get; }

    /// <summary>The SHA-256 of everything before the checksum, in hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>The blocks' lengths in bytes, by name.</summary>
    public IReadOnlyDictionary<string, long> Lengths => blocks.ToDictionary(b => b.Key, b => b.Value.Length, StringComparer.Ordinal);

    /// <summary>Reads a block into a new tensor of the CPU.</summary>
    /// <param name="name">The block.</param>
    /// <param name="like">Tensor that has the shape and type of the block.</param>
    /// <exception cref="CheckpointException">The file cannot be read any more.</exception>
    public Tensor Read(string name, Tensor like)
    {
        var result = empty(like.shape, dtype: like.dtype);
        try
        {
            stream.Position = blocks[name].Start;
            CheckpointBlock.Fill(result, stream);
            return result;
        }
        catch (IOException e)
        {
            result.Dispose();
            throw new CheckpointException($"{path} cannot be read: {e.Message}", isDamage: true, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private byte[] Hash(long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferLength];
        stream.Position = 0;
        for (long left = length; left > 0;)
        {
            int got = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (got == 0)
                throw Damage("became shorter while it was read");
            hash.AppendData(buffer, 0, got);
            left -= got;
        }
        return hash.GetHashAndReset();
    }

    private byte[] Bytes(long at, int count)
    {
        byte[] bytes = new byte[count];
        stream.Position = at;
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw Damage("became shorter while it was read");
    }

    private long NextLength(ref long at, long end, long longest)
    {
        if (end - at < sizeof(long))
            throw Damage("is damaged: a length is missing");
        long length = BinaryPrimitives.ReadInt64LittleEndian(Bytes(at, sizeof(long)));
        at += sizeof(long);
        return length >= 0 && length <= Math.Min(longest, end - at)
            ? length
            : throw Damage("is damaged: it has a part that is longer than the file");
    }

    private string NextText(ref long at, long end, int longest)
    {
        int length = (int)NextLength(ref at, end, longest);
        at += length;
        return CheckpointFile.Text(Bytes(at - length, length), path);
    }

    private CheckpointException Damage(string fault) => new($"{path} {fault}", isDamage: true);
}
