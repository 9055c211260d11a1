using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// The file format of checkpoints: magic, length of the header, header (JSON), named blocks of bytes, SHA-256 of all preceding bytes. An
/// incomplete file is refused. <see cref="AtomicFile"/> writes it, so a process may be killed at any moment.
/// </summary>
internal static class CheckpointFile
{
    private const int HashLength = 32;
    private static readonly byte[] Magic = "GANNBK01"u8.ToArray();

    /// <summary>Writes a checkpoint file.</summary>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full. A previous file is
    /// unchanged.</exception>
    public static void Write(string path, string header, IReadOnlyList<(string Name, byte[] Bytes)> blocks)
    {
        try
        {
            AtomicFile.Write(path, stream => WriteTo(stream, header, blocks));
        }
        catch (IOException e)
        {
            throw new IOException($"{path} was not written: {e.Message}", e);
        }
    }

    private static void WriteTo(Stream stream, string header, IReadOnlyList<(string Name, byte[] Bytes)> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
        }
        void PutSized(ReadOnlySpan<byte> bytes)
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
            Put(length);
            Put(bytes);
        }
        Put(Magic);
        PutSized(Encoding.UTF8.GetBytes(header));
        foreach (var (name, bytes) in blocks)
        {
            PutSized(Encoding.UTF8.GetBytes(name));
            PutSized(bytes);
        }
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads a checkpoint file.</summary>
    /// <exception cref="CheckpointException">The file is incomplete or damaged.</exception>
    public static (string Header, Dictionary<string, byte[]> Blocks) Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < Magic.Length + sizeof(long) + HashLength || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new CheckpointException($"{path} is not a checkpoint, or its beginning is missing");
        var content = bytes.AsSpan(0, bytes.Length - HashLength);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            throw new CheckpointException($"{path} is damaged: its checksum is not that of its content");
        int at = Magic.Length;
        byte[] Next(ReadOnlySpan<byte> from)
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(from[at..]));
            byte[] block = from.Slice(at + sizeof(long), length).ToArray();
            at += sizeof(long) + length;
            return block;
        }
        string header = Encoding.UTF8.GetString(Next(content));
        var blocks = new Dictionary<string, byte[]>();
        while (at < content.Length)
            blocks.Add(Encoding.UTF8.GetString(Next(content)), Next(content));
        return (header, blocks);
    }
}

/// <summary>The exception of a checkpoint that is damaged or belongs to another run.</summary>
/// <param name="message">Message with the file and the reason.</param>
public sealed class CheckpointException(string message) : IOException(message);
