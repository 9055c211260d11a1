using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class ClassifierScoreTests
{
    private static Tensor Certain(int count, int classes, int used) =>
        nn.functional.one_hot(arange(count, dtype: int64).remainder(used), classes).to(float32) * 200; // softmax is 0 or 1 to 80 digits

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Of_CertainAndEvenOverSomeClasses_IsTheirNumber(int used)
    {
        var score = ClassifierScore.Of(Certain(3000, 10, used), "test", splits: 10);
        Assert.Equal(used, score.Value, 1e-9);
        Assert.Equal(1, score.TopProbability, 1e-9);
        Assert.Equal(used, score.Labels.Counts.Count(c => c > 0));
    }

    [Fact]
    public void Of_UndecidedClassifier_IsOne()
    {
        var score = ClassifierScore.Of(zeros(100, 10), "test");
        Assert.Equal(1, score.Value, 1e-12);
        Assert.Equal(0.1, score.TopProbability, 1e-12);
    }

    [Fact]
    public void Of_TwoClassesHalfSure_IsTheFormula()
    {
        // p(y|x) = (¾, ¼) or (¼, ¾) equally often: log score = log 2 − H(¾).
        var logits = tensor(new[] { Math.Log(3), 0, 0, Math.Log(3) }, [2, 2]).repeat(50, 1);
        double entropy = -(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25));
        Assert.Equal(2 * Math.Exp(-entropy), ClassifierScore.Of(logits, "test", splits: 5).Value, 1e-12);
    }

    [Fact]
    public void Of_Splits_DeviationIsRootOfPartsTimesTheError()
    {
        var score = ClassifierScore.Of(randn([1000, 10], float32, CPU, generator: new Generator(1)) * 3, "test", splits: 4);
        Assert.Equal(2 * score.Value.StandardError, score.SplitDeviation, 1e-12);
        Assert.Equal((1000, 4, "test"), (score.Count, score.Splits, score.Network));
    }

    [Fact]
    public void Of_FewerSamplesThanParts_IsRefused() => Assert.Throws<ArgumentException>(() => ClassifierScore.Of(zeros(9, 10), "test"));

    [Fact]
    public void TotalVariation_Counts_IsHalfTheSumOfDifferences()
    {
        var (a, b) = (new LabelHistogram([50, 50, 0]), new LabelHistogram([250, 125, 125]));
        Assert.Equal((0 + 0.25 + 0.25) / 2, a.TotalVariation(b), 1e-12);
    }

    [Fact]
    public void TotalVariation_PerfectSampler_IsItsFloorAndErrorsAgreeWithTheSpread()
    {
        var reference = new LabelHistogram([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]); // the training digits
        var random = new Random(3);
        LabelHistogram Draw(double bend)
        {
            int[] counts = new int[10];
            for (int i = 0; i < 2000; i++)
                counts[Math.Min((int)(10 * Math.Pow(random.NextDouble(), bend)), 9)]++;
            return new LabelHistogram(counts);
        }
        var even = new LabelHistogram([.. Enumerable.Repeat(100_000, 10)]);
        var mean = MeanWithError.Mean([.. Enumerable.Range(0, 200).Select(_ => Draw(1).TotalVariation(even).Value)]);
        Assert.Equal(Draw(1).Floor(even), mean.Value, 4 * mean.StandardError);
        var bent = Enumerable.Range(0, 200).Select(_ => Draw(2).TotalVariation(reference)).ToList();
        double spread = MeanWithError.Mean([.. bent.Select(b => b.Value)]).StandardError * Math.Sqrt(200);
        Assert.Equal(1, bent.Average(b => b.StandardError) / spread, 0.2); // the spread is known to 5 %
    }

    [Fact]
    public void TotalVariation_OtherClasses_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LabelHistogram([1, 2]).TotalVariation(new LabelHistogram([1, 2, 3])));
}
