using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The file format of checkpoints: magic, length of the header, header (JSON), named blocks of bytes, SHA-256 of all preceding bytes. An
/// incomplete file is refused. <see cref="AtomicFile"/> writes it, so a process may be killed at any moment. Blocks are streamed, so
/// that neither a tensor nor the file has a limit in size.
/// </summary>
internal static class CheckpointFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static ReadOnlySpan<byte> Magic => "GANNBK01"u8;

    /// <summary>Writes a checkpoint file.</summary>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full. A previous file is
    /// unchanged.</exception>
    public static void Write(string path, string header, IReadOnlyList<CheckpointBlock> blocks)
    {
        try
        {
            AtomicFile.Write(path, stream => Write(stream, header, blocks));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} was not written: {e.Message}", e);
        }
    }

    /// <summary>Writes the content of a checkpoint file to a stream.</summary>
    public static void Write(Stream stream, string header, IReadOnlyList<CheckpointBlock> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
        }
        void PutLength(long length)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
            Put(bytes);
        }
        void PutText(string text)
        {
            byte[] bytes = Strict.GetBytes(text);
            PutLength(bytes.Length);
            Put(bytes);
        }
        Put(Magic);
        PutText(header);
        foreach (var block in blocks)
        {
            PutText(block.Name);
            PutLength(block.Length);
            block.Write(Put);
        }
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Opens a checkpoint file and verifies its checksum and its structure.</summary>
    /// <exception cref="CheckpointException">The file is incomplete, damaged, unreadable or no regular file.</exception>
    public static CheckpointContent Open(string path)
    {
        Stream? stream = null;
        try
        {
            stream = RegularFile.OpenRead(path);
            return new CheckpointContent(stream, path);
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is CheckpointException || e is not (IOException or UnauthorizedAccessException))
                throw;
            throw new CheckpointException($"{path} cannot be read: {e.Message}", isDamage: true, e);
        }
    }

    internal static string Text(byte[] bytes, string path)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw new CheckpointException($"{path} is damaged: a text in it is not UTF-8", isDamage: true);
        }
    }
}

/// <summary>Receives the bytes of a block, piece by piece.</summary>
internal delegate void ByteSink(ReadOnlySpan<byte> bytes);

/// <summary>A named block of a checkpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Write">Hands its bytes to a sink, in order.</param>
internal sealed record CheckpointBlock(string Name, long Length, Action<ByteSink> Write)
{
    private const int PieceBytes = 1 << 26;

    /// <summary>A block that holds the values of a tensor.</summary>
    public static CheckpointBlock Of(string name, Tensor tensor) => new(name, tensor.numel() * tensor.element_size(), sink =>
    {
        using var scope = NewDisposeScope();
        using var values = tensor.detach().cpu().contiguous();
        foreach (var piece in Pieces(values))
            sink(piece.bytes);
    });

    /// <summary>Fills a tensor of the CPU from a stream that stands at the block's first byte.</summary>
    public static void Fill(Tensor tensor, Stream stream)
    {
        using var scope = NewDisposeScope();
        foreach (var piece in Pieces(tensor))
            stream.ReadExactly(piece.bytes);
    }

    // Views of at most 64 MiB, because a span holds at most 2 GiB.
    private static IEnumerable<Tensor> Pieces(Tensor contiguous)
    {
        var flat = contiguous.view(-1);
        long count = flat.numel(), most = PieceBytes / contiguous.element_size();
        for (long start = 0; start < count; start += most)
            yield return flat.narrow(0, start, Math.Min(most, count - start));
    }
}

/// <summary>
/// The exception of a checkpoint that is damaged or belongs to another run.
/// </summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Creates the exception of a checkpoint that does not fit.</summary>
    /// <param name="message">Message with the file and the reason.</param>
    public CheckpointException(string message) : this(message, isDamage: false)
    {
    }

    internal CheckpointException(string message, bool isDamage, Exception? cause = null) : base(message, cause) => IsDamage = isDamage;

    /// <summary>Whether the file is damaged or does not hold a run's state; otherwise it holds that of another run.</summary>
    public bool IsDamage { get; }
}
