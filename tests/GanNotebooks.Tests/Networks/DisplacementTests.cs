using GanNotebooks.Data;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class DisplacementTests : IDisposable
{
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    // Displacement k of a window of 5 × 5: k / 5 - 2 rows down, k % 5 - 2 columns to the right.
    [Theory]
    [InlineData(12, 0, 0)]
    [InlineData(23, 2, 1)]
    [InlineData(1, -2, -1)]
    public void Displaced_EachPlace_IsTheFrameMoved(int place, int down, int right)
    {
        var frame = zeros(1, 1, 9, 9);
        frame[0, 0, 4, 4] = 1;
        var moved = MotionFeatures.Displaced(frame, 2).view(1, 25, 9, 9)[0, place];
        Assert.Equal(1, moved[4 + down, 4 + right].item<float>());
        Assert.Equal(1, moved.sum().item<float>());
    }

    [Fact]
    public void Correlations_FrameMoved_AreOneAtItsPlace()
    {
        using var data = new BouncingDigits(Mnist.Test().Take(20), seed: 1);
        var (conditions, down, _) = data.Branches(10);
        var (last, next) = (MotionFeatures.Frame(conditions, 1), MotionFeatures.Frame(down, 0));
        var fit = MotionFeatures.Correlations(last, next, 2); // [N, 25]
        Assert.All(fit.argmax(1).data<long>().ToArray(), k => Assert.Contains(k, new long[] { 21, 23 })); // two down, one across
        Assert.True((fit.amax([1L]) - 1).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void Generator_Frames_AreWeightedSumsOfDisplacedFrames()
    {
        using var weights = new Generator(1);
        var g = new DisplacementGenerator(2, 16, 4, 2).UniformFanIn(weights);
        using var data = new BouncingDigits(Mnist.Test().Take(20), seed: 1);
        var conditions = data.SampleConditions(6);
        var z = randn([6, 4], generator: weights);
        var w = g.Weights(z, conditions);
        Assert.Equal([6L, 25], w.shape);
        Assert.True((w.sum(dim: 1) - 1).abs().max().item<float>() < 1e-5);
        var y = (g.call(z, conditions) + 1) / 2;
        double energy = y.sum().item<float>(), before = ((conditions.narrow(1, 1, 1) + 1) / 2).sum().item<float>();
        Assert.InRange(energy, 0.5 * before, before + 1e-3); // ink is moved, and lost only over the border
        Assert.InRange(Apart(g.call(z.flip(0), conditions), g.call(z, conditions)), 1e-3, 10); // z matters
        Assert.Throws<ArgumentException>(() => g.call(z, conditions.narrow(1, 0, 1)));
    }

    // A discriminator that did not see its condition could not tell a shuffled pair.
    [Fact]
    public void Discriminator_OtherCondition_GivesAnotherLogit()
    {
        using var weights = new Generator(1);
        var d = new DisplacementDiscriminator(2, 16, 2).UniformFanIn(weights);
        using var data = new BouncingDigits(Mnist.Test().Take(20), seed: 1);
        var (conditions, down, up) = data.Branches(6);
        Assert.Equal([6L, 1], d.call(down, conditions).shape);
        Assert.InRange(Apart(d.call(down, conditions), d.call(down, conditions.flip(0))), 1e-3, 10);
        Assert.InRange(Apart(d.call(down, conditions), d.call(up, conditions)), 1e-3, 10);
    }

    // Rounding makes such tensors unequal by some 1e-7, so that unequal says nothing about the condition.
    private static float Apart(Tensor a, Tensor b) => (a - b).abs().max().item<float>();

    public void Dispose() => scope.Dispose();
}
