using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>
/// The products of a layer against torch's, for shapes that take every way through the kernels: multiples and odd ends, thin and thick.
/// </summary>
public sealed class MatrixKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 1, 128)]
    [InlineData(13, 128, 2)]
    [InlineData(64, 2, 128)]
    [InlineData(13, 32, 17)]
    [InlineData(7, 33, 64)]
    [InlineData(100, 96, 160)]
    [InlineData(640, 128, 128)]
    [InlineData(21, 37, 45)]
    [InlineData(100, 400, 2)]
    [InlineData(100, 3, 41)]
    [InlineData(50, 1000, 200)]
    public void Products_AnyShape_EqualTorchs(int rows, int outputs, int inputs)
    {
        using var random = new Generator(1);
        Tensor Random(int a, int b) => randn([a, b], generator: random);
        var (h, w, g, scratch) = (Random(rows, inputs), Random(outputs, inputs), Random(rows, outputs), empty(outputs * inputs));
        var (output, toInput, toWeight) = (full(rows, outputs, float.NaN), full(rows, inputs, float.NaN), full(outputs, inputs, float.NaN));
        DenseProducts.Forward(h, w, output);
        DenseProducts.ToInput(g, w, scratch, toInput);
        DenseProducts.ToWeight(g, h, scratch, toWeight);
        AssertProduct(h, w.t(), output);
        AssertProduct(g, w, toInput);
        AssertProduct(g.t(), h, toWeight);
    }

    // Panels of the result go to threads; every element is summed in the same order.
    [Fact]
    public void Products_OneOrTwoThreads_AreTheSameBitForBit()
    {
        var (h, w) = (randn(1024, 128), randn(128, 128));
        int threads = get_num_threads();
        float[] Product(int count)
        {
            set_num_threads(count);
            var output = empty(1024, 128);
            DenseProducts.Forward(h, w, output);
            return output.data<float>().ToArray();
        }
        var (one, two) = (Product(1), Product(2));
        set_num_threads(threads);
        if (MatrixKernel.IsSupported)
            Assert.Equal(one, two);
    }

    // |error of a sum of n products| ≤ n u Σ|a||b| / (1 − n u), u = 2⁻²⁴, in whatever order (Higham 2002, section 3.1).
    private static void AssertProduct(Tensor a, Tensor b, Tensor got)
    {
        var (x, y) = (a.to(float64), b.to(float64));
        double unit = x.shape[1] * Math.Pow(2, -24);
        var bound = unit / (1 - unit) * x.abs().mm(y.abs());
        Assert.True((x.mm(y) - got.to(float64)).abs().le(bound).all().item<bool>());
    }
}
