using GanNotebooks.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class MaxoutTests
{
    [Fact]
    public void Call_SetWeights_IsTheLargestPieceOfEachUnit()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout(inputs: 2, units: 2, pieces: 2);
        using (no_grad())
        {
            // rows: piece 0 of units 0 and 1, then piece 1
            Rows(layer).weight!.copy_(tensor(new float[] { 1, 0, 0, 1, -1, 0, 0, -2 }, [4, 2]));
            Rows(layer).bias!.copy_(tensor(new float[] { 0, 0, 0.5f, 0 }));
        }
        var output = layer.call(tensor(new float[] { 3, -1, -2, 4 }, [2, 2]));
        Assert.Equal([3, 2, 2.5f, 4], output.data<float>().ToArray()); // max(3, -3 + .5), max(-1, 2); max(-2, 2 + .5), max(4, -8)
    }

    [Fact]
    public void Call_Gradient_ReachesOnlyTheLargestPiece()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout(inputs: 3, units: 1, pieces: 4).Normal(new Generator(5), 1);
        var x = randn([1, 3], generator: new Generator(6));
        layer.call(x).sum().backward();
        var gradient = Rows(layer).weight!.grad!; // [4, 3]
        long largest = Rows(layer).call(x).argmax().item<long>();
        Assert.Equal(x.data<float>().ToArray(), gradient[largest].data<float>().ToArray());
        Assert.Equal(x.abs().sum().item<float>(), gradient.abs().sum().item<float>(), 1e-6f);
    }

    [Fact]
    public void Call_SpectralNorm_StretchesNoPairOfPoints()
    {
        using var scope = NewDisposeScope();
        using var layer = new Maxout(inputs: 4, units: 8, pieces: 3, spectralNorm: true).Normal(new Generator(1), 2);
        layer.modules().OfType<SpectralNorm>().Single().Converge(200);
        layer.eval();
        var (a, b) = (randn([500, 4], generator: new Generator(2)), randn([500, 4], generator: new Generator(3)));
        var stretch = (layer.call(a) - layer.call(b)).norm(1) / (a - b).norm(1);
        Assert.InRange(stretch.max().item<float>(), 0.1f, 1 + 1e-4f); // at most 1, up to rounding and the power iteration's rest
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Create_SizeNotPositive_IsRefused(int inputs, int units, int pieces) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Maxout(inputs, units, pieces));

    // Row k · units + u is piece k of unit u.
    private static Linear Rows(Maxout layer) => layer.modules().OfType<Linear>().Single();
}
