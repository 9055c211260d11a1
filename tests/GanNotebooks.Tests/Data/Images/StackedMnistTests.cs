using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Tests.Data;

public sealed class StackedMnistTests
{
    [Fact]
    public void Next_SameSeedAndPosition_GivesTheSameBits()
    {
        using var a = new StackedMnist(Mnist.Test(), seed: 1);
        using var b = new StackedMnist(Mnist.Test(), seed: 1);
        a.Next(5).Dispose();
        var second = a.Next(5);
        b.Seek(new BatchPosition(1, 0, 1));
        Assert.Equal([5L, 3, 28, 28], second.shape);
        Assert.True(second.Equals(b.Next(5)));
        Assert.Equal(a.Position, b.Position);
        Assert.Throws<ArgumentException>(() => b.Seek(new BatchPosition(2, 0, 0)));
    }

    [Fact]
    public void NextWithModes_Channels_AreDigitsOfTheModesLabels()
    {
        var digits = Mnist.Test();
        using var source = new StackedMnist(digits, seed: 2);
        var (images, modes) = source.NextWithModes(4);
        var labelOf = Enumerable.Range(0, digits.Count).ToLookup(n => Convert.ToHexString(digits.Image(n)), n => digits.Labels[n]);
        for (int n = 0; n < 4; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                byte[] pixels = ImageTensors.ToBytes(images[n][c]).data<byte>().ToArray();
                int label = modes[n] / (int)Math.Pow(10, 2 - c) % 10;
                Assert.Contains((byte)label, labelOf[Convert.ToHexString(pixels)]);
            }
        }
    }

    [Fact]
    public void NextWithModes_TrueModes_HaveTheFloorOfAPerfectSampler()
    {
        using var source = new StackedMnist(Mnist.Test(), seed: 3);
        var (images, modes) = source.NextWithModes(10_000);
        images.Dispose();
        var result = StackedModes.OfModes(modes, "true labels");
        Assert.Equal(0.04995, result.KLFloor, 1e-9);
        Assert.Equal(result.KLFloor, result.KL.Value, 4 * result.KL.StandardError); // χ² with 999 degrees over 2N: s.e. 0.0022
        Assert.InRange(result.KL.StandardError, 0.002, 0.006);
        Assert.InRange(result.Captured, 998, 1000); // 0.045 are expected to be missing
        Assert.Equal(0.0452, result.ExpectedMissing, 1e-3);
    }

    [Fact]
    public void OfModes_KEvenModes_IsLogOfTheShareCovered()
    {
        var result = StackedModes.OfModes([.. Enumerable.Range(0, 1000).Select(i => i % 100)], "test");
        Assert.Equal(100, result.Captured);
        Assert.Equal(Math.Log(10), result.KL, 1e-12);
    }

    [Fact]
    public void New_ClassMissing_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new StackedMnist(Mnist.Test().Where(label => label != 3)));
}
