using GanNotebooks.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class SpectralNormTests
{
    [Fact]
    public void SpectralNorm_Settled_DividesByTheLargestSingularValue()
    {
        var linear = (Linear)nn.Linear(20, 30).to(float64);
        var layer = new SpectralNorm(linear, new Generator(1)).to(float64);
        layer.Converge(2000); // the error falls by (σ₂/σ₁)² each step
        layer.eval();
        var expected = eye(20, dtype: float64).mm(linear.weight!.t()) / linalg.svdvals(linear.weight)[0] + linear.bias!;
        Assert.True(layer.call(eye(20, dtype: float64)).allclose(expected, 1e-9, 1e-9));
    }

    [Fact]
    public void SpectralNorm_Convolution_NormalisesTheFlattenedKernel()
    {
        var conv = nn.Conv2d(3, 6, 3, padding: 1);
        var layer = new SpectralNorm(conv, new Generator(1));
        layer.Converge(500);
        layer.eval();
        var x = rand(2, 3, 8, 8);
        double sigma = linalg.svdvals(conv.weight!.flatten(1))[0].item<float>();
        var expected = nn.functional.conv2d(x, conv.weight / sigma, conv.bias!, padding: [1, 1]);
        Assert.True(layer.call(x).allclose(expected, 1e-4, 1e-5));
    }

    [Fact]
    public void SpectralNorm_OneIterationPerCall_FollowsTheWeight()
    {
        var linear = nn.Linear(20, 30, hasBias: false);
        var layer = new SpectralNorm(linear, new Generator(1));
        for (int i = 0; i < 300; i++)
            layer.call(zeros(1, 20)).Dispose();
        layer.eval();
        var jacobian = layer.call(eye(20)); // [20, 30]
        Assert.Equal(1, linalg.svdvals(jacobian)[0].item<float>(), 1e-3);
    }

    // σ = uᵀ W v with u and v constant: d/dW of <A, W/σ> = A/σ − <A, W> u vᵀ/σ² (Miyato et al. 2018, equation 12).
    [Fact]
    public void SpectralNorm_Gradient_IsTheOneByFiniteDifference()
    {
        var linear = (Linear)nn.Linear(3, 4, hasBias: false).to(float64);
        var layer = new SpectralNorm(linear, new Generator(1)).to(float64);
        layer.Converge(3000);
        layer.eval();
        var x = arange(6, float64).view(2, 3);
        layer.call(x).square().sum().backward();
        double At(double shift)
        {
            using var _ = no_grad();
            linear.weight!.narrow(0, 1, 1).narrow(1, 2, 1).add_(shift);
            double value = layer.call(x).square().sum().item<double>();
            linear.weight!.narrow(0, 1, 1).narrow(1, 2, 1).sub_(shift);
            return value;
        }
        const double h = 1e-5; // v follows W (v = Wᵀu/|Wᵀu|): at the settled u this changes σ in second order only
        Assert.Equal((At(h) - At(-h)) / (2 * h), linear.weight!.grad![1, 2].item<double>(), 1e-4);
    }

    [Fact]
    public void SpectralNorm_State_SavesTheVectorAndTheLayer() =>
        Assert.Equal(["layer.bias", "layer.weight", "left"], new SpectralNorm(nn.Linear(2, 3)).state_dict().Keys.Order());

    [Fact]
    public void SpectralNorm_OtherLayer_IsRefused() => Assert.Throws<ArgumentException>(() => new SpectralNorm(nn.ReLU()));
}
