using GanNotebooks.Interop;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

/// <summary>Tensors that a file format must not lose, of every type, shape and stride that matters.</summary>
internal static class SampleTensors
{
    public static TheoryData<ScalarType> Types => [.. ElementType.All.Select(e => e.Type)];

    /// <summary>Every bit pattern is as likely as any other: not-a-numbers, infinities and subnormal numbers included.</summary>
    public static Tensor OfType(ScalarType type, params long[] shape)
    {
        var tensor = empty(shape, type);
        if (tensor.numel() == 0)
            return tensor;
        new Random(17).NextBytes(tensor.bytes);
        if (type == ScalarType.Bool)
        {
            foreach (ref byte b in tensor.bytes)
                b &= 1;
        }
        return tensor;
    }

    public static byte[] Bytes(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var whole = tensor.detach().cpu().contiguous();
        return whole.numel() == 0 ? [] : whole.bytes.ToArray();
    }

    public static void AssertSame(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.dtype, actual[name].dtype);
            Assert.Equal(tensor.shape, actual[name].shape);
            Assert.Equal(Bytes(tensor), Bytes(actual[name]));
        }
    }
}
