using System.Text.Json.Nodes;
using GanNotebooks.Plotting;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Plotting;

public sealed class PhasePortraitTests
{
    private static readonly GamePoint start = new(1, 1);

    [Fact]
    public void Animate_HundredSteps_ShowsStartAndEndAndNoMomentTwice()
    {
        Assert.Equal(41, Portrait(100).Animate("a circle").FrameCount);
        Assert.Equal(4, Portrait(3).Animate("a circle", frames: 40).FrameCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => Portrait(3).Animate("a circle", frames: 0));
    }

    [Fact]
    public void ToPlot_AfterSomeSteps_DrawsThePathSoFar()
    {
        Assert.Equal(8, Path(Portrait(20).ToPlot(until: 7)).Count);
        Assert.Equal(21, Path(Portrait(20).ToPlot()).Count);
        Assert.Equal(21, Path(Portrait(20).ToPlot(until: 99)).Count);
    }

    [Fact]
    public void ToPlot_Strokes_StayInsideThePictureAndLeaveOutTheStandstill()
    {
        // 11 x 11 places, of which the one at the origin has no direction; a place takes three entries: start, end, gap.
        var x = Portrait(5).ToPlot().Specification()["data"]![0]!["x"]!.AsArray();
        Assert.Equal(3 * (121 - 1), x.Count);
        Assert.All(x.Where(value => value is not null), value => Assert.InRange((double)value!, -2, 2));
    }

    [Fact]
    public void Animate_Field_IsSentOnce()
    {
        var frames = new SharedFrames(Enumerable.Range(0, 5).Select(n => Portrait(4).ToPlot(n).Specification()));
        Assert.Equal(7, frames.Parts.Count); // the field, five paths, one layout
        Assert.All(frames.Frames, frame => Assert.Equal(frames.Frames[0][0], frame[0]));
    }

    private static PhasePortrait Portrait(int steps) =>
        new PhasePortrait("GAN", DiracGan.Minimax(), start, steps).Follow("flow", new ContinuousFlow(0.2));

    private static JsonArray Path(Plot plot) => plot.Specification()["data"]![1]!["x"]!.AsArray();
}
