using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Networks;

public sealed class DcganTests
{
    [Theory]
    [InlineData(28, 1)]
    [InlineData(28, 3)]
    [InlineData(32, 1)]
    [InlineData(32, 3)]
    [InlineData(64, 1)]
    [InlineData(64, 3)]
    [InlineData(8, 1)]
    [InlineData(36, 3)]
    public void Pair_AnyFittingSize_GivesImagesInRangeAndLogits(int size, int channels)
    {
        using var scope = NewDisposeScope();
        var images = Generator(size, channels).call(randn(3, 5));
        Assert.Equal([3, channels, size, size], images.shape);
        Assert.InRange(images.abs().max().item<float>(), 0, 1);
        Assert.Equal([3, 1], Discriminator(size, channels).call(images).shape);
    }

    [Theory]
    [InlineData(28, 3)]
    [InlineData(36, 2 + 1)]
    [InlineData(32, 3)]
    public void Generator_Deep_GivesTheSameSizes(int size, int blocks)
    {
        using var scope = NewDisposeScope();
        var g = new DcganGenerator(size, 1, noise: 5, width: 4, extraLayer: true).Dcgan(new Generator(1));
        Assert.Equal([2, 1, size, size], g.call(randn(2, 5)).shape);
        Assert.Equal(blocks, Norms(g).Length);
    }

    // 28, 14, 7, 4 with deep; 32, 16, 8, 4 in any case.
    [Theory]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    public void Discriminator_Deep_EndsWithFourByFour(int size, int side)
    {
        using var scope = NewDisposeScope();
        var d = new DcganDiscriminator(size, 1, width: 4, extraLayer: true).Dcgan(new Generator(1));
        var images = randn(2, 1, size, size);
        Assert.Equal([2, 1], d.call(images).shape);
        var features = d.Features(images);
        Assert.Equal([2, 16, side, side], features[^1].shape);
        Assert.Equal(2, Norms(d).Length);
    }

    // G: z·(4w)·7² is 28's only exception to "halve to 4": 28 = 7 · 2², 32 = 4 · 2³, 64 = 4 · 2⁴.
    [Theory]
    [InlineData(28, 5 * 8 * 49 + 2 * 8 + 8 * 4 * 16 + 2 * 4 + 4 * 16 + 1, 4 * 16 + 4 + 4 * 8 * 16 + 2 * 8 + 8 * 49 + 1)]
    [InlineData(32, 5 * 16 * 16 + 2 * 16 + 16 * 8 * 16 + 2 * 8 + 8 * 4 * 16 + 2 * 4 + 4 * 16 + 1,
        4 * 16 + 4 + 4 * 8 * 16 + 2 * 8 + 8 * 16 * 16 + 2 * 16 + 16 * 16 + 1)]
    public void Parameters_Counted_AreTheClosedForm(int size, long generator, long discriminator)
    {
        Assert.Equal(generator, Generator(size).parameters().Sum(p => p.numel()));
        Assert.Equal(discriminator, Discriminator(size).parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Keys_AreReadableAndRoundTrip()
    {
        foreach (var (network, other) in new (nn.Module, nn.Module)[] { (Generator(28), Generator(28, seed: 2)),
            (Discriminator(28), Discriminator(28, seed: 2)) })
        {
            Assert.All(network.state_dict().Keys, key => Assert.Matches(@"^(blocks\.\d\.(conv|norm)|output)\.\w+$", key));
            using var stream = new MemoryStream();
            using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
                network.save(writer);
            stream.Position = 0;
            using (var reader = new BinaryReader(stream))
                other.load(reader);
            Assert.All(network.state_dict(),
                entry => Assert.True(entry.Value.equal(other.state_dict()[entry.Key]).all().item<bool>(), entry.Key));
        }
    }

    // The paper's rules: batch normalisation everywhere but in G's last and D's first layer; biases only where no normalisation takes them
    // away.
    [Fact]
    public void Normalisation_IsEverywhereButAtOutputOfGAndInputOfD()
    {
        Assert.Equal(["blocks.0.norm", "blocks.1.norm", "blocks.2.norm"], Norms(Generator(32)));
        Assert.Equal(["blocks.1.norm", "blocks.2.norm"], Norms(Discriminator(32)));
    }

    // 4 standard errors of a mean and of a standard deviation over n weights: σ/√n and σ/√(2n).
    [Fact]
    public void Start_Dcgan_IsNormalOfDeviation002AndRepeats()
    {
        var weights = Generator(64, width: 16).named_parameters().ToDictionary(p => p.name, p => p.parameter);
        var w = weights["blocks.1.conv.weight"];
        Assert.InRange(w.mean().item<float>(), -4 * 0.02 / Math.Sqrt(w.numel()), 4 * 0.02 / Math.Sqrt(w.numel()));
        Assert.Equal(0.02, w.std().item<float>(), 4 * 0.02 / Math.Sqrt(2.0 * w.numel()));
        var scale = weights["blocks.1.norm.weight"]; // 64 numbers from N(1, 0.02²)
        Assert.Equal(1, scale.mean().item<float>(), 4 * 0.02 / Math.Sqrt(scale.numel()));
        Assert.True(scale.std().item<float>() > 0.01);
        Assert.All(weights.Where(p => p.Key.EndsWith("bias", StringComparison.Ordinal)),
            p => Assert.Equal(0, p.Value.abs().sum().item<float>()));
        Assert.True(w.equal(Generator(64, width: 16).get_parameter("blocks.1.conv.weight")!).all().item<bool>());
    }

    [Fact]
    public void Features_AreTheBlocksActivations_WhateverTheBatchAndTheMode()
    {
        using var scope = NewDisposeScope();
        var d = Discriminator(28);
        d.train();
        d.call(randn(16, 1, 28, 28)); // running statistics that are not the first ones
        var x = randn(6, 1, 28, 28);
        var before = d.state_dict().ToDictionary(e => e.Key, e => e.Value.clone());
        var all = d.Features(x);
        Assert.Equal([6, 4, 14, 14], all[0].shape);
        Assert.Equal([6, 8, 7, 7], all[1].shape);
        Assert.True(Assert.Single(d.Features(x, count: 1)).equal(all[0]).all().item<bool>());
        Assert.Throws<ArgumentOutOfRangeException>(() => d.Features(x, count: 3));
        var one = d.Features(x.narrow(0, 2, 1));
        Assert.Equal(0, (one[1] - all[1].narrow(0, 2, 1)).abs().max().item<float>(), 1e-5); // float32 sums in another order
        Assert.True(all[1].min().item<float>() < 0 && d.training);
        Assert.All(before, e => Assert.True(e.Value.equal(d.state_dict()[e.Key]).all().item<bool>(), e.Key));
        d.eval();
        var logits = nn.functional.conv2d(all[1], d.get_parameter("output.weight")!, d.get_parameter("output.bias")!).view(-1, 1);
        Assert.Equal(0, (logits - d.call(x)).abs().max().item<float>(), 1e-5);
    }

    [Fact]
    public void EvaluationMode_MixedModes_ComeBackAsTheyWere()
    {
        var d = Discriminator(28);
        d.train();
        d.named_modules().Single(m => m.name == "blocks.1.norm").module.eval(); // a layer that a reader froze
        using (new EvaluationMode(d))
            Assert.All(d.modules(), m => Assert.False(m.training));
        Assert.True(d.training);
        Assert.Equal(["blocks.1.norm"], d.named_modules().Where(m => !m.module.training).Select(m => m.name));
    }

    [Fact]
    public void Shapes_ThatDoNotFit_AreNamed()
    {
        Assert.Contains("got 30; the next that fits is 32", Assert.Throws<ArgumentException>(() => new DcganGenerator(30)).Message,
            StringComparison.Ordinal);
        Assert.Contains("got 4; the next that fits is 8", Assert.Throws<ArgumentException>(() => new DcganDiscriminator(4)).Message,
            StringComparison.Ordinal);
        Assert.Contains("got 2", Assert.Throws<ArgumentException>(() => new DcganDiscriminator(28, channels: 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("expected images [N, 1, 28, 28], got [2, 784]",
            Assert.Throws<ArgumentException>(() => Discriminator(28).call(zeros(2, 784))).Message, StringComparison.Ordinal);
        Assert.Contains("expected noise [N, 5], got [2, 4]",
            Assert.Throws<ArgumentException>(() => Generator(28).call(zeros(2, 4))).Message, StringComparison.Ordinal);
    }

    private static string[] Norms(nn.Module m) =>
        [.. m.named_modules().Where(n => n.module is TorchSharp.Modules.BatchNorm2d).Select(n => n.name)];

    private static DcganGenerator Generator(int size, int channels = 1, int seed = 1, int width = 4) =>
        new DcganGenerator(size, channels, noise: 5, width).Dcgan(new Generator((ulong)seed));

    private static DcganDiscriminator Discriminator(int size, int channels = 1, int seed = 1) =>
        new DcganDiscriminator(size, channels, width: 4).Dcgan(new Generator((ulong)seed));
}
