using GanNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

/// <summary>Pairs keep together, and the controls take apart only what they say.</summary>
public sealed class ConditionedBatchesTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void NextPair_LabelledImages_AreTheImagesOfTheSameOrderWithTheirLabels()
    {
        using var pairs = new LabelledImages(Mnist.Test().Take(300), seed: 3);
        using var plain = new ShuffledBatches(Mnist.Test().Take(300), seed: 3);
        for (int i = 0; i < 6; i++) // past the end of an epoch
        {
            var (images, classes) = pairs.NextPair(64);
            var (expected, labels) = plain.NextLabelled(64);
            Assert.True(images.equal(expected).all().item<bool>());
            Assert.Equal(labels.data<long>().ToArray(), classes.argmax(1).data<long>().ToArray());
            Assert.Equal(64f, classes.sum().item<float>());
            Assert.Equal(plain.Position, pairs.Position);
        }
    }

    [Fact]
    public void SampleConditions_LabelledImages_AreTheClassesInTurnAndMoveNothing()
    {
        using var pairs = new LabelledImages(Mnist.Test().Take(30));
        var before = pairs.Position;

        Assert.Equal([2L, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3], pairs.SampleConditions(12, 1).argmax(1).data<long>().ToArray());
        Assert.Equal(before, pairs.Position);
    }

    [Fact]
    public void NextPair_Shuffled_KeepsSamplesAndTheCountOfEachCondition()
    {
        using var pairs = new LabelledImages(Mnist.Test().Take(300), seed: 3);
        using var shuffled = new ShuffledPairs(new LabelledImages(Mnist.Test().Take(300), seed: 3));
        for (int i = 0; i < 3; i++)
        {
            var (x, c) = pairs.NextPair(64);
            var (x2, c2) = shuffled.NextPair(64);
            Assert.True(x.equal(x2).all().item<bool>());
            Assert.Equal(c.sum(dim: 0).data<float>().ToArray(), c2.sum(dim: 0).data<float>().ToArray());
            long kept = c.argmax(1).eq(c2.argmax(1)).sum().item<long>();
            Assert.InRange(kept, 0, 25); // 6.4 by chance; 25 is more than seven standard deviations above
        }
    }

    [Fact]
    public void Seek_ShuffledPairs_RepeatsTheBatch()
    {
        using var shuffled = new ShuffledPairs(new LabelledImages(Mnist.Test().Take(300), seed: 3));
        shuffled.NextPair(64);
        var position = shuffled.Position;
        var first = shuffled.NextPair(64);
        var other = shuffled.NextPair(64);
        shuffled.Seek(position);
        var again = shuffled.NextPair(64);

        Assert.True(first.Conditions.equal(again.Conditions).all().item<bool>());
        Assert.False(first.Conditions.equal(other.Conditions).all().item<bool>());
    }

    [Fact]
    public void NextPair_GaussianClasses_HaveTheirMeansAndShares()
    {
        using var data = new GaussianClasses([-2, 3], std: 0.5, weights: [0.2, 0.8], seed: 5);
        var (x, c) = data.NextPair(20_000);
        double share = c[.., 0].mean().item<float>(), first = (x[.., 0] * c[.., 0]).sum().item<float>() / (20_000 * share);

        Assert.InRange(share, 0.2 - 4 * 0.0028, 0.2 + 4 * 0.0028); // √(0.16 / 20,000)
        Assert.InRange(first, -2 - 4 * 0.0079, -2 + 4 * 0.0079); // 0.5 / √4,000
        Assert.Throws<ArgumentException>(() => new GaussianClasses([0, 1], weights: [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => new GaussianClasses([0, 1], std: 0));
    }
}
