using GanNotebooks.Metrics;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class FeatureSetTests
{
    [Fact]
    public void Sample_Seed_IsWithoutRepetitionAndRepeatable()
    {
        using var set = Normal(50, 1, 0, 1);
        using var a = set.Sample(20, 5);
        using var b = set.Sample(20, 5);
        Assert.True(a.Rows.Equals(b.Rows));
        Assert.Equal(20, a.Rows.data<double>().ToArray().Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Sample(51, 5));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void New_NumberNotFinite_IsRefused(double bad) => Assert.Throws<ArgumentException>(() => Set(tensor(new[] { 1, bad }, [2, 1])));

    [Fact]
    public void New_WrongShape_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Set(zeros(3)));
        Assert.Throws<ArgumentException>(() => Set(zeros(1, 3)));
    }

    [Fact]
    public void Rows_Source_IsCopied()
    {
        var rows = zeros(2, 2);
        using var set = Set(rows);
        rows.fill_(1);
        Assert.Equal(0, set.Rows.sum().item<float>());
    }

    [Fact]
    public void Metrics_Tensors_AreAllReleased()
    {
        using var a = Normal(60, 1, 0, Ones(3));
        using var b = Normal(60, 2, 0, Ones(3));
        void All()
        {
            FrechetDistance.Between(a, b);
            KernelDistance.Between(a, b);
            PrecisionRecall.Of(a, b);
            DensityCoverage.Of(a, b);
            Memorisation.Of(a, b, b);
            ParzenWindow.Evaluate(a, b, b);
            ClassifierScore.Of(a.Rows, "test");
            FrechetCurve.Of(a, b, [20, 30, 60]);
        }
        All();
        long before = LiveTensors.Settled();
        All();
        Assert.Equal(before, Tensor.TotalCount);
    }
}
