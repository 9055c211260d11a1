using GanNotebooks.Plotting;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Plotting;

public sealed class EstimatorPlotsTests
{
    [Fact]
    public void ToPlot_TwoProblems_HasLinesAtTheMeansAndWhiskersOfTheGivenLength()
    {
        var trials = new[] { .45, .499 }.SelectMany(t => BernoulliEstimator.All(new BernoulliGradient(t, .1)))
            .Select(e => e.Sample(100, new Random(1))).ToList();
        var data = trials.ToPlot("t", 4.5).ToFigure("a").Specifications[0]["data"]!.AsArray();
        Assert.Equal(["exact mean", "t = 0.45, θ = 0.1", "t = 0.499, θ = 0.1"],
            data.Select(d => (string)d!["name"]!));
        double[] exact = [.. data[0]!["y"]!.AsArray().Where((_, i) => i % 3 == 0).Select(y => (double)y!)];
        Assert.All(exact.Zip(trials), pair => Assert.Equal(pair.Second.Estimator.Mean, pair.First, 1e-5));
        var whiskers = data[1]!["error_y"]!["array"]!.AsArray();
        Assert.Equal(4.5 * trials[0].Mean.Error, (double)whiskers[0]!, 1e-4);
        Assert.Equal((string)data[1]!["marker"]!["color"]!, (string)data[1]!["error_y"]!["color"]!);
    }
}
