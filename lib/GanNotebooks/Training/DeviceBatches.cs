using System.Runtime.InteropServices;
using GanNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Creates batch sources for a device. The data lie on the device if possible; otherwise batches are prefetched from the CPU.
/// </summary>
public static class DeviceBatches
{
    /// <summary>
    /// Creates batches of images. The whole data set lies on the device if its memory holds it. Otherwise the data set stays on the CPU,
    /// and <see cref="PrefetchedBatches"/> copies the batches. Both give the same batches.
    /// </summary>
    /// <param name="data">Data set of the images.</param>
    /// <param name="seed">Seed of the order of the images.</param>
    /// <param name="device">Device on which the batches lie.</param>
    public static IBatchSource Of(ImageDataset data, long seed, Device device) =>
        Of(place => new ShuffledBatches(data, seed, device: place), device);

    /// <summary>Creates batches from a source that computes every batch on the CPU, such as points or stacked digits.</summary>
    /// <param name="source">Batch source on the CPU.</param>
    /// <param name="device">Device on which the batches lie.</param>
    public static IBatchSource Of(IBatchSource source, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? source : new PrefetchedBatches(source, device);
    }

    /// <summary>Creates a source on the device, or a prefetched one on the CPU if the device runs out of memory.</summary>
    /// <param name="make">Function that creates the source on a device.</param>
    /// <param name="device">Device on which the batches lie.</param>
    internal static IBatchSource Of(Func<Device, IBatchSource> make, Device device)
    {
        try
        {
            return make(device);
        }
        catch (ExternalException e) when (device.type != DeviceType.CPU && DeviceMemoryException.IsMeant(e))
        {
            return new PrefetchedBatches(make(CPU), device);
        }
    }
}
