using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>Where and for how long steps are timed.</summary>
/// <param name="Device">Where the networks are.</param>
/// <param name="Rounds">Rounds of a case at most.</param>
/// <param name="Limit">Time of a case, after which no further round is begun; the first two are made in any case.</param>
internal sealed record BenchmarkPlace(Device Device, int Rounds, TimeSpan Limit)
{
    /// <summary>Waits until a GPU has done what it was told: calls return before that.</summary>
    public void Wait()
    {
        if (Device.type == DeviceType.CUDA)
            cuda.synchronize();
    }
}
