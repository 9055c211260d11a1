using System.Text.Json.Nodes;
using GanNotebooks.Plotting;

namespace GanNotebooks.Tests.Plotting;

public sealed class MapScaleTests
{
    private static readonly double[] at = [0, 1];

    [Fact]
    public void Probability_AnyValues_AreFromZeroToOneWithOneHalfNeutral()
    {
        var map = Drawn(0.4, MapScale.Probability);
        Assert.Equal((0.0, 1.0), ((double)map["zmin"]!, (double)map["zmax"]!));
        Assert.Equal("@neutral", Neutral(map, 0.5));
    }

    [Fact]
    public void Middle_OffCentre_IsNeutralWhereItLies() => Assert.Equal("@neutral", Neutral(Drawn(1, new MapScale(-1, 3, 0)), 0.25));

    [Fact]
    public void NoScale_Values_AreDarkToBright() => Assert.Equal("Cividis", (string)Drawn(1, null)["colorscale"]!);

    [Theory]
    [InlineData(0.0, null, null)]
    [InlineData(1.0, 0.0, null)]
    [InlineData(0.0, 1.0, 1.0)]
    [InlineData(null, null, 0.5)]
    public void Scale_WithoutARangeAroundItsMiddle_IsRefused(double? from, double? to, double? middle) =>
        Assert.Throws<ArgumentException>(() => Drawn(1, new MapScale(from, to, middle)));

    [Fact]
    public void Animate_MapsWithoutARange_ShareTheirColours()
    {
        var figure = Plot.Animate([("a", Map(1, null)), ("b", Map(5, null))], "alt");
        Assert.All(figure.Specifications, f => Assert.Equal(5, (double)f["data"]![0]!["zmax"]!));
    }

    private static Plot Map(double top, MapScale? scale) => new Plot("", "x", "y").Map("m", at, at, [[0, top], [0, 0]], scale: scale);

    private static JsonObject Drawn(double top, MapScale? scale) => Map(top, scale).Specification()["data"]![0]!.AsObject();

    private static string Neutral(JsonObject map, double place) =>
        (string)map["colorscale"]!.AsArray().Single(stop => Math.Abs((double)stop![0]! - place) < 1e-12)![1]!;
}
