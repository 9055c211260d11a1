using GanNotebooks.Metrics;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class MemorisationTests
{
    [Fact]
    public void Find_FeatureSets_EqualTheDoubleLoopAcrossBlocks()
    {
        using var samples = Normal(2100, 1, 0, Ones(3)); // more than one block of samples
        using var data = Normal(500, 2, 0, Ones(3));
        var found = NearestNeighbours.Find(samples, data);
        double[][] x = Rows(samples), y = Rows(data);
        foreach (int i in new[] { 0, 1999, 2000, 2099 })
        {
            var (index, distance) = y.Select((row, j) => (j, Math.Sqrt(Squared(row, x[i])))).MinBy(p => p.Item2);
            Assert.Equal(index, found.Indices[i]);
            Assert.Equal(distance, found.Distances[i], 1e-5);
        }
    }

    [Fact]
    public void Of_HonestSampler_IsOneHalfWithinItsError()
    {
        int hits = Enumerable.Range(0, 20).Count(seed =>
        {
            using var training = Normal(300, 3 * seed, 0, Ones(4));
            using var heldOut = Normal(200, 3 * seed + 1, 0, Ones(4));
            using var samples = Normal(200, 3 * seed + 2, 0, Ones(4));
            var closer = Memorisation.Of(samples, training, heldOut).Closer;
            return Math.Abs(closer.Value - 0.5) < 2 * closer.StandardError;
        });
        Assert.True(hits >= 16, $"{hits} of 20 within two standard errors");
    }

    [Fact]
    public void Of_Copies_AreCloserThanAnything()
    {
        using var training = Normal(300, 1, 0, Ones(4));
        using var heldOut = Normal(200, 2, 0, Ones(4));
        using var copies = training.Sample(100, 3);
        var result = Memorisation.Of(copies, training, heldOut);
        Assert.Equal((1.0, 0.0, 1.0), (result.Closer.Value, result.MedianRatio, result.CopyShare.Value));
    }

    [Fact]
    public void Of_FarSamples_AreNeverCloser()
    {
        using var training = Normal(300, 1, 0, Ones(4));
        using var heldOut = Normal(200, 2, 0, Ones(4));
        using var far = Normal(100, 3, 50, Ones(4));
        var result = Memorisation.Of(far, training, heldOut);
        Assert.Equal((0.0, 0.0), (result.Closer.Value, result.CopyShare.Value));
        Assert.True(result.MedianRatio > 10);
    }

    [Fact]
    public void Closer_Ties_CountHalf()
    {
        using var training = Set(zeros([2, 1], float64));
        using var samples = Set(tensor(new double[] { 1, 2 }, [2, 1]));
        using var heldOut = Set(tensor(new double[] { 2, 3 }, [2, 1]));
        Assert.Equal((1 + 1 + 0.5 + 1) / 4, Memorisation.Of(samples, training, heldOut).Closer, 1e-12); // 1 < 2, 1 < 3, 2 = 2, 2 < 3
    }
}
