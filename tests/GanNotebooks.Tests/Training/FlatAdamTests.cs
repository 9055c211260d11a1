using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class FlatAdamTests
{
    private static readonly AdamConfig Config = new(3e-3, 0.5, 0.99);

    // The same formula in another order of operations: each of 200 updates of size ≤ lr rounds to some 1e-7 of itself.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_200Times_EqualsTorchsAdamWithinRounding(bool byTensors)
    {
        var (ours, theirs) = (Network(), Network());
        using var flat = new FlatParameters(ours);
        using var adam = new FlatAdam(flat, Config);
        using var torchs = optim.Adam(theirs.parameters(), Config.LearningRate, Config.Beta1, Config.Beta2, Config.Epsilon);
        using var random = new Generator(5);
        for (int i = 0; i < 200; i++)
        {
            foreach (var (own, other) in ours.parameters().Zip(theirs.parameters()))
            {
                var gradient = randn(own.shape, generator: random);
                own.grad!.copy_(gradient);
                other.grad = gradient;
            }
            torchs.step();
            if (byTensors)
            {
                var (rate, root) = adam.Corrections(Config.LearningRate, ++adam.Updates);
                adam.StepByTensors(rate, root);
            }
            else
            {
                adam.Step(Config.LearningRate);
            }
        }
        foreach (var (own, other) in ours.parameters().Zip(theirs.parameters()))
            Assert.Equal(0, (own - other).abs().max().item<float>(), 2e-6);
    }

    [Fact]
    public void Step_FirstOfConstantGradient_MovesByTheLearningRate()
    {
        var network = Network();
        using var flat = new FlatParameters(network);
        using var adam = new FlatAdam(flat, Config);
        var before = flat.Values.clone();
        flat.Gradients.fill_(7);
        adam.Step(0.25);
        Assert.True((before - flat.Values).allclose(full_like(before, 0.25), 1e-5, 1e-6));
    }

    [Fact]
    public void FlatParameters_Network_SharesMemoryBothWaysAndBackwardFillsTheGradients()
    {
        var network = Network();
        using var flat = new FlatParameters(network);
        using (no_grad())
            flat.Values.fill_(0.5);
        Assert.All(TinyRun.Weights(network), w => Assert.Equal(0.5f, w));
        network.call(ones(4, 3)).sum().backward();
        Assert.Equal(network.parameters().Sum(p => p.grad!.sum().item<float>()), flat.Gradients.sum().item<float>(), 1e-3);
        Assert.NotEqual(0, flat.Gradients.sum().item<float>());
    }

    [Fact]
    public void FlatParameters_Disposed_LeaveTheNetworkUsable()
    {
        var network = Network();
        float[] before = TinyRun.Weights(network);
        new FlatParameters(network).Dispose();
        GC.Collect();
        Assert.Equal(before, TinyRun.Weights(network));
        network.call(ones(4, 3)).sum().backward();
    }

    // 68 + 12 = 80 - not a multiple of a vector
    private static MultilayerPerceptron Network() => new MultilayerPerceptron(3, [7, 5], [2]).UniformFanIn(new Generator(2));
}
