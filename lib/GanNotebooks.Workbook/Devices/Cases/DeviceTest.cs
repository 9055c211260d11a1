using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// One test of a device. On the CPU it compares two ways to compute a number, so that it can also fail there.
/// </summary>
/// <param name="Group">The group, such as "networks".</param>
/// <param name="Run">Computes on the device and measures the difference from the CPU.</param>
internal sealed record DeviceTest(string Group, string Name, Func<Device, Finding> Run)
{
    /// <summary>The library types that the test covers.</summary>
    public IEnumerable<Type> Covers { get; init; } = [];

    /// <summary>Whether the test needs a GPU.</summary>
    public bool NeedsGpu { get; init; }
}
