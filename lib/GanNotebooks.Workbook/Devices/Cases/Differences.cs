using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>Compares numbers from a device with numbers from the CPU.</summary>
internal static class Differences
{
    /// <summary>
    /// The largest |device − CPU|, each pair of tensors in units of the largest number of the CPU's, but of at least
    /// <paramref name="floor"/> of all of them.
    /// </summary>
    public static double Relative(IReadOnlyList<Tensor> onDevice, IReadOnlyList<Tensor> reference, double floor = 1e-3)
    {
        if (onDevice.Count != reference.Count)
            throw new ArgumentException($"{onDevice.Count} tensors against {reference.Count}");
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        double most = reference.Max(Largest);
        return onDevice.Zip(reference).Max(pair =>
            Largest(pair.First.cpu().to(float64) - pair.Second.cpu().to(float64)) / Math.Max(Largest(pair.Second), floor * most));
    }

    /// <summary>How many bytes of two tensors, or lists of them, differ.</summary>
    public static long Bytes(IEnumerable<Tensor> first, IEnumerable<Tensor> second) => Bytes(Of(first), Of(second));

    public static long Bytes(byte[] first, byte[] second) =>
        Math.Abs(first.Length - second.Length) + first.Zip(second).LongCount(pair => pair.First != pair.Second);

    /// <summary>Parameters and buffers, byte for byte.</summary>
    public static byte[] Of(params nn.Module[] modules) => Of(modules.SelectMany(m => m.state_dict().Values));

    private static byte[] Of(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(t => t.detach().cpu().contiguous().bytes.ToArray())];

    private static double Largest(Tensor t) => t.numel() == 0 ? 0 : t.detach().to(float64).abs().max().cpu().item<double>();
}
