using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GanNotebooks.Training;

/// <summary>
/// A file that is either whole or refused: magic, length of the header, header (JSON), named blocks of bytes, SHA-256 of all before. It is
/// written under another name, flushed to the disk and then renamed, so a process may be killed at any moment.
/// </summary>
internal static class CheckpointFile
{
    private const int HashLength = 32;
    private static readonly byte[] Magic = "GANNBK01"u8.ToArray();

    /// <summary>Opens the temporary file; a test puts a full disk here.</summary>
    internal static Func<string, Stream> Open { get; set; } =
        name => new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.None);

    /// <exception cref="IOException">It cannot be written, the disk is full for example: what was begun is removed, the file that was there
    /// before is still whole.</exception>
    public static void Write(string path, string header, IReadOnlyList<(string Name, byte[] Bytes)> blocks)
    {
        string temporary = path + ".tmp";
        try
        {
            WriteTo(temporary, header, blocks);
        }
        catch (IOException e)
        {
            File.Delete(temporary);
            throw new IOException($"{path} was not written: {e.Message}", e);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static void WriteTo(string temporary, string header, IReadOnlyList<(string Name, byte[] Bytes)> blocks)
    {
        using var stream = Open(temporary);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
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
        stream.Flush();
        (stream as FileStream)?.Flush(flushToDisk: true);
    }

    /// <exception cref="CheckpointException">The file is not whole.</exception>
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

/// <summary>A checkpoint cannot be used: it is damaged, or it belongs to another run.</summary>
/// <param name="message">Which file, and why.</param>
public sealed class CheckpointException(string message) : IOException(message);
