using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Runtime;

/// <summary>
/// Random numbers from a seeded generator, for a tensor on any device. TorchSharp 0.107 makes generators for the CPU only, whatever device
/// it is given (THSGenerator_new calls createCPUGenerator), and torch refuses such a one for a tensor on a GPU. So the numbers are drawn on
/// the CPU and copied: a seed gives the same numbers on every device.
/// </summary>
internal static class SeededFill
{
    /// <summary>
    /// Fills with N(<paramref name="mean"/>, <paramref name="deviation"/>²); without a generator, from torch's own of the device.
    /// </summary>
    public static Tensor FillNormal(this Tensor target, double mean, double deviation, Generator? random) =>
        Fill(target, random, t => t.normal_(mean, deviation, random!));

    /// <summary>
    /// Fills with U(<paramref name="from"/>, <paramref name="to"/>); without a generator, from torch's own of the device.
    /// </summary>
    public static Tensor FillUniform(this Tensor target, double from, double to, Generator? random) =>
        Fill(target, random, t => t.uniform_(from, to, random!));

    private static Tensor Fill(Tensor target, Generator? random, Func<Tensor, Tensor> fill)
    {
        if (random is null || target.device_type == DeviceType.CPU)
            return fill(target);
        using var drawn = empty(target.shape, dtype: target.dtype);
        return target.copy_(fill(drawn));
    }
}
