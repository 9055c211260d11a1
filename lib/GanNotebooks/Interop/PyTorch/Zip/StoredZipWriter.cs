using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Interop;

/// <summary>
/// Writes a zip as torch does: entries stored as they are, the bytes of each starting at a multiple of 64, so that a reader can map them
/// into memory; checksum and size follow the bytes. System.IO.Compression can place nothing, hence this writer. It only writes forward.
/// </summary>
/// <param name="stream">The stream to write to; its own position does not matter.</param>
/// <param name="forceWide">Uses the 64-bit records also where 32 bits would do: for tests.</param>
internal sealed class StoredZipWriter(Stream stream, bool forceWide = false)
{
    private const int Alignment = 64;
    private const ushort PaddingField = 0x4246; // "FB", torch's

    private readonly ArrayBufferWriter<byte> directory = new();
    private long position, count;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Path within the zip.</param>
    /// <param name="size">The number of bytes that <paramref name="write"/> writes.</param>
    /// <param name="write">Writes the bytes.</param>
    public void Add(string name, long size, Action<Action<ReadOnlySpan<byte>>> write)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        long start = position;
        bool wide = forceWide || size >= uint.MaxValue || start >= uint.MaxValue;
        WriteLocal(nameBytes, wide);
        uint crc = 0;
        long written = 0;
        write(bytes =>
        {
            crc = Crc32.Append(crc, bytes);
            written += bytes.Length;
            Put(bytes);
        });
        if (written != size)
            throw new InvalidOperationException($"{name} was announced with {size} bytes and has {written}");
        WriteDescriptor(crc, size, wide);
        WriteCentral(nameBytes, crc, size, start, wide);
        count++;
    }

    /// <summary>Adds an entry.</summary>
    public void Add(string name, byte[] bytes) => Add(name, bytes.Length, write => write(bytes));

    /// <summary>Writes the directory and the end.</summary>
    public void Finish()
    {
        long start = position;
        Put(directory.WrittenSpan);
        long size = position - start, end = position;
        bool wide = forceWide || start >= uint.MaxValue || size >= uint.MaxValue || count >= ushort.MaxValue;
        if (wide)
        {
            Put(Record(ZipEndRecord.Signature64, (ulong)(ZipEndRecord.Length64 - 12), (ushort)45, (ushort)45, 0u, 0u, (ulong)count,
                (ulong)count, (ulong)size, (ulong)start));
            Put(Record(ZipEndRecord.LocatorSignature, 0u, (ulong)end, 1u));
        }
        ushort narrowCount = wide ? ushort.MaxValue : (ushort)count;
        Put(Record(ZipEndRecord.Signature, (ushort)0, (ushort)0, narrowCount, narrowCount, wide ? uint.MaxValue : (uint)size,
            wide ? uint.MaxValue : (uint)start, (ushort)0));
    }

    private void WriteLocal(byte[] name, bool wide)
    {
        byte[] sizes = wide ? Record(ZipDirectory.Zip64Field, (ushort)16, 0ul, 0ul) : [];
        long unpadded = position + ZipDirectory.LocalLength + name.Length + sizes.Length + 4;
        byte[] padding = new byte[(Alignment - unpadded % Alignment) % Alignment];
        padding.AsSpan().Fill((byte)'Z');
        byte[] extra = [.. sizes, .. Record(PaddingField, (ushort)padding.Length), .. padding];
        Put(Record(ZipDirectory.LocalSignature, Version(wide), Flags, (ushort)0, 0u, 0u, wide ? uint.MaxValue : 0u,
            wide ? uint.MaxValue : 0u, (ushort)name.Length, (ushort)extra.Length));
        Put(name);
        Put(extra);
    }

    private void WriteDescriptor(uint crc, long size, bool wide)
        => Put(wide
            ? Record(ZipDirectory.DescriptorSignature, crc, (ulong)size, (ulong)size)
            : Record(ZipDirectory.DescriptorSignature, crc, (uint)size, (uint)size));

    private void WriteCentral(byte[] name, uint crc, long size, long start, bool wide)
    {
        byte[] extra = wide ? Record(ZipDirectory.Zip64Field, (ushort)24, (ulong)size, (ulong)size, (ulong)start) : [];
        var (narrowSize, narrowStart) = wide ? (uint.MaxValue, uint.MaxValue) : ((uint)size, (uint)start);
        directory.Write(Record(ZipDirectory.CentralSignature, Version(wide), Version(wide), Flags, (ushort)0, 0u, crc, narrowSize,
            narrowSize, (ushort)name.Length, (ushort)extra.Length, (ushort)0, (ushort)0, (ushort)0, 0u, narrowStart));
        directory.Write(name);
        directory.Write(extra);
    }

    private static ushort Flags => ZipDirectory.HasDescriptor | ZipDirectory.Utf8Names;

    private static ushort Version(bool wide) => (ushort)(wide ? 45 : 20);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        position += bytes.Length;
    }

    /// <summary>Whole numbers, little-endian, one after the other.</summary>
    private static byte[] Record(params object[] fields)
    {
        var bytes = new List<byte>();
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        foreach (object field in fields)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, Convert.ToUInt64(field, System.Globalization.CultureInfo.InvariantCulture));
            int width = field switch
            {
                ushort => 2,
                uint => 4,
                ulong => 8,
                _ => throw new InvalidOperationException($"a field of type {field.GetType()}")
            };
            bytes.AddRange(eight[..width]);
        }
        return [.. bytes];
    }
}
