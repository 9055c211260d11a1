using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Noise that depends on a seed, a purpose and a counter only: the n-th batch is the same whether or not the ones before were drawn, so
/// that a resumed run needs no saved state, on any device.
/// </summary>
public sealed class NoiseSource : IDisposable
{
    private readonly Generator generator;
    private readonly ulong seed;
    private readonly NoiseKind kind;
    private readonly int dimension;

    /// <summary>Creates a stream.</summary>
    /// <param name="kind">Distribution.</param>
    /// <param name="dimension">Numbers in one z.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="purpose">Keeps streams of one seed apart.</param>
    /// <param name="device">Where the noise is drawn.</param>
    public NoiseSource(NoiseKind kind, int dimension, int seed, int purpose, Device device)
    {
        (this.kind, this.dimension, this.seed) = (kind, dimension, Mix((ulong)(uint)seed << 32 | (uint)purpose));
        generator = new Generator(this.seed, device);
    }

    /// <summary>The <paramref name="index"/>-th batch.</summary>
    /// <returns>z, [<paramref name="count"/>, dimension], float32.</returns>
    public Tensor Batch(long index, int count)
    {
        generator.manual_seed((long)(Mix(seed + (ulong)index) >> 1));
        var z = empty([count, dimension], device: generator.device);
        return kind switch
        {
            NoiseKind.Normal => z.normal_(0, 1, generator),
            NoiseKind.Uniform => z.uniform_(-1, 1, generator),
            _ => throw new InvalidOperationException($"unknown noise {kind}"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();

    // SplitMix64 (Steele, Lea, Flood 2014): neighbouring counters give unrelated seeds.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
