using System.Buffers.Binary;
using System.Text;
using GanNotebooks.Interop;

namespace GanNotebooks.Tests.Interop;

/// <summary>Pickles and checkpoints put together by hand, sound and otherwise.</summary>
internal static class PickleBytes
{
    public static byte[] Protocol2 => [0x80, 2];

    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")];

    public static byte[] Text(string text) => [(byte)'X', .. Four(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Number(long number) => [0x8a, 8, .. Eight(number)];

    public static byte[] Real(double number)
    {
        byte[] bytes = [(byte)'G', .. new byte[8]];
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    public static byte[] List(params byte[][] items) => [(byte)']', (byte)'(', .. items.SelectMany(i => i), (byte)'e'];

    /// <summary>A dictionary inside a pickle.</summary>
    public static byte[] Plain(params (string Key, byte[] Value)[] items) =>
        [(byte)'}', (byte)'(', .. items.SelectMany(i => (byte[])[.. Text(i.Key), .. i.Value]), (byte)'u'];

    /// <summary>A whole pickle: a dictionary with some items.</summary>
    public static byte[] Items(params (string Key, byte[] Value)[] items) => [.. Protocol2, .. Plain(items), (byte)'.'];

    public static byte[] OrderedDict => [.. Global("collections", "OrderedDict"), (byte)')', (byte)'R'];

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(i => i), (byte)'t'];

    public static byte[] Numbers(params long[] numbers) => Tuple([.. numbers.Select(Number)]);

    public static byte[] Storage(string type = "FloatStorage", string key = "0", long count = 4)
        => [.. Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Number(count)), (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] size, long[] stride)
        => [.. Global("torch._utils", "_rebuild_tensor_v2"),
            .. Tuple(storage, Number(offset), Numbers(size), Numbers(stride), [0x89], OrderedDict), (byte)'R'];

    /// <summary>A whole pickle: a dictionary with one item.</summary>
    public static byte[] Dictionary(byte[] value) => [.. Protocol2, (byte)'}', .. Text("a"), .. value, (byte)'s', (byte)'.'];

    /// <summary>A sound zip around a pickle, with sixteen bytes of numbers.</summary>
    public static byte[] Checkpoint(byte[] pickle, string byteOrder = "little", string version = "3\n",
        params (string Name, byte[] Bytes)[] more)
    {
        using var stream = new MemoryStream();
        var zip = new StoredZipWriter(stream);
        zip.Add("archive/data.pkl", pickle);
        zip.Add("archive/byteorder", Encoding.ASCII.GetBytes(byteOrder));
        zip.Add("archive/data/0", [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40]); // 1, 2, 3, 4
        zip.Add("archive/version", Encoding.ASCII.GetBytes(version));
        foreach (var (name, bytes) in more)
            zip.Add(name, bytes);
        zip.Finish();
        return stream.ToArray();
    }

    public static byte[] Four(long number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)number);
        return bytes;
    }

    public static byte[] Eight(long number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }
}
