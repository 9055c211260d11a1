using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class LogitComparisonTests
{
    [Fact]
    public void ShareAbove_FewNumbers_IsTheCountOfPairs()
    {
        // pairs a > b: (2 > 1), (4 > 1), (4 > 3); ties: (3 = 3); of 3 · 2 pairs
        Assert.Equal((3 + 0.5 + 1) / 6, MannWhitney.ShareAbove([2, 3, 4], [1, 3]).Value, 12);
        Assert.Equal(1 - (3 + 0.5 + 1) / 6, MannWhitney.ShareAbove([1, 3], [2, 3, 4]).Value, 12);
    }

    // For N(t, 1) against N(0, 1) the share is Φ(t/√2); its error is the deviation over repetitions.
    [Fact]
    public void ShareAbove_Gaussians_IsTheClosedFormWithItsError()
    {
        var random = new SeededRandom(7);
        const int repetitions = 300, n = 80;
        var results = Enumerable.Range(0, repetitions).Select(_ => MannWhitney.ShareAbove(
            [.. Enumerable.Range(0, n).Select(_ => random.NextNormals().First + 0.7)],
            [.. Enumerable.Range(0, n).Select(_ => random.NextNormals().First)])).ToArray();
        double expected = GanNotebooks.Theory.SpecialFunctions.NormalCdf(0.7 / Math.Sqrt(2)), mean = results.Average(r => r.Value);
        double deviation = Math.Sqrt(results.Average(r => (r.Value - mean) * (r.Value - mean)));
        Assert.Equal(expected, mean, 5 * deviation / Math.Sqrt(repetitions));
        Assert.Equal(deviation, results.Average(r => r.StandardError), 0.2 * deviation); // its own error is 4 %; five of them
    }

    [Fact]
    public void Of_ThreeSamples_HoldsTheMeasuresOfAda()
    {
        var logits = LogitComparison.Of([2, 3, -1, 4], [0, 1, 0, 1], [-2, -2, -2.5, -1.5]);
        Assert.Equal(0.5, logits.TrainingSign.Value, 12); // three of four are positive
        Assert.Equal((2 - 0.5) / (2 + 2), logits.HeldOutShare.Value, 12);
        Assert.Equal(12.0 / 16, logits.MembershipAuc.Value, 12);
    }

    // The error of a ratio against its deviation over repetitions.
    [Fact]
    public void HeldOutShare_Error_IsTheDeviationOverRepetitions()
    {
        var random = new SeededRandom(8);
        double[] Sample(double mean) => [.. Enumerable.Range(0, 200).Select(_ => random.NextNormals().First + mean)];
        var shares = Enumerable.Range(0, 300).Select(_ => LogitComparison.Of(Sample(2), Sample(1), Sample(-1)).HeldOutShare).ToArray();
        double mean = shares.Average(s => s.Value), deviation = Math.Sqrt(shares.Average(s => (s.Value - mean) * (s.Value - mean)));
        Assert.Equal(1 / 3.0, mean, 5 * deviation / Math.Sqrt(300) + 1e-3);
        Assert.Equal(deviation, shares.Average(s => s.StandardError), 0.2 * deviation);
    }

    [Fact]
    public void ShareAbove_OneNumberOrNaN_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MannWhitney.ShareAbove([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => MannWhitney.ShareAbove([1, double.NaN], [1, 2]));
    }

    // Copies prefer the training points always; points of the law half the time, whatever the size of the pools.
    [Fact]
    public void NeighbourPreference_CopiesAndFreshPoints_AreOneAndOneHalf()
    {
        using var random = new Generator(3);
        using var training = new FeatureSet(randn(500, 3, generator: random), "space");
        using var heldOut = new FeatureSet(randn(500, 3, generator: random), "space");
        using var fresh = new FeatureSet(randn(4000, 3, generator: random), "space");
        Assert.Equal(1, NeighbourPreference.Of(training, training, heldOut).Training.Value);
        Assert.Equal(0.5, NeighbourPreference.Of(fresh, training, heldOut).Training.Value, 0.08); // the pools' own error is 0.016
        using var fewer = training.Sample(100, 1);
        Assert.Contains("equal size",
            Assert.Throws<ArgumentException>(() => NeighbourPreference.Of(fresh, fewer, heldOut)).Message, StringComparison.Ordinal);
    }
}
