using System.Text;
using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data.Own;

/// <summary>Every file that is no sound PNG or JPEG is named with a reason, and costs little.</summary>
public sealed class HostilePicturesTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private static readonly byte[] SoundPng = PictureBytes.Png(9, 7, (x, y) => [(byte)(20 * x), (byte)(30 * y), 5]),
        SoundJpeg = PictureBytes.Jpeg(17, 19, (x, y) => ((byte)(10 * x), (byte)(10 * y), 100));

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Broken => new()
    {
        { "empty", "it is empty" },
        { "one byte", "it is no PNG and no JPEG" },
        { "text", "it is no PNG and no JPEG" },
        { "web page", "it is a web page" },
        { "gif", "it is no PNG and no JPEG" },
        { "cut png", "it is cut off" },
        { "png without end", "it is cut off" },
        { "png with a flipped bit", "checksum at byte" },
        { "png without header", "it has no header" },
        { "png with too little data", "its data have 7 of" },
        { "png with too much data", "expand to more than" },
        { "png with damaged packing", "it is damaged" },
        { "png of no size", "it has 0 x 5 pixels" },
        { "png of a kind that is none", "colour type 5" },
        { "png with odd filter method", "none of PNG" },
        { "png with a filter that is none", "it is damaged" },
        { "palette without colours", "it is damaged" },
        { "bomb by its size", "promises 100000 x 100000 pixels" },
        { "bomb of a wide row", "promises 2000000000 x 1 pixels" },
        { "bomb by its data", "expand to more than" },
        { "cut jpeg", "it is cut off" },
        { "jpeg without pixels", "it has no picture" },
        { "jpeg bomb", "promises 65535 x 65535 pixels" },
        { "jpeg with many scans", "more than 100 scans" },
        { "jpeg of four inks without a name", "it has four colours" },
        { "lossless jpeg", "it is a lossless" },
        { "jpeg of twelve bits", "its colours have 12 bits" },
        { "jpeg with junk between segments", "there is no marker" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_BrokenFile_IsNamedWithItsReasonAndCostsLittle(string kind, string reason)
    {
        byte[] file = Make(kind);
        string path = Path.Combine(folder.Path, "file.png");
        File.WriteAllBytes(path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? found = PictureFile.Read(path, 8, 3, 255, new byte[3 * 64]);
        Assert.Contains(reason, found ?? "nothing", StringComparison.Ordinal);
        Assert.Single(found!.Split('\n'));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * Megabyte + 4L * file.Length);
    }

    // A picture of this size is decoded, or no limit would be a limit.
    [Fact]
    public void Read_LargePicture_IsRead()
    {
        const int side = 3000;
        string path = Path.Combine(folder.Path, "large.png");
        File.WriteAllBytes(path, PictureBytes.Png(side, side, new byte[side * (side + 1)], PictureBytes.Grey));
        byte[] square = [.. Enumerable.Repeat((byte)7, 64)];
        Assert.Null(PictureFile.Read(path, 8, 1, 255, square));
        Assert.All(square, value => Assert.Equal(0, value));
    }

    // Whatever stands in a file: a reason or a picture, and no exception. The decoder sees what passes the checks.
    [Fact]
    public void Read_MutatedFiles_AreReadOrNamed()
    {
        var random = new SeededRandom(5);
        int read = 0, tries = int.TryParse(Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_MUTANTS"), out int many) ? 10 * many : 1500;
        string path = Path.Combine(folder.Path, "mutant");
        byte[][] sound = [SoundPng, SoundJpeg, PictureBytes.Turned(SoundJpeg, 6), PictureBytes.Inks([255, 0, 0, 255], adobe: true)];
        byte[] square = new byte[3 * 64];
        for (int k = 0; k < tries; k++)
        {
            byte[] file = (byte[])sound[k % sound.Length].Clone();
            for (int changes = 1 + random.NextInt(4); changes > 0; changes--)
                file[2 + random.NextInt(file.Length - 2)] = (byte)random.NextInt(256);
            File.WriteAllBytes(path, random.NextInt(8) == 0 ? file[..random.NextInt(file.Length)] : file);
            if (PictureFile.Read(path, 8, 3, 255, square) is not { } reason)
                read++;
            else
                Assert.NotEmpty(reason);
        }

        Assert.InRange(read, tries / 20, tries); // a check that refuses everything would be none
    }

    // The same with sound checksums, so that the decoder is reached: any filter, any pixel.
    [Fact]
    public void Read_RandomDataInASoundPng_AreReadOrNamed()
    {
        var random = new SeededRandom(6);
        string path = Path.Combine(folder.Path, "mutant");
        int read = 0;
        (int Kind, int Depth, int Bits)[] kinds = [(0, 1, 1), (0, 16, 16), (2, 8, 24), (2, 16, 48), (3, 4, 4), (4, 8, 16), (6, 16, 64)];
        foreach (var (kind, depth, bits) in kinds)
        {
            for (int k = 0; k < 20; k++)
            {
                int width = 1 + random.NextInt(20), height = 1 + random.NextInt(20), row = 1 + (width * bits + 7) / 8;
                byte[] raw = new byte[row * height];
                for (int i = 0; i < raw.Length; i++)
                    raw[i] = (byte)(i % row == 0 ? random.NextInt(6) : random.NextInt(256)); // filter 5 is none
                byte[] palette = new byte[3 * (1 + random.NextInt(16))];
                File.WriteAllBytes(path, PictureBytes.Png(width, height, raw, kind, depth, false,
                    kind == PictureBytes.Palette ? [("PLTE", palette), ("tRNS", new byte[palette.Length / 3])] : []));
                read += PictureFile.Read(path, 8, 3, 255, new byte[3 * 64]) is null ? 1 : 0;
            }
        }

        Assert.InRange(read, 20, 20 * kinds.Length - 1);
    }

    private static byte[] Make(string kind) => kind switch
    {
        "empty" => [],
        "one byte" => [0x89],
        "text" => Encoding.UTF8.GetBytes("not a picture\n"),
        "web page" => Encoding.UTF8.GetBytes("<!DOCTYPE html><title>Log in</title>"),
        "gif" => Encoding.ASCII.GetBytes("GIF89a-and-more"),
        "cut png" => SoundPng[..40],
        "png without end" => SoundPng[..^12],
        "png with a flipped bit" => Flipped(SoundPng, SoundPng.Length / 2),
        "png without header" => [.. SoundPng[..8], .. SoundPng[33..]],
        "png with too little data" => PictureBytes.Png(4, 4, new byte[7]),
        "png with too much data" => PictureBytes.Png(4, 4, new byte[4 * 13 + 1]),
        "png with damaged packing" => Damaged(),
        "png of no size" => PictureBytes.Png(0, 5, []),
        "png of a kind that is none" => PictureBytes.Png(4, 4, new byte[20], kind: 5),
        "png with odd filter method" => OddHeader(),
        "png with a filter that is none" => PictureBytes.Png(1, 1, [9, 1, 2, 3]),
        "palette without colours" => PictureBytes.Png(2, 1, [0, 0, 1], PictureBytes.Palette),
        "bomb by its size" => PictureBytes.Png(100_000, 100_000, new byte[100]),
        "bomb of a wide row" => PictureBytes.Png(2_000_000_000, 1, new byte[100]),
        "bomb by its data" => PictureBytes.Png(8, 8, new byte[200 * Megabyte]),
        "cut jpeg" => SoundJpeg[..^9],
        "jpeg without pixels" => [0xFF, 0xD8, 0xFF, 0xD9],
        "jpeg bomb" => WithFrame(f => f.AsSpan(5, 4).Fill(0xFF)),
        "jpeg with many scans" => ManyScans(),
        "jpeg of four inks without a name" => PictureBytes.Inks([255, 255, 255, 255], adobe: false),
        "lossless jpeg" => WithFrame(f => f[1] = 0xC3),
        "jpeg of twelve bits" => WithFrame(f => f[4] = 12),
        "jpeg with junk between segments" => [.. SoundJpeg[..2], 0xFF, 0xE0, 0, 2, 0x41, .. SoundJpeg[2..]],
        _ => throw new ArgumentException(kind),
    };

    private static byte[] Flipped(byte[] file, int at)
    {
        byte[] copy = (byte[])file.Clone();
        copy[at] ^= 4;
        return copy;
    }

    private static byte[] Damaged()
    {
        using var file = new MemoryStream();
        file.Write(SoundPng.AsSpan(0, 33));
        PictureBytes.Chunk(file, "IDAT", [0x78, 0x9C, 0xFF, 0xFF, 0xFF]);
        PictureBytes.Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] OddHeader()
    {
        using var file = new MemoryStream();
        file.Write(SoundPng.AsSpan(0, 8));
        byte[] header = SoundPng[16..29];
        header[11] = 1;
        PictureBytes.Chunk(file, "IHDR", header);
        file.Write(SoundPng.AsSpan(33));
        return file.ToArray();
    }

    // Changes the frame, from its marker on.
    private static byte[] WithFrame(Action<byte[]> change)
    {
        int at = Enumerable.Range(0, SoundJpeg.Length - 1).First(k => SoundJpeg[k] == 0xFF && SoundJpeg[k + 1] == 0xC0);
        byte[] frame = SoundJpeg[at..(at + 19)];
        change(frame);
        return [.. SoundJpeg[..at], .. frame, .. SoundJpeg[(at + 19)..]];
    }

    private static byte[] ManyScans()
    {
        int at = Enumerable.Range(0, SoundJpeg.Length - 1).First(k => SoundJpeg[k] == 0xFF && SoundJpeg[k + 1] == 0xDA);
        byte[] scan = SoundJpeg[at..^2];
        return [.. SoundJpeg[..at], .. Enumerable.Repeat(scan, 101).SelectMany(s => s), 0xFF, 0xD9];
    }
}
