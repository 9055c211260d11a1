using System.Runtime.InteropServices;
using GanNotebooks.Data;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>On a machine without a GPU a device of another kind stands for one whose memory is full.</summary>
public sealed class DeviceBatchesTests
{
    [Fact]
    public void Of_MemoryOfTheDeviceRunsOut_DrawsTheSameBatchesFromTheCpu()
    {
        using var plain = new RingData(seed: 1);
        using var batches = DeviceBatches.Of(Small("CUDA out of memory. Tried to allocate 1 GiB"), META);
        Assert.IsType<PrefetchedBatches>(batches);
        for (int i = 0; i < 3; i++)
        {
            using var expected = plain.Next(5);
            using var got = batches.Next(5);
            Assert.Equal(expected.data<float>().ToArray(), got.data<float>().ToArray());
        }
    }

    [Fact]
    public void Of_AnotherError_IsPassedOn() =>
        Assert.Equal("no such device", Assert.Throws<TorchException>(() => DeviceBatches.Of(Small("no such device"), META)).Message);

    [Fact]
    public void Of_TheCpu_TakesTheSourceItself()
    {
        using var points = new RingData(seed: 1);
        Assert.Same(points, DeviceBatches.Of(points, CPU));
        using var images = DeviceBatches.Of(Mnist.Test(), 1, CPU);
        Assert.IsType<ShuffledBatches>(images);
        using var stacks = new StackedMnist(Mnist.Test());
        Assert.Same(stacks, DeviceBatches.Of(stacks, CPU));
    }

    private static Func<Device, IBatchSource> Small(string error) =>
        device => device.type == DeviceType.CPU ? new RingData(seed: 1) : throw new TorchException(error);

    private sealed class TorchException(string message) : ExternalException(message);
}
