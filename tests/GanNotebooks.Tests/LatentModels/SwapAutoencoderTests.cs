using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

public sealed class SwapAutoencoderTests
{
    private const int Encoder = 16 * 5 + 5 + 5 * 2 + 2, Decoder = 2 * 5 + 5 + 5 * 16 + 16;

    [Theory]
    [InlineData(SwapLayout.SharedEncoder, Encoder + 2 * Decoder)]
    [InlineData(SwapLayout.OneDecoder, Encoder + Decoder)]
    [InlineData(SwapLayout.SeparateEncoders, 2 * Encoder + 2 * Decoder)]
    public void Parameters_Layout_AreThoseOfItsParts(SwapLayout layout, int expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, Create(layout).parameters().Sum(p => p.numel()));
    }

    // The mutation "the other decoder is not used" would make the swap equal to the reconstruction.
    [Fact]
    public void Swap_SharedEncoder_DecodesTheSameCodeWithTheOtherDecoder()
    {
        using var scope = NewDisposeScope();
        var (model, images) = (Create(SwapLayout.SharedEncoder), Images());
        var swapped = model.Swap(images, 0);
        Assert.True(swapped.Equals(model.Decode(model.Encode(images, 1), 1)));
        Assert.True((swapped - model.Reconstruct(images, 0)).abs().max().item<float>() > 0.05);
        var one = Create(SwapLayout.OneDecoder);
        Assert.True(one.Swap(images, 0).Equals(one.Reconstruct(images, 0)));
        var two = Create(SwapLayout.SeparateEncoders);
        Assert.True((two.Encode(images, 0) - two.Encode(images, 1)).abs().max().item<float>() > 0.05);
    }

    [Fact]
    public void Backward_Batch_ReturnsTheMeanSquaredErrorOfBothSets()
    {
        using var scope = NewDisposeScope();
        var (model, first, second) = (Create(SwapLayout.SharedEncoder), Images(), Images(9));
        using var random = new Generator(1);
        double expected = ((model.Reconstruct(first, 0) - first).square().mean() / 2
            + (model.Reconstruct(second, 1) - second).square().mean() / 2).item<float>();
        Assert.Equal(expected, model.Backward(stack([first, second], 1), random).item<float>(), 1e-6);
        Assert.All(model.parameters(), p => Assert.True(p.grad is { } g && g.abs().sum().item<float>() > 0));
    }

    [Fact]
    public void Call_OtherShape_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Create(SwapLayout.SharedEncoder).call(zeros(3, 1, 4, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(SwapLayout.SharedEncoder).Encode(Images(), 2));
    }

    // One number decides: N(±1, 1) have TV = 2Φ(1) - 1, so that the best accuracy is Φ(1) = 0.8413.
    [Fact]
    public void Detector_TwoGaussians_ReachesTheBoundAndNoMore()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2);
        Tensor Draw(double mean) => randn([20_000, 1], generator: random) + mean;
        using var weights = new Generator(1);
        var detector = new Detector(new MultilayerPerceptron(1, [8], [1], Activation.LeakyReLU).UniformFanIn(weights));
        var config = new ModelConfig { Steps = 200, BatchSize = 64, Optimizer = new AdamConfig(1e-2, Beta1: 0.9) };
        using var trainer = new ModelTrainer(config, detector, new TwoSets("laws", Draw(1), Draw(-1), seed: 1));
        trainer.Run();
        var (value, error) = detector.Accuracy(Draw(1), Draw(-1));
        Assert.InRange(value, 0.8413 - 0.01, 0.8413 + 3.5 * error);
        Assert.InRange(error, 0.0015, 0.0025); // √(0.84 · 0.16 / 40,000)
        Assert.Equal(0.5, detector.Accuracy(Draw(1), Draw(1)).Value, 0.015);
        Assert.True(trainer.History[^1].Loss < Math.Log(2));
    }

    private static SwapAutoencoder Create(SwapLayout layout)
    {
        using var weights = new Generator(1);
        return new SwapAutoencoder([1, 4, 4], [5], 2, layout, weights);
    }

    private static Tensor Images(ulong seed = 3)
    {
        using var random = new Generator(seed);
        return rand([6, 1, 4, 4], generator: random) * 2 - 1;
    }
}
