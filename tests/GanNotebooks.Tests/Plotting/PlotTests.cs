using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class PlotTests
{
    [Fact]
    public void YRange_LogarithmicOverLessThanTwoDecades_LabelsOneTwoAndFive()
    {
        var axis = new Plot("", "x", "y").LogY().YRange(0.015, 0.6).Line("a", [1, 2], [0.02, 0.5]).Specification()["layout"]!["yaxis"]!;
        Assert.Equal(["0.02", "0.05", "0.1", "0.2", "0.5"], axis["ticktext"]!.AsArray().Select(t => t!.GetValue<string>()));
        Assert.Equal([0.02, 0.05, 0.1, 0.2, 0.5], axis["tickvals"]!.AsArray().Select(t => t!.GetValue<double>()));
    }

    [Fact]
    public void YRange_LogarithmicOverManyDecades_LabelsPowersOfTen() =>
        Assert.Null(new Plot("", "x", "y").LogY().YRange(1e-6, 1).Line("a", [1, 2], [0.02, 0.5])
            .Specification()["layout"]!["yaxis"]!["tickvals"]);

    [Fact]
    public void XStep_One_LabelsWholeNumbers() =>
        Assert.Equal(1,
            (double)new Plot("", "x", "y").XStep(1).Line("a", [1, 2, 3], [1, 2, 1]).Specification()["layout"]!["xaxis"]!["dtick"]!);

    [Fact]
    public void Horizontal_LogarithmicAxis_PlacesTheLineByItsValueAndTheNoteByItsLogarithm()
    {
        var layout = new Plot("", "x", "y").Horizontal(0.01, "limit").LogY().Line("a", [1, 2], [1, 0.1]).Specification()["layout"]!;
        Assert.Equal(0.01, (double)layout["shapes"]![0]!["y0"]!);
        Assert.Equal(-2, (double)layout["annotations"]![0]!["y"]!, 1e-15);
    }

    [Fact]
    public void Vertical_LinearAxis_PlacesBothByTheValue()
    {
        var layout = new Plot("", "x", "y").Vertical(3, "phase").Line("a", [1, 4], [1, 2]).Specification()["layout"]!;
        Assert.Equal(3, (double)layout["shapes"]![0]!["x0"]!);
        Assert.Equal(3, (double)layout["annotations"]![0]!["x"]!);
        Assert.Equal("paper", (string)layout["annotations"]![0]!["yref"]!);
    }

    // In the margin no curve can lie over it.
    [Fact]
    public void Horizontal_Label_StandsInAMarginThatIsWideEnough()
    {
        var layout = new Plot("", "x", "y").Horizontal(1, "a perfect sampler").Line("a", [1, 4], [1, 2]).Specification()["layout"]!;
        var note = layout["annotations"]![0]!;
        Assert.Equal(("left", 1.0), ((string)note["xanchor"]!, (double)note["x"]!));
        Assert.Equal("a perfect<br>sampler", (string)note["text"]!);
        Assert.InRange((int)layout["margin"]!["r"]!, 8 * "a perfect".Length, 120);
    }

    [Fact]
    public void Strokes_Heads_PointAlongTheLineAtItsEnd()
    {
        var arrows = new Plot("", "x", "y").Strokes("f", [(0, 0, 1, 1)]).Specification()["data"]![0]!;
        Assert.Equal("previous", (string)arrows["marker"]!["angleref"]!);
        Assert.Equal([false, true, false], arrows["marker"]!["size"]!.AsArray().Select(size => (int)size! > 0));
        Assert.Null(new Plot("", "x", "y").Strokes("f", [(0, 0, 1, 1)], heads: false).Specification()["data"]![0]!["marker"]);
    }

    [Fact]
    public void Points_OverAMap_HaveARimInThePapersColour()
    {
        double[] at = [0, 1];
        var over = new Plot("", "x", "y").Map("m", at, at, [at, at]).Points("p", [0], [0]).Specification()["data"]![1]!;
        Assert.Equal("@paper", (string)over["marker"]!["line"]!["color"]!);
        var plain = new Plot("", "x", "y").Points("p", [0], [0]).Specification()["data"]![0]!;
        Assert.NotEqual("@paper", (string)plain["marker"]!["line"]!["color"]!);
    }

    [Fact]
    public void Points_AfterALineOfTheirName_HaveItsColourAndOneEntry()
    {
        var data = new Plot("", "x", "y").Line("a", [0, 1], [0, 1]).Points("a", [0], [0], errors: [0.5]).Line("b", [0, 1], [1, 0])
            .Specification()["data"]!.AsArray();
        Assert.Equal((string)data[0]!["line"]!["color"]!, (string)data[1]!["marker"]!["color"]!);
        Assert.Equal((string)data[0]!["line"]!["dash"]!, (string)data[2]!["line"]!["dash"]!); // the entry
        Assert.Equal("[0.5]", data[1]!["error_y"]!["array"]!.ToJsonString());
        Assert.NotEqual((string)data[0]!["line"]!["color"]!, (string)data[3]!["line"]!["color"]!);
    }

    [Fact]
    public void Rings_OverAMap_AreOpenAndLieInWiderOnes()
    {
        var data = new Plot("", "x", "y").Rings("modes", [0], [0], Role.Data).Specification()["data"]!;
        Assert.Equal(["@paper", "@ink"], data.AsArray().Select(t => (string)t!["marker"]!["color"]!));
        Assert.All(data.AsArray(), t => Assert.Equal("circle-open", (string)t!["marker"]!["symbol"]!));
        Assert.True((double)data[0]!["marker"]!["line"]!["width"]! > (double)data[1]!["marker"]!["line"]!["width"]!);
    }

    [Fact]
    public void Path_Dots_AreAtItsStartAndItsEndOnly()
    {
        var sizes = new Plot("", "x", "y").Path("a", [0, 1, 2, 3], [0, 1, 0, 1]).Specification()["data"]![0]!["marker"]!["size"]!.AsArray();
        Assert.Equal([false, true, true, false], sizes.Select(size => (int)size! == 0));
    }

    [Fact]
    public void Path_OnePoint_IsOneDot()
        => Assert.Single(new Plot("", "x", "y").Path("a", [0], [0]).Specification()["data"]![0]!["marker"]!["size"]!.AsArray());
}
