using System.Runtime.InteropServices;
using GanNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Batches for a device, by the shortest way: from data that lie there, or else drawn ahead on the CPU.</summary>
public static class DeviceBatches
{
    /// <summary>
    /// Images: the whole set lies on the device if its memory holds it; otherwise it stays on the CPU, and <see cref="PrefetchedBatches"/>
    /// come from there. Both give the same batches.
    /// </summary>
    /// <param name="data">The images.</param>
    /// <param name="seed">Seed of their order.</param>
    /// <param name="device">Where batches come out.</param>
    public static IBatchSource Of(ImageDataset data, long seed, Device device) =>
        Of(place => new ShuffledBatches(data, seed, device: place), device);

    /// <summary>Points, or stacked digits: what is made on the CPU, batch for batch.</summary>
    /// <param name="source">On the CPU.</param>
    /// <param name="device">Where batches come out.</param>
    public static IBatchSource Of(IBatchSource source, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? source : new PrefetchedBatches(source, device);
    }

    /// <summary>A source that lies on the device, or drawn ahead from the CPU if memory runs out there.</summary>
    /// <param name="make">Makes it on a device.</param>
    /// <param name="device">Where batches come out.</param>
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
