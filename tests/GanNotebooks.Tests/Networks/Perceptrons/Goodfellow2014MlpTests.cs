using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Tests.Training;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class Goodfellow2014MlpTests
{
    [Fact]
    public void Parameters_Counted_AreTheClosedForm()
    {
        Assert.Equal(100 * 1200 + 1200 + 1200 * 1200 + 1200 + 1200 * 784 + 784,
            Goodfellow2014Mlp.Generator(new Generator(1)).parameters().Sum(p => p.numel()));
        Assert.Equal(784 * 1200 + 1200 + 240 * 1200 + 1200 + 240 + 1,
            Goodfellow2014Mlp.Discriminator(new Generator(1)).parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Start_WeightsLieInTheirRange()
    {
        Assert.InRange(Largest(Goodfellow2014Mlp.Generator(new Generator(1))), 0.0499f, 0.05f);
        Assert.InRange(Largest(Goodfellow2014Mlp.Discriminator(new Generator(1))), 0.00499f, 0.005f);
        static float Largest(nn.Module m) => m.parameters().Max(p => p.abs().max().item<float>());
    }

    [Fact]
    public void Discriminator_Keys_AreReadable() =>
        Assert.All(Goodfellow2014Mlp.Discriminator(new Generator(1)).state_dict().Keys,
            key => Assert.Matches(@"^(hidden\d\.linear\.(weight|bias)|output\.(weight|bias)|dropout\d\.calls)$", key));

    [Fact]
    public void Discriminator_Modes_DifferByTheDropout()
    {
        using var scope = NewDisposeScope();
        var d = Goodfellow2014Mlp.Discriminator(new Generator(1));
        var x = randn(4, 1, 28, 28);
        d.train();
        Assert.False(d.call(x).equal(d.call(x)).all().item<bool>());
        d.eval();
        Assert.True(d.call(x).equal(d.call(x.flatten(1))).all().item<bool>());
    }

    [Fact]
    public void Discriminator_AnotherSize_IsNamed() => Assert.Contains(
        "784 numbers in a row, got [2, 783]",
        Assert.Throws<ArgumentException>(() => Goodfellow2014Mlp.Discriminator(new Generator(1)).call(zeros(2, 783))).Message,
        StringComparison.Ordinal);

    // Without weights the sigmoid gives its bias alone: the mean image, in our range.
    [Fact]
    public void OriginalGenerator_WithoutWeights_DrawsTheMeanImage()
    {
        using var scope = NewDisposeScope();
        var images = Mnist.Train().Take(50).ToTensor();
        var g = Goodfellow2014Mlp.OriginalGenerator(new Generator(1), images);
        using (no_grad())
        {
            foreach (var (_, weight) in g.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal)))
                weight.zero_();
        }
        Assert.Equal(0, (g.call(randn(3, 100)) - images.mean([0L])).abs().max().item<float>(), 1e-5);
    }

    // The same network behind (x + 1)/2.
    [Fact]
    public void OriginalDiscriminator_Image_SeesPixelsBetweenZeroAndOne()
    {
        using var scope = NewDisposeScope();
        var d = Goodfellow2014Mlp.OriginalDiscriminator(new Generator(1));
        var plain = Goodfellow2014Mlp.Discriminator(new Generator(1));
        d.eval();
        plain.eval();
        var x = randn(4, 1, 28, 28);
        Assert.Equal(0, (d.call(x) - plain.call((x + 1) / 2)).abs().max().item<float>(), 1e-7);
    }

    // The counter of the dropout is a buffer: a checkpoint holds it.
    [Fact]
    public void Trainer_LoadedAtHalf_GoesOnBitForBit()
    {
        string file = Path.GetTempFileName();
        using var whole = Create().Run();
        using (var half = Create().Run(until: 2))
            half.Save(file);
        using var resumed = Create();
        resumed.Load(file);
        resumed.Run();
        File.Delete(file);
        Assert.Equal(whole.State(), resumed.State());
    }

    private static Trainer Create()
    {
        var weights = new Generator(5);
        var config = new TrainingConfig { Steps = 4, BatchSize = 10, NoiseDimension = 100, Noise = NoiseKind.Uniform };
        return new Trainer(config, Goodfellow2014Mlp.Generator(weights), Goodfellow2014Mlp.Discriminator(weights, seed: 5),
            new ShuffledBatches(Mnist.Train().Take(100)));
    }
}
