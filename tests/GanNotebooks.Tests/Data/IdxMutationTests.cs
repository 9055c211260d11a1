using System.Buffers.Binary;
using System.IO.Compression;
using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

/// <summary>
/// 12,000 damaged files: each is either refused by the one exception type, with the file's name, or read as exactly what it holds.
/// </summary>
public sealed class IdxMutationTests
{
    // GAN_NOTEBOOKS_MUTANTS=20000 tries more of them: 60,000 in all.
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("GAN_NOTEBOOKS_MUTANTS"), out int wanted) ? wanted : 4000;

    private const long MemoryLimit = 64L << 20;

    [Fact]
    public void Read_MutatedPlainFiles_AreRefusedOrReadExactly()
    {
        int refused = Run(seed: 1, (random, good) => Mutate(random, good), (input, values) => Assert.Equal(input, values));
        Assert.InRange(refused, Rounds / 2, Rounds - 1); // a changed pixel is no damage
    }

    [Fact]
    public void Read_MutatedContentInSoundGzip_AreRefusedOrReadExactly()
    {
        int refused =
            Run(seed: 2, (random, good) => IdxBytes.Gzip(Mutate(random, good)), (input, values) => Assert.Equal(Unzip(input), values));
        Assert.InRange(refused, Rounds / 2, Rounds - 1);
    }

    [Fact]
    public void Read_MutatedGzip_IsRefusedUnlessTheContentSurvived()
    {
        byte[] original = [];
        int refused = Run(
            seed: 3,
            (random, good) => Mutate(random, IdxBytes.Gzip(original = good, (CompressionLevel)random.Next(4))),
            (_, values) => Assert.Equal(original, values)); // the time stamp in the gzip header, for one, may change
        Assert.InRange(refused, Rounds * 3 / 4, Rounds - 1);
    }

    private static int Run(int seed, Func<Random, byte[], byte[]> damage, Action<byte[], byte[]> assertExact)
    {
        var random = new Random(seed);
        byte[][] good = [IdxBytes.Images(1), IdxBytes.Images(12), IdxBytes.Images(90), IdxBytes.Labels(10), IdxBytes.Labels(3000)];
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int pick = random.Next(good.Length);
            byte[] input = damage(random, good[pick]);
            string name = $"mutant-{seed}-{round}";
            long before = GC.GetAllocatedBytesForCurrentThread();
            IdxArray? array = null;
            try
            {
                array = IdxReader.Read(() => new MemoryStream(input), name, pick < 3 ? 3 : 1);
            }
            catch (DataFileException e)
            {
                refused++;
                Assert.StartsWith(name + ": expected ", e.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
            if (array is not null)
                assertExact(input, IdxBytes.Encode(array.Shape, array.Values));
        }

        return refused;
    }

    private static byte[] Mutate(Random random, byte[] good)
    {
        var bytes = new List<byte>(good);
        for (int times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            int at = random.Next(3) == 0 ? random.Next(Math.Min(20, bytes.Count)) : random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 40))); break;
                case 5: bytes.AddRange(bytes.GetRange(at, bytes.Count - at)); break;
                default: WriteExtreme(random, bytes); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts an extreme number where the header has a magic or a dimension.</summary>
    private static void WriteExtreme(Random random, List<byte> bytes)
    {
        int[] extremes = [0, 1, -1, int.MaxValue, int.MinValue, 65536, 1 << 30, 46341, 0x803, 0x801, 0x1F8B0800, random.Next()];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, extremes[random.Next(extremes.Length)]);
        int at = 4 * random.Next(4);
        for (int k = 0; k < 4 && at + k < bytes.Count; k++)
            bytes[at + k] = number[k];
    }

    internal static byte[] Unzip(byte[] gzip)
    {
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
