using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime;

public sealed class DeviceChoiceTests
{
    [Theory]
    [InlineData(DeviceOption.Auto, false, false, "no CUDA")]
    [InlineData(DeviceOption.Auto, true, true, "there is a CUDA device")]
    [InlineData(DeviceOption.Cpu, true, false, "as asked")]
    [InlineData(DeviceOption.Cuda, true, true, "as asked")]
    public void Choose_WishAndMachine_GiveDeviceAndReason(DeviceOption wish, bool cuda, bool expected, string reason)
    {
        var choice = DeviceChoice.Choose(wish, () => cuda);
        Assert.Equal(expected, choice.Cuda);
        Assert.Contains(reason, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_CudaWithoutCuda_NamesTheRemedy()
    {
        var error = Assert.Throws<InvalidOperationException>(() => DeviceChoice.Choose(DeviceOption.Cuda, () => false));
        Assert.Contains("TorchBackend=cuda", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_CpuWished_DoesNotAskForCuda() =>
        DeviceChoice.Choose(DeviceOption.Cpu, () => throw new InvalidOperationException("asked"));
}
