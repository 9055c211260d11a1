using GanNotebooks.Data;
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
        ulong key = SeededRandom.SplitMix((ulong)(uint)seed << 32 | (uint)stream);
        generator.manual_seed((long)(SeededRandom.SplitMix(key + (ulong)index) >> 1));
        return generator;
    }

    public void Dispose() => generator.Dispose();
}
