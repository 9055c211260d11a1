using GanNotebooks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Runtime;

public sealed class SeededFillTests
{
    [Fact]
    public void Fill_OnTheCpu_DrawsWhatTorchDraws()
    {
        using var scope = NewDisposeScope();
        Assert.True(empty(50).FillNormal(1, 2, new Generator(3)).equal(empty(50).normal_(1, 2, new Generator(3))).all().item<bool>());
        Assert.True(empty(50).FillUniform(-1, 2, new Generator(3)).equal(empty(50).uniform_(-1, 2, new Generator(3))).all().item<bool>());
    }

    // The device "meta" stands for a GPU: the generator of the CPU is used up as it is for the CPU, and the target stays where it is.
    [Fact]
    public void Fill_OnAnotherDevice_DrawsOnTheCpu()
    {
        using var scope = NewDisposeScope();
        var (there, here) = (new Generator(3), new Generator(3));
        var target = empty([50], device: META).FillNormal(0, 1, there);
        empty(50).FillNormal(0, 1, here);
        Assert.Equal(DeviceType.META, target.device_type);
        Assert.Equal(randn([5], generator: here).data<float>().ToArray(), randn([5], generator: there).data<float>().ToArray());
    }

    [Fact]
    public void Fill_OnAnotherDeviceWithoutGenerator_LeavesItToTorch()
    {
        using var target = empty([50], device: META).FillUniform(0, 1, null);
        Assert.Equal(DeviceType.META, target.device_type);
    }
}
