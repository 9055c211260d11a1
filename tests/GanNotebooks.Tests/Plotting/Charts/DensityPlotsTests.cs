using GanNotebooks.Plotting;
using GanNotebooks.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Plotting;

public sealed class DensityPlotsTests
{
    [Fact]
    public void Overlay_TwoBells_DrawsPAndQAndTheirShare()
    {
        var optimal = new OptimalDiscriminator(new Gaussian(0, 1), new Gaussian(2, 1));

        var curves = optimal.Overlay("title", -4, 6).Specification()["data"]!.AsArray();

        Assert.Equal(["p", "q", "D*"], curves.Select(curve => (string)curve!["name"]!));
        double[] x = Drawn(curves[0]!, "x");
        const double step = 1e-4; // a figure keeps the digits that can be seen: a step below 1/5,000 of what is shown
        Assert.All(Drawn(curves[0]!, "y").Zip(x), v => Assert.Equal(new Gaussian(0, 1).Pdf(v.Second), v.First, step));
        Assert.All(Drawn(curves[1]!, "y").Zip(x), v => Assert.Equal(new Gaussian(2, 1).Pdf(v.Second), v.First, step));
        Assert.All(Drawn(curves[2]!, "y").Zip(x), v => Assert.Equal(1 / (1 + Math.Exp(2 * v.Second - 2)), v.First, step));

        static double[] Drawn(System.Text.Json.Nodes.JsonNode curve, string axis) => [.. curve[axis]!.AsArray().Select(v => (double)v!)];
    }

    [Fact]
    public void Points_Samples_AreTheRows()
    {
        using var samples = tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });

        var points = new Plot("", "x", "y").Points("a", samples).Specification()["data"]![0]!;

        Assert.Equal([1, 3, 5], points["x"]!.AsArray().Select(x => (double)x!));
        Assert.Equal([2, 4, 6], points["y"]!.AsArray().Select(y => (double)y!));
    }

    [Fact]
    public void Points_SamplesInSpace_AreRefusedWithTheirShape()
    {
        using var samples = zeros(4, 3);

        var error = Assert.Throws<ArgumentException>(() => new Plot("", "x", "y").Points("a", samples));

        Assert.Contains("[N, 2], got [4, 3]", error.Message, StringComparison.Ordinal);
    }
}
