using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class ItemPlotsTests
{
    private static readonly (string Method, int Seed, double[] Values)[] runs =
        [("GAN", 1, [1, 4]), ("R1", 1, [2, 2]), ("GAN", 2, [4, 9])];

    [Fact]
    public void Line_Items_GivesBothQuantitiesInOrder()
    {
        var line = new Plot("", "x", "y").Line("a", runs, run => run.Seed, run => run.Values[1]).Specification()["data"]![0]!;

        Assert.Equal([1, 1, 2], Numbers(line, "x"));
        Assert.Equal([4, 2, 9], Numbers(line, "y"));
        Assert.Equal("lines", (string)line["mode"]!);
    }

    [Fact]
    public void Points_Items_AreMarkersOfTheSize()
    {
        var points = new Plot("", "x", "y").Points("a", runs, run => run.Seed, run => run.Values[0], size: 3).Specification()["data"]![0]!;

        Assert.Equal([1, 2, 4], Numbers(points, "y"));
        Assert.Equal("markers", (string)points["mode"]!);
        Assert.Equal(3, (double)points["marker"]!["size"]!);
    }

    [Fact]
    public void MeanLines_TwoGroups_DrawsTheMeanOfEachAtEachPosition()
    {
        var lines = Means(null);

        Assert.Equal(["GAN", "R1"], lines.Select(line => (string)line!["name"]!));
        Assert.Equal([0, 1], Numbers(lines[0]!, "x"));
        Assert.Equal([2.5, 6.5], Numbers(lines[0]!, "y"));
        Assert.Equal([2, 2], Numbers(lines[1]!, "y"));
    }

    [Fact]
    public void MeanLines_AnotherMean_TakesIt()
        => Assert.Equal([2, 6], Numbers(Means(values => Math.Exp(values.Average(Math.Log)))[0]!, "y"));

    [Fact]
    public void MeanLines_RunsOfDifferentLength_NamesTheGroup()
    {
        var error = Assert.Throws<ArgumentException>(() => new Plot("", "x", "y").MeanLines(
            new double[][] { [1, 2], [3] }, _ => "GAN", run => run.Select(y => (0.0, y))));

        Assert.Contains("'GAN' have 2, 1 points", error.Message, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonArray Means(Func<IEnumerable<double>, double>? mean) => new Plot("", "x", "y")
        .MeanLines(runs, run => run.Method, run => run.Values.Select((y, i) => ((double)i, y)), mean).Specification()["data"]!.AsArray();

    private static IEnumerable<double> Numbers(System.Text.Json.Nodes.JsonNode trace, string axis) =>
        trace[axis]!.AsArray().Select(value => Math.Round((double)value!, 6));
}
