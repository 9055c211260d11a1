using GanNotebooks.Runtime;
using TorchSharp;

namespace GanNotebooks.Tests.Runtime;

public sealed class NativeTorchTests
{
    [Fact]
    public void Load_ThisMachine_LinearLayerMultiplies()
    {
        using var scope = torch.NewDisposeScope();
        var layer = torch.nn.Linear(2, 1, hasBias: false);
        torch.nn.init.ones_(layer.weight!);
        Assert.Equal(5.0f, layer.call(torch.tensor(new float[] { 2, 3 })).item<float>());
    }

    [Fact]
    public void Load_Always_WritesNoSecondCopyOfLibtorch()
    {
        foreach (string? folder in new[] { NativeTorch.Report.Directory, AppContext.BaseDirectory,
            Path.GetDirectoryName(typeof(torch).Assembly.Location)! })
        {
            Assert.False(Directory.Exists(Path.Combine(folder, "cpu")), $"{folder}/cpu exists");
        }
    }

    [Fact]
    public void Lab_Open_PrintsWhatResultsDependOn()
    {
        string line = Lab.Open("00-test", seed: 7).ToString();
        Assert.Contains("seed 7", line, StringComparison.Ordinal);
        Assert.Contains("1 thread", line, StringComparison.Ordinal);
    }
}
