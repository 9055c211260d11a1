using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// One thing that must hold on a device. On the CPU it compares two ways to the same number, so that it can fail there, too.
/// </summary>
/// <param name="Group">What it belongs to, such as "networks".</param>
/// <param name="Run">Computes on the device and measures how far it is off.</param>
internal sealed record DeviceTest(string Group, string Name, Func<Device, Finding> Run)
{
    /// <summary>The types of the library that it exercises.</summary>
    public IEnumerable<Type> Covers { get; init; } = [];

    /// <summary>Whether there is nothing to test without a GPU.</summary>
    public bool NeedsGpu { get; init; }
}
