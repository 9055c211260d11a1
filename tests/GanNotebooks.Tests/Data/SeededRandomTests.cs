using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class SeededRandomTests
{
    [Fact]
    public void NextUInt64_StateOneTwoThreeFour_GivesThePublishedSequence()
    {
        // The first outputs of the authors' C code (prng.di.unimi.it/xoshiro256starstar.c) from the state {1, 2, 3, 4}, as also used by the
        // rand_xoshiro crate.
        var random = SeededRandom.FromState(1, 2, 3, 4);
        ulong[] expected = [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void NextUInt64_SameSeedAndStream_GivesTheSameNumbers()
    {
        Assert.Equal(Draw(5, 7), Draw(5, 7));
        Assert.NotEqual(Draw(5, 7), Draw(5, 8));
        Assert.NotEqual(Draw(5, 7), Draw(6, 7));
        Assert.NotEqual(Draw(5, 7), Draw(7, 5));
    }

    [Fact]
    public void NextNormals_ManyStreams_HaveTheMomentsOfAStandardNormal()
    {
        // One pair from each of 100,000 streams, as sources use them. Standard errors: mean 1/√n = .0022, variance √(2/n) = .0032, fourth
        // moment √(96/n) = .022; four of each.
        double[] x = Enumerable.Range(0, 100_000).SelectMany(k => Pair(new SeededRandom(3, k).NextNormals())).ToArray();
        Assert.Equal(0, x.Average(), 0.009);
        Assert.Equal(1, x.Average(v => v * v), 0.013);
        Assert.Equal(3, x.Average(v => v * v * v * v), 0.088);
    }

    [Fact]
    public void NextInt_SixSides_AreEquallyFrequent()
    {
        var random = new SeededRandom(1);
        int[] counts = new int[6];
        for (int k = 0; k < 60_000; k++)
            counts[random.NextInt(6)]++;
        Assert.All(counts, count => Assert.InRange(count, 9600, 10_400)); // 10,000 with a standard deviation of 91: 4.4 of them
    }

    [Fact]
    public void NextPermutation_OfThree_IsEachOrderEquallyOften()
    {
        var random = new SeededRandom(2);
        var counts = Enumerable.Range(0, 12_000).CountBy(_ => string.Concat(random.NextPermutation(3))).ToDictionary();
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1820, 2180)); // 2,000 with a standard deviation of 41: 4.4 of them
    }

    private static ulong[] Draw(long seed, long stream)
    {
        var random = new SeededRandom(seed, stream);
        return [random.NextUInt64(), random.NextUInt64()];
    }

    private static double[] Pair((double First, double Second) pair) => [pair.First, pair.Second];
}
