using GanNotebooks.Plotting;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Plotting;

public sealed class TrajectoryPlotsTests
{
    [Fact]
    public void NormPlot_LongPath_IsThinnedButKeepsItsStart()
    {
        var path = GameTrajectory.Run(DiracGan.Minimax(), new SimultaneousSteps(0.2), new(1, 1), 5000);
        var x = new[] { ("GAN", path) }.NormPlot("norms").Specification()["data"]![0]!["x"]!.AsArray();
        Assert.InRange(x.Count, 300, 601);
        Assert.Equal(0, (double)x[0]!);
    }
}
