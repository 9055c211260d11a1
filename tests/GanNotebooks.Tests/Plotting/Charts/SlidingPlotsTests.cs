using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class SlidingPlotsTests
{
    [Fact]
    public void Pushes_TwoSamples_AreArrowsFromTheSampleToWhereItIsPushed()
    {
        var plot = new Plot("", "x", "y").Pushes("push", [1, 3], x => -2 * x, height: 0.5);
        double?[] x = [.. plot.Specification()["data"]!.AsArray().Single()!["x"]!.AsArray().Select(v => (double?)v)];
        Assert.Equal([1, -1, 3, -3], x.OfType<double>());
    }

    [Fact]
    public void Pushes_Bundle_CarriesItsLabel()
    {
        var plot = new Plot("", "x", "y").Pushes("log(1 − D)", [0], _ => 1, height: 0.5);
        Assert.Contains("log(1 \\u2212 D)", plot.Specification()["layout"]!["annotations"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
