using System.Numerics;

namespace GanNotebooks.Data;

/// <summary>
/// xoshiro256** (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators"), seeded through SplitMix64. Own code, so that
/// a seed means the same numbers on every device and in every later version. Not thread-safe.
/// </summary>
public sealed class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2⁶⁴ divided by the golden ratio
    private const double UnitOf53Bits = 1.0 / (1L << 53);
    private ulong s0, s1, s2, s3;

    /// <summary>Starts one of many independent streams of a seed.</summary>
    /// <param name="seed">The seed, any number.</param>
    /// <param name="stream">The number of the stream.</param>
    public SeededRandom(long seed, long stream = 0)
    {
        ulong mix = (ulong)seed;
        mix = SplitMix(ref mix) ^ (ulong)stream;
        (s0, s1, s2, s3) = (SplitMix(ref mix), SplitMix(ref mix), SplitMix(ref mix), SplitMix(ref mix));
    }

    private SeededRandom(ulong a, ulong b, ulong c, ulong d) => (s0, s1, s2, s3) = (a, b, c, d);

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>A number from 0 to 2⁶⁴ − 1.</returns>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        (s2, s3) = (s2 ^ s0, s3 ^ s1);
        (s1, s0) = (s1 ^ s2, s0 ^ s3);
        (s2, s3) = (s2 ^ t, BitOperations.RotateLeft(s3, 45));
        return result;
    }

    /// <summary>Draws a uniform number.</summary>
    /// <returns>In [0, 1), a multiple of 2⁻⁵³.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>A uniform integer, without bias (Lemire 2019, "Fast random integer generation in an interval").</summary>
    /// <param name="bound">The upper end, at least 1.</param>
    /// <returns>In [0, <paramref name="bound"/>).</returns>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong threshold = (ulong)-bound % (ulong)bound;
        while (true)
        {
            ulong high = Math.BigMul(NextUInt64(), (ulong)bound, out ulong low);
            if (low >= threshold)
                return (int)high;
        }
    }

    /// <summary>Two independent standard normal numbers (Box and Muller 1958): √(-2 log u) cos 2πv and √(-2 log u) sin 2πv.</summary>
    /// <returns>The two.</returns>
    public (double First, double Second) NextNormals()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble())); // 1 - u lies in (0, 1]
        var (sin, cos) = Math.SinCos(Math.Tau * NextDouble());
        return (radius * cos, radius * sin);
    }

    /// <summary>A uniformly random order (Fisher and Yates).</summary>
    /// <param name="count">The number of things to order.</param>
    /// <returns>Each of 0 ... <paramref name="count"/> - 1 once.</returns>
    public int[] NextPermutation(int count)
    {
        int[] order = Enumerable.Range(0, count).ToArray();
        for (int k = count - 1; k > 0; k--)
        {
            int other = NextInt(k + 1);
            (order[k], order[other]) = (order[other], order[k]);
        }

        return order;
    }

    /// <summary>Starts from a raw state, to compare with the published sequence.</summary>
    internal static SeededRandom FromState(ulong a, ulong b, ulong c, ulong d) => new(a, b, c, d);

    /// <summary>
    /// The number that SplitMix64 gives from a state (Steele, Lea, Flood 2014): neighbouring states give unrelated numbers.
    /// </summary>
    internal static ulong SplitMix(ulong state)
    {
        ulong z = state + Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = SplitMix(state);
        state += Golden;
        return z;
    }
}
