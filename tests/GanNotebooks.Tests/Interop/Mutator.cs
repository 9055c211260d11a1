using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GanNotebooks.Interop;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>Damages sound files in the ways that a careless or a hostile hand would; the same seed does the same damage.</summary>
internal sealed class Mutator
{
    private static readonly long[] extremes = [0, 1, -1, 2, 127, 128, 255, 256, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue,
        1L << 32, long.MaxValue, long.MinValue, 1L << 40];
    private static readonly string[] signatures =
        ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", "PK\u0007\u0008"];

    private readonly Random random;
    private readonly byte[][] checkpoints, safetensors, snippets;

    /// <param name="seed">What decides everything.</param>
    /// <param name="marker">A file that exists when a mutant managed to run something.</param>
    public Mutator(int seed, string marker)
    {
        random = new Random(seed);
        string[] names = ["types.pth", "views.pth", "protocol2.pth", "protocol3.pth", "protocol4.pth", "protocol5.pth", "parameters.pth",
            "adam.pth", "checkpoint.pth", "foreign-2.pth", "foreign-4.pth"];
        checkpoints = [.. names.Select(n => File.ReadAllBytes(Fixture.Named(n))), Deflated(Fixture.Named("protocol4.pth")),
            Deflated(Fixture.Named("foreign-2.pth"))];
        safetensors = [Safetensor(1), Safetensor(12), Safetensor(40)];
        snippets = Snippets(marker);
    }

    public enum Kind
    {
        Checkpoint,
        CheckpointStructure,
        Pickle,
        PickleInstructions,
        Safetensors,
        SafetensorsHeader,
    }

    public byte[] Next(Kind kind) => kind switch
    {
        Kind.Checkpoint => Damage(Pick(checkpoints)),
        Kind.CheckpointStructure => DamageStructure(Pick(checkpoints)),
        Kind.Pickle => Rezip(Pick(checkpoints), Damage),
        Kind.PickleInstructions => Rezip(Pick(checkpoints), InsertInstructions),
        Kind.Safetensors => Damage(Pick(safetensors)),
        Kind.SafetensorsHeader => DamageHeader(Pick(safetensors)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];

    private byte[] Damage(byte[] good)
    {
        var bytes = new List<byte>(good);
        for (int times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            int at = random.Next(bytes.Count), count = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                case 3: bytes.RemoveRange(at, count); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 40))); break;
                case 5: bytes.AddRange(bytes.GetRange(at, bytes.Count - at)); break;
                case 6: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, count)); break;
                default: Overwrite(bytes, at, Pick(extremes), 1 << random.Next(4)); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Extreme numbers where a zip keeps its sizes and offsets.</summary>
    private byte[] DamageStructure(byte[] good)
    {
        var bytes = new List<byte>(good);
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            byte[] signature = Encoding.Latin1.GetBytes(Pick(signatures));
            int[] places = [.. Enumerable.Range(0, good.Length - 4).Where(i => good.AsSpan(i, 4).SequenceEqual(signature))];
            if (places.Length > 0)
            {
                Overwrite(bytes, Pick(places) + 2 * random.Next(2, 28), random.Next(3) == 0 ? random.Next(good.Length) : Pick(extremes),
                    2 << random.Next(3));
            }
        }
        return [.. bytes];
    }

    private static void Overwrite(List<byte> bytes, int at, long number, int width)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, number);
        for (int i = 0; i < width && at + i < bytes.Count; i++)
            bytes[at + i] = eight[i];
    }

    /// <summary>Another pickle in the same zip, with every checksum right.</summary>
    private static byte[] Rezip(byte[] good, Func<byte[], byte[]> change)
    {
        using var zip = new ZipArchive(new MemoryStream(good));
        using var stream = new MemoryStream();
        var writer = new StoredZipWriter(stream);
        foreach (var entry in zip.Entries)
        {
            using var from = entry.Open();
            using var to = new MemoryStream();
            from.CopyTo(to);
            writer.Add(entry.FullName, entry.Name == "data.pkl" ? change(to.ToArray()) : to.ToArray());
        }
        writer.Finish();
        return stream.ToArray();
    }

    /// <summary>Whole instructions in, out and elsewhere: what remains is often a sound program that does something else.</summary>
    private byte[] InsertInstructions(byte[] pickle)
    {
        var reader = new PickleReader(pickle, "good");
        var offsets = new List<int>();
        while (!reader.IsAtEnd)
            offsets.Add(reader.Next().Offset);
        var pieces = offsets.Zip([.. offsets.Skip(1), pickle.Length], (from, to) => pickle[from..to]).ToList();
        for (int times = random.Next(1, 4); times > 0 && pieces.Count > 1; times--)
        {
            int at = random.Next(1, pieces.Count);
            switch (random.Next(4))
            {
                case 0: pieces.RemoveAt(at); break;
                case 1: pieces.Insert(at, pieces[random.Next(pieces.Count)]); break;
                case 2: (pieces[at], pieces[^1]) = (pieces[^1], pieces[at]); break;
                default: pieces.Insert(at, Pick(snippets)); break;
            }
        }
        return [.. pieces.SelectMany(p => p)];
    }

    private byte[] DamageHeader(byte[] good)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        byte[] header = Damage(good[8..(8 + length)]);
        return [.. PickleBytes.Eight(header.Length), .. header, .. good[(8 + length)..]];
    }

    private static byte[][] Snippets(string marker) =>
    [
        [.. PickleBytes.Global("os", "system"), .. PickleBytes.Text("touch " + marker), 0x85, (byte)'R'],
        [.. PickleBytes.Global("builtins", "exec"), .. PickleBytes.Text($"open('{marker}','w')"), 0x85, (byte)'R'],
        [.. PickleBytes.Text("posix"), .. PickleBytes.Text("system"), 0x93, .. PickleBytes.Text("touch " + marker), 0x85, (byte)'R'],
        PickleBytes.OrderedDict, PickleBytes.Storage(), PickleBytes.Tensor(PickleBytes.Storage(), 0, [2], [1]), PickleBytes.Numbers(1, 2),
        [(byte)'}', (byte)'b'], [(byte)'('], [(byte)')'], [(byte)'R'], [(byte)'t'], [0x86], [0x87], [(byte)'h', 3], [(byte)'q', 4],
        [(byte)'N'], [0x81], [0x94], [(byte)'Q'], [(byte)'s'], [(byte)'u'], [(byte)'0'], [(byte)'1'], [(byte)'2'], [0x8f], [0x90], [0x91],
        [0x92], [(byte)'o'], [0x82, 1], [(byte)'C', 1, 0], [0x8a, 9, .. new byte[9]], [(byte)'X', 1, 0, 0, 0, 0xff],
        [.. "(ios\nsystem\n"u8], [.. PickleBytes.Global("argparse", "Namespace"), (byte)')', 0x81, (byte)'}', (byte)'b'],
    ];

    private static byte[] Deflated(string file)
    {
        using var stream = new MemoryStream();
        using (var from = ZipFile.OpenRead(file))
        using (var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var source = entry.Open();
                using var target = to.CreateEntry(entry.FullName).Open();
                source.CopyTo(target);
            }
        }
        return stream.ToArray();
    }

    private static byte[] Safetensor(int tensors)
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        var types = ElementType.All.Where(e => e.Safetensors is not null).ToList();
        var named = Enumerable.Range(0, tensors)
            .ToDictionary(i => $"layers.{i}.weight", i => SampleTensors.OfType(types[i % types.Count].Type, i % 3, 2));
        GanNotebooks.Interop.Safetensors.Write(stream, named, new Dictionary<string, string> { ["format"] = "pt" });
        return stream.ToArray();
    }
}
