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
        double[][] values = [.. curves.Select(curve => curve!["y"]!.AsArray().Select(y => (double)y!).ToArray())];
        Assert.All(Enumerable.Range(0, values[0].Length),
            i => Assert.Equal(values[0][i] / (values[0][i] + values[1][i]), values[2][i], 1e-5)); // seven digits are drawn
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
