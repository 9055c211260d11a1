using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class MinibatchLayersTests
{
    [Fact]
    public void StandardDeviation_KnownBatch_AppendsTheMeanOverFeatures()
    {
        var x = tensor(new[] { 0f, 10, 2, 16 }).view(2, 2); // deviations 1 and 3
        var y = new MinibatchStandardDeviation().call(x);
        Assert.Equal([2, 3], y.shape);
        Assert.Equal(2, y[0, 2].item<float>(), 1e-6);
        Assert.Equal(2, y[1, 2].item<float>(), 1e-6);
    }

    [Fact]
    public void StandardDeviation_Images_AppendsAChannel()
    {
        var y = new MinibatchStandardDeviation().call(rand(5, 3, 4, 6));
        Assert.Equal([5, 4, 4, 6], y.shape);
    }

    [Fact]
    public void StandardDeviation_CollapsedBatch_IsZeroWithFiniteGradient()
    {
        var x = ones(4, 2).requires_grad_(true);
        var y = new MinibatchStandardDeviation().call(x);
        y.sum().backward();
        Assert.Equal(0, y[0, 2].item<float>(), 2e-4); // √1e-8 keeps the root differentiable
        Assert.True(x.grad!.isfinite().all().item<bool>());
    }
}
