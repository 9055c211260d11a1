using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>What the measures make of samplers that are wrong in a known way.</summary>
public sealed class ImageEvaluatorTests
{
    private const int Count = 500;

    private static Tensor Shuffled(ImageDataset data) =>
        data.ToTensor().index_select(0, tensor(new SeededRandom(1).NextPermutation(data.Count).Select(i => (long)i).ToArray()));

    [Fact]
    public void Judge_SamplersWrongInAKnownWay_AreSeenByTheRightMeasure()
    {
        using var network = RecordedClassifier.Digits();
        var training = Mnist.Train().Take(2000);
        var digits = Shuffled(Mnist.Test());
        using var judge = new ImageEvaluator(network, training, digits.narrow(0, 0, 1500));
        var real = judge.Evaluate(digits.narrow(0, 2000, Count));
        Verdict Says(string measure, Tensor images) => judge.Evaluate(images)[measure].Against(real[measure]);

        var copies = judge.Evaluate(training.ToTensor().narrow(0, 0, Count));
        Assert.Equal((1.0, 1.0), (copies.FeatureMemory.Closer.Value, copies.PixelMemory.Closer.Value));
        Assert.DoesNotContain(copies.Measures.SkipLast(2), m => m.Against(real[m.Name]) == Verdict.Worse); // nothing else sees a memoriser
        Assert.Equal(Verdict.Worse, Says("recall", digits.narrow(0, 2000, 10).repeat(Count / 10, 1, 1, 1)));
        Assert.Equal(Verdict.Worse, Says("Fréchet distance", nn.functional.avg_pool2d(digits.narrow(0, 2000, Count) + 1, 3, 1, 1) - 1));
        var sevens = Shuffled(Mnist.Test().Where(label => label == 7)).narrow(0, 0, Count);
        Assert.Equal(Verdict.Worse, Says("label distance", sevens));
        Assert.Equal(Verdict.Worse, Says("classifier score", sevens));
    }

    [Theory]
    [InlineData(1.0, true, Verdict.Alike)]
    [InlineData(1.44, true, Verdict.Better)]
    [InlineData(1.44, false, Verdict.Worse)]
    [InlineData(0.56, true, Verdict.Worse)]
    [InlineData(1.41, true, Verdict.Alike)] // three errors of the difference are 0.424
    public void Against_RealWithError_NeedsThreeStandardErrorsOfTheDifference(double value, bool higherIsBetter, Verdict expected) =>
        Assert.Equal(
        expected, new Measure("m", new MeanWithError(value, 0.1), higherIsBetter)
            .Against(new Measure("m", new MeanWithError(1, 0.1), higherIsBetter)));

    [Fact]
    public void KMeans_ThreeClusters_FindsTheirMeansAndNeverGetsWorse()
    {
        var rows = cat([.. new[] { 0.0, 10, 20 }.Select((c, i) => randn([100, 2], float64, CPU, generator: new Generator((ulong)i)) + c)]);
        using var points = Clouds.Set(rows);
        var fit = KMeans.Fit(points, 3, 10, seed: 2);
        Assert.Equal(fit.MeanSquares.OrderDescending(), fit.MeanSquares);
        double[] expected = [.. rows.split(100).Select(c => c.narrow(1, 0, 1).mean().item<double>())];
        Assert.All(expected.Zip(Clouds.Rows(fit.Centres).Select(r => r[0]).Order()), p => Assert.Equal(p.First, p.Second, 1e-10));
        fit.Centres.Dispose();
    }

    [Fact]
    public void KMeans_AsSamples_BeatsRealPointsUnderAParzenWindow()
    {
        using var pool = Clouds.Normal(2000, 1, 0, Clouds.Ones(20));
        using var validation = Clouds.Normal(300, 2, 0, Clouds.Ones(20));
        using var test = Clouds.Normal(300, 3, 0, Clouds.Ones(20));
        using var real = pool.Sample(100, 4);
        var fit = KMeans.Fit(pool, 100, 5);
        var (honest, cheat) = (ParzenWindow.Evaluate(real, validation, test), ParzenWindow.Evaluate(fit.Centres, validation, test));
        Assert.True(cheat.MeanLogDensity > honest.MeanLogDensity + 3 * honest.MeanLogDensity.StandardError, $"{cheat} against {honest}");
        fit.Centres.Dispose();
    }
}
