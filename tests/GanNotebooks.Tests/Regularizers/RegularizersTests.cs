using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Regularizers;

public sealed class RegularizersTests
{
    [Fact]
    public void WeightClipping_Always_PutsEveryWeightBackAndKeepsTheRest()
    {
        var critic = new MultilayerPerceptron(4, [8], [1]);
        var before = critic.parameters().Select(p => p.detach().clone()).ToArray();
        WeightClipping.Apply(critic, 0.2);
        foreach (var (old, now) in before.Zip(critic.parameters()))
        {
            Assert.True(now.requires_grad);
            Assert.True(now.allclose(old.clamp(-0.2, 0.2), 0, 0));
        }
    }

    [Fact]
    public void InstanceNoise_Always_HasTheStatedVariance()
    {
        using var random = new Generator(3);
        var noisy = InstanceNoise.Add(zeros(50_000, 2), 0.3, random);
        Assert.Equal(0.09, noisy.var().item<float>(), 0.0016); // s.e. 0.09 √(2/100,000) = 0.0004
        Assert.True(InstanceNoise.Add(ones(5, 2), 0, random).allclose(ones(5, 2), 0, 0));
    }

    [Fact]
    public void InstanceNoise_Schedule_IsALine()
    {
        var noise = new InstanceNoise(0.4, 0.1);
        Assert.Equal([0.4, 0.25, 0.1], [noise.SigmaAt(0), noise.SigmaAt(0.5), noise.SigmaAt(1)], (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Packing_PointsAndImages_JoinsNeighboursAlongFeatures()
    {
        var packed = Packing.Pack(arange(12, float32).view(6, 2), 3);
        Assert.Equal([2, 6], packed.shape);
        Assert.Equal([6f, 7, 8, 9, 10, 11], packed[1].data<float>().ToArray());
        var images = rand(4, 3, 5, 5);
        Assert.True(Packing.Pack(images, 2)[1].allclose(cat([images[2], images[3]]), 0, 0));
    }

    [Fact]
    public void Packing_BatchNotDivisible_IsRefusedWithTheShape() => Assert.Contains(
        "[5, 2]", Assert.Throws<ArgumentException>(() => Packing.Pack(zeros(5, 2), 2)).Message, StringComparison.Ordinal);

    // L_D = θψ, L_G = −θψ: ‖v‖² = θ² + ψ², so the term is γ/2 (θ² + ψ²) and pulls both to 0.
    [Fact]
    public void ConsensusTerm_BilinearGame_IsHalfGammaOfTheSquaredRadius()
    {
        var (theta, psi) = (tensor(3.0).requires_grad_(true), tensor(4.0).requires_grad_(true));
        var product = theta * psi;
        var term = ConsensusTerm.Of(product, [psi], -product, [theta], 0.5);
        Assert.Equal(0.25 * 25, term.item<double>(), 12);
        term.backward();
        Assert.Equal(0.5 * 3, theta.grad!.item<double>(), 12);
        Assert.Equal(0.5 * 4, psi.grad!.item<double>(), 12);
    }
}
