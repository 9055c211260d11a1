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

    [Fact]
    public void Discrimination_KnownProjection_IsTheSumOfExponentials()
    {
        var layer = new MinibatchDiscrimination(1, kernels: 1, dimensions: 1);
        using (no_grad())
            layer.parameters().Single().fill_(1);
        var y = layer.call(tensor(new[] { 0f, 1, 3 }).view(3, 1));
        Assert.Equal(Math.Exp(-1) + Math.Exp(-3), y[0, 1].item<float>(), 1e-6);
        Assert.Equal(Math.Exp(-1) + Math.Exp(-2), y[1, 1].item<float>(), 1e-6);
    }

    [Fact]
    public void Discrimination_Parameters_AreTheProjectionOnly()
    {
        var layer = new MinibatchDiscrimination(6, kernels: 4, dimensions: 3);
        Assert.Equal(6 * 4 * 3, layer.parameters().Sum(p => p.numel()));
        Assert.Equal(["projection"], layer.state_dict().Keys);
        Assert.Equal([5, 10], layer.call(rand(5, 6)).shape);
    }
}
