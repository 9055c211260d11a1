using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class LinearProbeComparisonTests
{
    [Fact]
    public void Run_PixelsAgainstBlindness_PixelsWin()
    {
        using var comparison = new LinearProbeComparison(Mnist.Train().Take(2000), Mnist.Test().Take(500),
            [("pixels", x => x), ("mean brightness", x => x.mean([1L, 2L, 3L]).unsqueeze(1))]);
        var results = comparison.Run([100], [1, 2]);
        Assert.Equal(4, results.Count);
        Assert.All(results.Where(r => r.Features == "pixels"), r => Assert.InRange(r.Accuracy, 0.55, 0.9)); // a hundred labels
        Assert.All(results.Where(r => r.Features == "mean brightness"), r => Assert.InRange(r.Accuracy, 0.05, 0.35));
        Assert.Equal(results, comparison.Run([100], [1, 2]));
    }

    [Fact]
    public void Pooled_SmallDiscriminator_HasSixteenNumbersForEachChannel()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new DcganDiscriminator(width: 3).Dcgan(new Generator(1));
        var x = Mnist.Test().Take(5).ToTensor();
        var features = LinearProbeComparison.Pooled(discriminator)(x);
        Assert.Equal([5, 16 * (3 + 6)], features.shape);
        // no look at the rest of the batch
        Assert.Equal(0, (features[..1] - LinearProbeComparison.Pooled(discriminator)(x[..1])).abs().max().item<float>(), 1e-5f);
    }

    // The activation can be undone: below zero it only shrinks.
    [Fact]
    public void DenseRandom_OnItsOwnImages_IsNormalisedBeforeTheActivation()
    {
        using var scope = NewDisposeScope();
        var data = Mnist.Train().Take(300);
        var features = LinearProbeComparison.DenseRandom(data, 40, seed: 3)(data.ToTensor());
        Assert.Equal([300, 40], features.shape);
        var before = where(features.gt(0), features, features / 0.2f);
        Assert.InRange(before.mean([0]).abs().max().item<float>(), 0, 1e-3);
        Assert.InRange((before.std(0, unbiased: false) - 1).abs().max().item<float>(), 0, 1e-3);
        Assert.True(features.equal(LinearProbeComparison.DenseRandom(data, 40, seed: 3)(data.ToTensor())).all().item<bool>());
        Assert.False(features.equal(LinearProbeComparison.DenseRandom(data, 40, seed: 4)(data.ToTensor())).all().item<bool>());
    }

    [Fact]
    public void PrincipalComponents_All_KeepDistances()
    {
        using var scope = NewDisposeScope();
        var data = Mnist.Train().Take(50);
        var (x, map) = (data.ToTensor(), LinearProbeComparison.PrincipalComponents(data, 49));
        var (pixels, components) = (x.flatten(1).to(float64), map(x));
        // 50 points span 49 directions
        Assert.Equal((pixels[0] - pixels[1]).norm().item<double>(), (components[0] - components[1]).norm().item<double>(), 1e-6);
    }

    [Fact]
    public void Labelled_BudgetAndSeed_AreTheImagesOfTheComparison()
    {
        using var comparison = new LinearProbeComparison(Mnist.Train().Take(100), Mnist.Test().Take(10), []);
        using var batches = new ShuffledBatches(Mnist.Train().Take(100), 3);
        var (_, labels) = batches.NextLabelled(20);
        Assert.Equal(labels.data<long>().Select(l => (byte)l), comparison.Labelled(20, 3).Labels.ToArray());
    }
}
