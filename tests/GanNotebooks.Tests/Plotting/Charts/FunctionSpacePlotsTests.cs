using GanNotebooks.Plotting;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Plotting;

public sealed class FunctionSpacePlotsTests
{
    private static readonly double[] p = [0.5, 0.3, 0.2], q = [0.1, 0.2, 0.7];

    [Fact]
    public void Animate_Envelope_AddsOneLinePerFrame()
        => Assert.Equal(5, SupremumEnvelope.Along(p, q, p, lines: 5).Animate("C", "lines under a curve").FrameCount);

    [Fact]
    public void Animate_Descent_ShowsTheStepsUpToTheLimit()
    {
        var data = DensityGrid.Of(x => Math.Exp(-x * x), -3, 3, 30);
        var descent = MirrorDescent.Run(data.Weights, DensityGrid.Of(_ => 1, -3, 3, 30).Weights, step: 1, maxSteps: 10);
        Assert.Equal(11, descent.Animate(data, "q", "a bell").FrameCount);
        Assert.Equal(4, descent.Animate(data, "q", "a bell", frames: 4).FrameCount);
    }

    [Fact]
    public void Animate_Particles_HasAFramePerMoment()
    {
        (string, double[])[] moments = [("start", [0, 1]), ("end", [1, 2])];
        Assert.Equal(2, moments.Animate(new ScoredMixture((1, 0, 1)), -4, 4, "particles", "two bars").FrameCount);
    }

    [Fact]
    public void ExcessPlot_Descents_DrawEveryStepFromZero()
    {
        var run = MirrorDescent.Run(p, q, step: 1, maxSteps: 3);
        var trace = new[] { ("η = 1", run) }.ExcessPlot("C").Specification()["data"]![0]!;
        Assert.Equal([0, 1, 2, 3], trace["x"]!.AsArray().Select(x => (double)x!));
        Assert.Equal(1, (double)trace["y"]![0]! / run.Excesses[0], 5e-5); // five digits are drawn on a logarithmic axis
    }
}
