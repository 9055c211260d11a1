using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class ResidualTests
{
    [Theory]
    [InlineData(28, 1)]
    [InlineData(32, 3)]
    [InlineData(64, 1)]
    public void Pair_AnyFittingSize_GivesImagesInRangeAndLogits(int size, int channels)
    {
        using var scope = NewDisposeScope();
        var images = new ResidualGenerator(size, channels, noise: 5, width: 4).Fixup(new Generator(1)).call(randn(3, 5));
        Assert.Equal([3, channels, size, size], images.shape);
        Assert.InRange(images.abs().max().item<float>(), 0, 1);
        Assert.Equal([3, 1], new ResidualDiscriminator(size, channels, width: 4).Fixup(new Generator(1)).call(images).shape);
    }

    [Fact]
    public void Parameters_Counted_AreTheClosedForm()
    {
        const int block = 2 * (4 * 4 * 9 + 4);
        Assert.Equal(5 * 4 * 49 + 2 * block + 4 * 16 + 1,
            new ResidualGenerator(28, 1, noise: 5, width: 4).parameters().Sum(p => p.numel()));
        Assert.Equal(4 * 16 + 4 + 2 * block + 4 * 49 + 1, new ResidualDiscriminator(28, 1, width: 4).parameters().Sum(p => p.numel()));
    }

    // Each block is the identity at the start, so D is linear in its first layer's activations but for the LeakyReLUs; and no normalisation
    // ties samples together.
    [Fact]
    public void Start_Fixup_BlocksAreTheIdentity_AndSamplesAreAlone()
    {
        using var scope = NewDisposeScope();
        var block = new ResidualBlock(4);
        var wrapped = nn.Sequential(block).Fixup(new Generator(1));
        var x = randn(2, 4, 5, 5);
        Assert.True(wrapped.call(x).equal(x).all().item<bool>());
        var d = new ResidualDiscriminator(28, 1, width: 4).Fixup(new Generator(1));
        var images = randn(6, 1, 28, 28);
        // float32 sums in another order
        Assert.Equal(0, (d.call(images).narrow(0, 2, 1) - d.call(images.narrow(0, 2, 1))).abs().max().item<float>(), 1e-5);
    }

    [Fact]
    public void Trainer_RelativisticWithBothPenalties_Trains()
    {
        var weights = new Generator(5);
        var config = new TrainingConfig
        {
            Steps = 30, BatchSize = 8, NoiseDimension = 5, Loss = new RelativisticPairedLoss(),
            Penalty = ZeroCenteredGradientPenalty.Both(0.1), RecordEvery = 1,
            DiscriminatorOptimizer = new AdamConfig(1e-3, 0, 0.99), GeneratorOptimizer = new AdamConfig(1e-3, 0, 0.99),
        };
        using var trainer = new Trainer(config, new ResidualGenerator(28, 1, 5, 4).Fixup(weights),
            new ResidualDiscriminator(28, 1, 4).Fixup(weights), new ShuffledBatches(Mnist.Train().Take(100)));
        trainer.Run();
        Assert.True(trainer.History[^1].Penalty > 0);
        // below what a D that sees no difference pays
        Assert.True(trainer.History.Skip(20).Average(r => r.DiscriminatorLoss) < Math.Log(2));
    }
}
