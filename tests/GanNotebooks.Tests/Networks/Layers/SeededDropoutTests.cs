using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class SeededDropoutTests
{
    // 4 standard errors: a share of n draws has deviation √(p (1 − p) / n), and so has a correlation, 1/√n.
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Training_DropsTheShareAndKeepsTheMean(double p)
    {
        using var scope = NewDisposeScope();
        var layer = new SeededDropout(p, seed: 3);
        const int n = 200 * 784;
        var first = layer.call(ones(200, 784));
        var second = layer.call(ones(200, 784));
        double error = 4 * Math.Sqrt(p * (1 - p) / n);
        Assert.Equal(p, first.eq(0).to(float64).mean().item<double>(), error);
        Assert.Equal(1 / (1 - p), first.max().item<float>(), 1e-6);
        Assert.Equal(0, Correlation(first, second), 4 / Math.Sqrt(n));
        Assert.Equal(0, Correlation(first.narrow(1, 0, 783), first.narrow(1, 1, 783)), 4 / Math.Sqrt(n));
        Assert.Equal(0, Correlation(first.narrow(0, 0, 199), first.narrow(0, 1, 199)), 4 / Math.Sqrt(n));
        Assert.Equal(0, Correlation(first, new SeededDropout(p, seed: 4).call(ones(200, 784))), 4 / Math.Sqrt(n));
    }

    [Fact]
    public void Gradient_PassesWhereTheInputPassed()
    {
        var x = ones(4, 8).requires_grad_(true);
        var y = new SeededDropout(0.5, seed: 1).call(x);
        y.sum().backward();
        Assert.True(x.grad!.equal(y.detach()).all().item<bool>());
    }

    [Fact]
    public void Evaluation_PassesEverythingAndCountsNothing()
    {
        var layer = new SeededDropout(0.5, seed: 1);
        layer.eval();
        var x = randn(3, 4);
        Assert.True(layer.call(x).equal(x).all().item<bool>());
        Assert.Equal(0, layer.state_dict()["calls"].item<long>());
    }

    [Fact]
    public void Counter_Restored_DropsTheSameNumbers()
    {
        var (layer, other) = (new SeededDropout(0.5, seed: 9), new SeededDropout(0.5, seed: 9));
        var x = ones(16, 16);
        for (int i = 0; i < 5; i++)
            layer.call(x);
        other.state_dict()["calls"].copy_(layer.state_dict()["calls"]);
        Assert.True(other.call(x).equal(layer.call(x)).all().item<bool>());
        Assert.Equal(["calls"], layer.state_dict().Keys);
    }

    [Fact]
    public void Probability_OutOfRange_IsNamed() =>
        Assert.Contains("got 1", Assert.Throws<ArgumentException>(() => new SeededDropout(1, 0)).Message, StringComparison.Ordinal);

    private static double Correlation(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (a.to(float64) - a.to(float64).mean(), b.to(float64) - b.to(float64).mean());
        return ((x * y).mean() / (x.square().mean() * y.square().mean()).sqrt()).item<double>();
    }
}
