using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>
/// The head of a safetensors file: its length as a little-endian uint64, then JSON, padded with spaces to a multiple of 8 bytes:
/// <c>{"__metadata__":{"key":"text"},"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}</c>. Source: the format section of the
/// README of https://github.com/huggingface/safetensors.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The reference implementation's limit of a header.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>
    /// A tensor costs its handles, about 1 KB, beside its numbers: this bounds them to 32 MB. The files of the largest published models
    /// have some thousand tensors each.
    /// </summary>
    public const int MaxTensors = 1 << 15;

    /// <summary>The most bytes of names and metadata; in memory they take twice as much, and a file may not make that 200 MB.</summary>
    public const int MaxTextBytes = 16 << 20;

    private const int LengthBytes = sizeof(ulong), Alignment = 8;
    private const string MetadataKey = "__metadata__";
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Builds the head that precedes the bytes of the entries.</summary>
    public static byte[] Compose(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var entry in entries)
                WriteEntry(json, entry);
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        byte[] head = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(head, head.Length - LengthBytes);
        return head;
    }

    /// <summary>Reads the head from the stream's position and checks every number in it against the length of the file.</summary>
    /// <returns>The entries in the order of their bytes, which fill the rest of the file without gap or overlap, and the
    /// metadata.</returns>
    /// <exception cref="InteropException">Something does not fit; nothing but the head was read.</exception>
    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(Stream stream, string file)
    {
        long available = stream.Length - stream.Position;
        if (available < LengthBytes)
        {
            throw new InteropException(file,
                $"not a safetensors file: it has {available} bytes, and the length of the header alone takes {LengthBytes}");
        }

        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (available > LengthBytes && Peek(stream) != '{' && Impostor.Hint(stream) is { Length: > 0 } hint)
            throw new InteropException(file, "not a safetensors file" + hint);
        if (length > (ulong)(available - LengthBytes))
        {
            throw new InteropException(file,
                $"not a safetensors file, or cut off: the header should have {length} bytes, and {available - LengthBytes} are left");
        }

        if (length > MaxBytes)
            throw new InteropException(file, $"the header has {length} bytes; at most {MaxBytes} are read");
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        var parser = new SafetensorsHeaderParser(file);
        parser.Parse(json);
        CheckLayout(parser.Entries, available - LengthBytes - (long)length, file);
        return (parser.Entries, parser.Metadata);
    }

    private static int Peek(Stream stream)
    {
        int next = stream.ReadByte();
        stream.Position--;
        return next;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
            return;
        json.WriteStartObject(MetadataKey);
        foreach (var (key, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type);
        json.WriteStartArray("shape");
        foreach (long size in entry.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Start);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void CheckLayout(List<SafetensorsEntry> entries, long bytes, string file)
    {
        entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        long at = 0;
        foreach (var entry in entries)
        {
            if (entry.Start < at)
            {
                throw new InteropException(file,
                    $"{Quoted.Name(entry.Name)} overlaps the tensor before it: it starts at byte {entry.Start}, which belongs to "
                        + $"another until {at}");
            }

            if (entry.Start > at)
                throw new InteropException(file, $"bytes {at} to {entry.Start}, before {Quoted.Name(entry.Name)}, belong to no tensor");
            at = entry.End;
        }
        if (at != bytes)
            throw new InteropException(file, $"the tensors need {at} bytes, the file has {bytes} bytes after its header");
    }
}

/// <summary>One tensor of a safetensors header.</summary>
/// <param name="Name">The key of the tensor.</param>
/// <param name="Element">The element type; null for one that TorchSharp does not have.</param>
/// <param name="Shape">The dimensions of the tensor; none for a single number.</param>
/// <param name="Start">The place of the first byte, counted from the end of the header.</param>
/// <param name="End">The place after the last byte.</param>
/// <param name="Type">The type as the header names it.</param>
internal sealed record SafetensorsEntry(string Name, ElementType? Element, long[] Shape, long Start, long End, string Type);
