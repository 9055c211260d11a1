using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Random generators whose numbers depend only on a seed, a stream and a counter, so a resumed run needs no saved state. All of them share
/// one native generator: the caller must draw from the result of <see cref="At"/> before the next call.
/// </summary>
internal sealed class RandomStreams(int seed) : IDisposable
{
    private readonly Generator generator = new(0); // on the CPU, as all generators of TorchSharp; see SeededFill

    public Generator At(int stream, long index)
    {
        ulong key = SeededRandom.SplitMix((ulong)(uint)seed << 32 | (uint)stream);
        generator.manual_seed((long)(SeededRandom.SplitMix(key + (ulong)index) >> 1));
        return generator;
    }

    public void Dispose() => generator.Dispose();
}
