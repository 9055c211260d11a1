using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Generators whose numbers depend on a seed, a stream and a counter only, so that a resumed run needs no saved state. They share one
/// native generator: use what <see cref="At"/> returned before calling it again.
/// </summary>
internal sealed class RandomStreams(int seed) : IDisposable
{
    private readonly Generator generator = new(0); // on the CPU, as all of TorchSharp's are; see SeededFill

    public Generator At(int stream, long index)
    {
        ulong key = Mix((ulong)(uint)seed << 32 | (uint)stream);
        generator.manual_seed((long)(Mix(key + (ulong)index) >> 1));
        return generator;
    }

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
