using System.Reflection;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>
/// No measure scores NaN or infinity: every public member of Metrics that takes numbers refuses them, with their count and the first index.
/// A new member that is not listed here fails <see cref="Metrics_MemberThatTakesNumbers_IsListedHere"/>.
/// </summary>
public sealed class NonFiniteSamplesTests : IDisposable
{
    private const int N = 40;

    private static readonly FeatureNetwork network = new(new LeNet(), "test");
    private static readonly GaussianMode[] modes = [new(0.5, [0, 0], 1), new(0.5, [3, 0], 1)];

    private readonly DisposeScope scope = NewDisposeScope();

    // Type.Member(parameter): the shape of good samples, and the call with some that may be bad.
    private static readonly Dictionary<string, (long[] Shape, Action<Tensor> Measure)> members = new()
    {
        ["FeatureSet.ctor(rows)"] = ([N, 3], x => new FeatureSet(x, "test")),
        ["FeatureSet.Pixels(images)"] = ([N, 1, 4, 4], x => FeatureSet.Pixels(x)),
        ["ParzenWindow.UnitPixels(images)"] = ([N, 1, 4, 4], x => ParzenWindow.UnitPixels(x)),
        ["ModeCoverage.Of(samples)"] = ([N, 2], x => ModeCoverage.Of(x, modes)),
        ["StackedModes.Of(samples)"] = ([N, 3, 28, 28], x => StackedModes.Of(x, network)),
        ["StackedModes.Named(samples)"] = ([N, 3, 28, 28], x => StackedModes.Named(x, network)),
        ["JensenShannonEstimate.ByHistogram(first)"] = ([N, 2], x => JensenShannonEstimate.ByHistogram(x, Good(N, 2))),
        ["JensenShannonEstimate.ByHistogram(second)"] = ([N, 2], x => JensenShannonEstimate.ByHistogram(Good(N, 2), x)),
        ["DivergenceClassifier.Estimate(first)"] = ([N, 2], x => new DivergenceClassifier(Steps: 2).Estimate(x, Good(N, 2))),
        ["DivergenceClassifier.Estimate(second)"] = ([N, 2], x => new DivergenceClassifier(Steps: 2).Estimate(Good(N, 2), x)),
        ["Histogram.Of(samples: IEnumerable`1)"] = ([N], x => Histogram.Of(x.data<float>().Select(v => (double)v), -1, 1, 5)),
        ["Histogram.Of(samples: Double[])"] = ([N], x => Histogram.Of([.. x.data<float>().Select(v => (double)v)], -1, 1, 5)),
        ["Histogram.Of(samples: Tensor)"] = ([N], x => Histogram.Of(x, -1, 1, 5)),
        ["ClassifierScore.Of(logits)"] = ([N, 10], x => ClassifierScore.Of(x, "test")),
        ["FeatureNetwork.Features(images)"] = ([N, 1, 28, 28], x => network.Features(x)),
        ["FeatureNetwork.Logits(images)"] = ([N, 1, 28, 28], x => network.Logits(x)),
        ["FeatureNetwork.Score(images)"] = ([N, 1, 28, 28], x => network.Score(x)),
        ["DigitShape.Of(images)"] = ([N, 1, 8, 8], x => DigitShape.Of(x)),
        ["Correlation.Of(first)"] = ([N], x => Correlation.Of(Numbers(x), Numbers(arange(N, float32)))),
        ["Correlation.Of(second)"] = ([N], x => Correlation.Of(Numbers(arange(N, float32)), Numbers(x))),
        ["StructuralSimilarity.Of(first)"] = ([N, 1, 12, 12], x => StructuralSimilarity.Of(x, Good(N, 1, 12, 12))),
        ["StructuralSimilarity.Of(second)"] = ([N, 1, 12, 12], x => StructuralSimilarity.Of(Good(N, 1, 12, 12), x)),
        ["FrameQuality.Of(predicted)"] = ([N, 1, 12, 12], x => FrameQuality.Of(x, Good(N, 1, 12, 12))),
        ["FrameQuality.Of(target)"] = ([N, 1, 12, 12], x => FrameQuality.Of(Good(N, 1, 12, 12), x)),
        ["FrameQuality.Floor(target)"] = ([N, 3], x => FrameQuality.Floor(x)),
        ["BranchReport.Of(samples)"] = ([N, 2, 3], x => BranchReport.Of(x, Good(2, 3), -Good(2, 3))),
        ["BranchReport.Of(first)"] = ([N, 3], x => BranchReport.Of(Good(2, N, 3), x, Good(N, 3))),
        ["BranchReport.Of(second)"] = ([N, 3], x => BranchReport.Of(Good(2, N, 3), Good(N, 3), x)),
        ["SwapReport.Of(before)"] = ([N, 1, 28, 28], x => SwapReport.Of(network, x, Good(N, 1, 28, 28), 1)),
        ["SwapReport.Of(after)"] = ([N, 1, 28, 28], x => SwapReport.Of(network, Good(N, 1, 28, 28), x, 1)),
        ["LogitComparison.Numbers(logits)"] = ([N, 1], x => LogitComparison.Numbers(x)),
        ["LowRankGaussian.Fit(data)"] = ([N, 3], x => LowRankGaussian.Fit(x, 1)),
        ["LowRankGaussian.LogDensity(points)"] = ([N, 3], x => LowRankGaussian.Fit(Good(N, 3), 1).LogDensity(x)),
        ["NearestNeighbours.Find(samples)"] = ([N, 3], x => NearestNeighbours.Find(x, Good(N, 3))),
        ["NearestNeighbours.Find(data)"] = ([N, 3], x => NearestNeighbours.Find(Good(N, 3), x)),
        ["FrechetDistance.BetweenGaussians(mean1)"] = ([N], x => FrechetDistance.BetweenGaussians(x, eye(N), zeros(N), eye(N))),
        ["FrechetDistance.BetweenGaussians(mean2)"] = ([N], x => FrechetDistance.BetweenGaussians(zeros(N), eye(N), x, eye(N))),
        ["FrechetDistance.BetweenGaussians(covariance1)"] =
            ([N, N], x => FrechetDistance.BetweenGaussians(zeros(N), x.matmul(eye(N)), zeros(N), eye(N))),
        ["FrechetDistance.BetweenGaussians(covariance2)"] =
            ([N, N], x => FrechetDistance.BetweenGaussians(zeros(N), eye(N), zeros(N), x)),
        ["LinearProbe.Fit(features)"] = ([N, 3], x => LinearProbe.Fit(x, Labels, Good(N, 3), Labels)),
        ["LinearProbe.Fit(testFeatures)"] = ([N, 3], x => LinearProbe.Fit(Good(N, 3), Labels, x, Labels)),
        ["GeneratorGradient.Measure(z)"] = ([N, 2], x => GeneratorGradient.Measure(nn.Linear(2, 2), nn.Linear(2, 1), x)),
        ["ImageEvaluator.ctor(heldOut)"] = ([1010, 1, 28, 28], x => new ImageEvaluator(network, Images(N), x)),
        ["ClassFidelity.Of(images)"] = ([N, 1, 28, 28], x => ClassFidelity.Of(network, x, Classes, [1, 1])),
        ["ClassFidelity.Variances(images)"] = ([N, 1, 4, 4], x => ClassFidelity.Variances(x, Classes, 2)),
        ["ColourLaw.Of(images)"] = ([N, 3, 4, 4], x => ColourLaw.Of(x)),
        ["ColourLaw.Errors(predicted)"] = ([N, 3, 4, 4], x => ColourLaw.Errors(x, Good(N, 3, 4, 4))),
        ["ColourLaw.Errors(real)"] = ([N, 3, 4, 4], x => ColourLaw.Errors(Good(N, 3, 4, 4), x)),
        ["SpreadOverNoise.Of(samples)"] = ([N, 2, 3], x => SpreadOverNoise.Of(x)),
        ["CaptionReader.Read(images)"] = ([N, 3, 28, 28], x => new CaptionReader(network).Read(x)),
        ["ImageEvaluator.Evaluate(images)"] = ([N, 1, 28, 28], Evaluate),
    };

    // Members that take numbers of another meaning, with the reason why they are not in the list above.
    private static readonly Dictionary<string, string> others = new()
    {
        ["MeanWithError.Mean(values)"] = "the mean of NaN is NaN: Mean_OfNaN_IsNaN",
        ["ParzenWindow.Evaluate(sigmas)"] = "widths, not samples: LogDensities_WidthThatIsNoPositiveNumber_IsRefused",
        ["ParzenWindow.LogDensities(sigmas)"] = "widths, not samples: LogDensities_WidthThatIsNoPositiveNumber_IsRefused",
        ["LogitComparison.Of(training)"] = "numbers from LogitComparison.Numbers, which refuses them",
        ["LogitComparison.Of(heldOut)"] = "numbers from LogitComparison.Numbers, which refuses them",
        ["LogitComparison.Of(generated)"] = "numbers from LogitComparison.Numbers, which refuses them",
        ["MannWhitney.ShareAbove(first)"] = "numbers from LogitComparison.Numbers, or distances from NearestNeighbours; both refuse them",
        ["MannWhitney.ShareAbove(second)"] = "numbers from LogitComparison.Numbers, or distances from NearestNeighbours; both refuse them",
        ["ClassFidelity.Of(dataVariances)"] = "numbers from ClassFidelity.Variances, which refuses them",
        ["LinearProbe.Fit(labels)"] = "whole numbers",
        ["LinearProbe.Fit(testLabels)"] = "whole numbers",
    };

    public static TheoryData<string> Members => [.. members.Keys];

    private static double[] Numbers(Tensor x) => [.. x.data<float>().Select(v => (double)v)];

    private static Tensor Labels => arange(N, int64) % 2;

    private static int[] Classes => [.. Enumerable.Range(0, N).Select(n => n % 2)];

    [Theory]
    [MemberData(nameof(Members))]
    public void Measure_NaNOrInfinity_IsRefusedWithCountAndFirstIndex(string member)
    {
        var (shape, measure) = members[member];
        foreach (float wrong in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (long first in new[] { 0, 7, shape[0] - 1 })
            {
                foreach (long second in new[] { first, shape[0] - 1 })
                {
                    using var inner = NewDisposeScope();
                    var samples = Good(shape);
                    samples[first].reshape(-1)[0].fill_(wrong);
                    samples[second].reshape(-1)[^1].fill_(wrong);
                    var error = Assert.Throws<ArgumentException>(() => measure(samples));
                    Assert.StartsWith($"{(first == second ? 1 : 2)} of {shape[0]} samples are not finite, the first at index {first}:",
                        error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Measure_NothingButNaN_IsRefused(string member)
    {
        var (shape, measure) = members[member];
        var error = Assert.Throws<ArgumentException>(() => measure(full(shape, float.NaN)));
        Assert.StartsWith($"{shape[0]} of {shape[0]} samples are not finite, the first at index 0:", error.Message,
            StringComparison.Ordinal);
    }

    // A list that only grew by hand would miss the next measure.
    [Fact]
    public void Metrics_MemberThatTakesNumbers_IsListedHere()
    {
        var found = typeof(ModeCoverage).Assembly.GetExportedTypes().Where(t => t.Namespace == typeof(ModeCoverage).Namespace)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m => !m.IsSpecialName && m.Name is not ("Equals" or "PrintMembers" or "Deconstruct")).Cast<MethodBase>()
                .Concat(t.GetMethod("<Clone>$") is null ? t.GetConstructors() : [])) // a record's constructor takes results
            .SelectMany(m => m.GetParameters().Where(p => IsNumbers(p.ParameterType)).Select(p => (Method: m, Parameter: p))).ToList();
        string[] names = [.. found.Select(f => Name(f.Method, f.Parameter)).Order(StringComparer.Ordinal)];
        Assert.InRange(names.Length, 30, 100);
        Assert.Equal(names, members.Keys.Concat(others.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mean_OfNaN_IsNaN()
    {
        var mean = MeanWithError.Mean([1, double.NaN, 2]);
        Assert.Equal((double.NaN, double.NaN), (mean.Value, mean.StandardError));
        Measure Of(double value) => new("m", new MeanWithError(value, 0.1), HigherIsBetter: true);
        Assert.Equal(Verdict.Worse, Of(double.NaN).Against(Of(0)));
        Assert.Equal(Verdict.Worse, (Of(double.NaN) with { HigherIsBetter = false }).Against(Of(0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LogDensities_WidthThatIsNoPositiveNumber_IsRefused(double sigma)
    {
        using var set = new FeatureSet(Good(N, 2), "test");
        Assert.Throws<ArgumentException>(() => ParzenWindow.LogDensities(set, set, [sigma]));
        Assert.Throws<ArgumentException>(() => ParzenWindow.Evaluate(set, set, set, [sigma]));
    }

    [Fact]
    public void ByHistogram_SamplesWhoseDistanceIsInfinite_AreRefused()
    {
        var (low, high) = (full([N, 1], -1e308, float64), full([N, 1], 1e308, float64));
        Assert.Throws<ArgumentException>(() => JensenShannonEstimate.ByHistogram(low, high));
        Assert.Throws<ArgumentException>(() => new DivergenceClassifier(Steps: 2).Estimate(low, high)); // it computes in float32
        Assert.Throws<ArgumentException>(() => Histogram.Of([0.0], -1e308, 1e308, 2));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(19, 10)]
    [InlineData(3, 2)]
    public void Score_FewerThanTwoSamplesInAPart_IsRefused(int count, int splits)
    {
        Assert.Throws<ArgumentException>(() => ClassifierScore.Of(Good(count, 10), "test", splits));
        ClassifierScore.Of(Good(2 * splits, 10), "test", splits);
    }

    // A generator or a discriminator that was lost: its parameters are NaN, and its inputs are not.
    [Fact]
    public void GeneratorGradient_NetworkOfNaN_IsRefused()
    {
        var (sound, lost) = (nn.Linear(2, 2), nn.Linear(2, 2));
        using (no_grad())
            lost.weight!.fill_(double.NaN);
        Assert.Throws<ArgumentException>(() => GeneratorGradient.Measure(lost, nn.Linear(2, 1), Good(N, 2)));
        Assert.Throws<ArgumentException>(
            () => GeneratorGradient.Measure(sound, nn.Sequential(lost, nn.Linear(2, 1)), Good(N, 2)));
    }

    [Fact]
    public void Observe_RunWhoseGeneratorIsNaN_IsRefused()
    {
        using var data = new RingData();
        using var generator = new MultilayerPerceptron(2, [4], [2], Activation.Tanh);
        using var discriminator = new MultilayerPerceptron(2, [4], [1], Activation.Tanh);
        var config = new TrainingConfig { Steps = 2, BatchSize = 4, NoiseDimension = 2 };
        using var trainer = new Trainer(config, generator, discriminator, data);
        using (no_grad())
            generator.parameters().First().fill_(float.NaN);
        Assert.Throws<ArgumentException>(() => new Orbit().Observe(trainer));
    }

    public void Dispose() => scope.Dispose();

    private static Tensor Good(params long[] shape)
    {
        using var random = new Generator(3);
        return randn(shape, float32, CPU, generator: random) * 0.1;
    }

    private static ImageDataset Images(int count)
    {
        byte[] pixels = [.. Enumerable.Range(0, count * 28 * 28).Select(i => (byte)(i * i % 251))];
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        return ImageDataset.FromIdx("test", new("images", [count, 28, 28], pixels), new("labels", [count], labels),
            [.. Enumerable.Range(0, 10).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    private static void Evaluate(Tensor images)
    {
        using var evaluator = new ImageEvaluator(network, Images(N), Good(1010, 1, 28, 28));
        evaluator.Evaluate(images);
    }

    private static bool IsNumbers(Type type) => type == typeof(Tensor) || type == typeof(double[])
        || type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            && type.GetGenericArguments()[0] is { } item && (item == typeof(double) || item == typeof(float) || item == typeof(Tensor));

    private static string Name(MethodBase method, ParameterInfo parameter)
    {
        bool overloaded = method.DeclaringType == typeof(Histogram);
        return $"{method.DeclaringType!.Name}.{method.Name.TrimStart('.')}({parameter.Name}"
            + (overloaded ? $": {parameter.ParameterType.Name})" : ")");
    }
}
