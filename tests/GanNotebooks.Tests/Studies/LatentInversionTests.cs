using GanNotebooks.Networks;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class LatentInversionTests
{
    [Fact]
    public void Of_LinearGenerator_FindsTheLeastSquaresSolution()
    {
        using var scope = NewDisposeScope();
        var generator = new MultilayerPerceptron(2, [], [5]).UniformFanIn(new Generator(1));
        var (weight, bias) = (generator.parameters().First().detach(), generator.parameters().Last().detach());
        var x = randn([4, 5], generator: new Generator(2));
        var best = linalg.lstsq(weight, (x - bias).t()).Solution.t(); // [4, 2]
        using var inversion = LatentInversion.Of(generator, x, 2, steps: 600, learningRate: 0.05);
        // Adam's steps at a constant rate end within a hundredth
        Assert.Equal(0, (inversion.Codes - best).abs().max().item<float>(), 0.01f);
        float[] residual = (best.mm(weight.t()) + bias - x).square().mean([1]).data<float>().ToArray();
        for (int n = 0; n < 4; n++)
            Assert.Equal(residual[n], inversion.Errors[n], 1e-4);
    }

    [Fact]
    public void Of_ImagesOfTheGenerator_AreFoundAgainAndTheGeneratorIsLeftAlone()
    {
        using var scope = NewDisposeScope();
        var generator = new DcganGenerator(8, noise: 3, width: 4).Dcgan(new Generator(1));
        generator.eval();
        var x = generator.call(randn([3, 3], generator: new Generator(5))).detach();
        generator.train();
        var before = generator.state_dict().ToDictionary(p => p.Key, p => p.Value.clone());
        using var inversion = LatentInversion.Of(generator, x, 3, starts: 4, steps: 300);
        double variance = x.var(0, unbiased: false).mean().item<float>();
        Assert.All(inversion.Errors, e => Assert.InRange(e, 0, variance / 20)); // a stranger's image would be off by twice the variance
        Assert.All(generator.state_dict(), p => Assert.Equal(0, (p.Value - before[p.Key]).abs().max().to(float32).item<float>()));
        Assert.True(generator.training && generator.parameters().All(p => p.requires_grad && p.grad is null));
    }
}
