using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class ImageTensorsTests
{
    [Fact]
    public void ToTensor_TestDigits_LieInMinusOneToOneAndComeBackAsTheSameBytes()
    {
        var data = Mnist.Test().Take(500);
        using var scope = NewDisposeScope();
        var images = data.ToTensor();
        Assert.Equal([500, 1, 28, 28], images.shape);
        Assert.Equal(ScalarType.Float32, images.dtype);
        Assert.Equal(-1f, images.min().item<float>());
        Assert.Equal(1f, images.max().item<float>());
        Assert.Equal(data.Pixels.ToArray(), ImageTensors.ToBytes(images).data<byte>().ToArray());
    }

    [Fact]
    public void FromBytes_EveryByte_IsTheByteOverHalfTheRangeMinusOne()
    {
        using var scope = NewDisposeScope();
        float[] x = ImageTensors.FromBytes(tensor(Enumerable.Range(0, 256).Select(b => (byte)b).ToArray())).data<float>().ToArray();
        for (int b = 0; b < 256; b++)
            Assert.Equal(b / 127.5 - 1, x[b], 1e-7); // two roundings of numbers up to 2: 2 · 2⁻²⁴ · 2 at most
    }

    [Fact]
    public void FromBytes_FloatTensor_IsRefused()
    {
        using var x = zeros(3);
        Assert.Throws<ArgumentException>(() => ImageTensors.FromBytes(x));
    }

    [Fact]
    public void ToFlatTensor_Digits_AreRowsOf784()
    {
        using var scope = NewDisposeScope();
        var data = Mnist.Test().Take(3);
        Assert.Equal([3, 784], data.ToFlatTensor().shape);
        Assert.True(data.ToFlatTensor().view(3, 1, 28, 28).equal(data.ToTensor()).all().item<bool>());
    }

    [Fact]
    public void ToLabelTensor_Digits_AreTheLabels()
    {
        using var labels = Mnist.Test().Take(5).ToLabelTensor();
        Assert.Equal([7L, 2, 1, 0, 4], labels.data<long>().ToArray());
    }

    [Fact]
    public void ToBytes_OutsideTheRange_IsClamped()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 128, 255], ImageTensors.ToBytes(tensor(new[] { -7f, 0.001f, 7f })).data<byte>().ToArray());
    }
}
