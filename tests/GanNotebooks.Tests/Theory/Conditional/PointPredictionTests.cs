using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class PointPredictionTests
{
    private static readonly (double, double[])[] RedOrBlue = [(0.7, [1, 0, 0]), (0.3, [0, 0, 1])];

    [Fact]
    public void Squared_RedOrBlue_IsTheMixtureOfBoth()
    {
        var best = PointPrediction.Squared(RedOrBlue);
        Assert.Equal([0.7, 0, 0.3], best.Answer);
        Assert.Equal(0.42, best.ExpectedError, 1e-15);
    }

    [Fact]
    public void Absolute_RedOrBlue_IsRed()
    {
        var best = PointPrediction.Absolute(RedOrBlue);
        Assert.Equal([1, 0, 0], best.Answer);
        Assert.Equal(0.6, best.ExpectedError, 1e-15);
    }

    [Fact]
    public void Squared_ChannelsDiffer_Throws() =>
        Assert.Throws<ArgumentException>(() => PointPrediction.Squared((0.5, [1]), (0.5, [1, 2])));
}
