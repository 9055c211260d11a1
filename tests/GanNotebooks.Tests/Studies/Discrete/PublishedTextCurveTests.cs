using GanNotebooks.Plotting;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Studies;

/// <summary>The published curves of SeqGAN's benchmark.</summary>
public sealed class PublishedTextCurveTests
{
    // ANCHORS 4.2, with CoT from the file that the authors' figure reads.
    [Theory]
    [InlineData("mle_cvo", 7.836, 9.629, 8.612, 8.571)]
    [InlineData("mle_cvt", 9.400, 7.610, 5.990, 9.270)]
    [InlineData("mle_cvot", 8.276, 8.056, 7.149, 8.883)]
    [InlineData("gan_cvot", 8.754, 8.062, 6.836, 9.316)]
    [InlineData("gan_cvo", 7.196, 20.15, 7.287, 14.172)]
    [InlineData("seqgan", 9.617, 9.215, 10.328, 8.116)]
    [InlineData("leakgan", 10.591, 11.271, 10.927, 8.527)]
    [InlineData("cot_fixed_nll", 9.504, 7.570, 6.924, 8.591)]
    public void PlainAndBest_EachCurve_AreThePrintedOnes(string file, double oracle, double test, double bestOracle, double bestTest)
    {
        var curve = PublishedTextCurve.All.Single(c => c.File == file);
        Assert.Equal((oracle, test), (curve.Plain.NllOracle, curve.Plain.NllTest));
        Assert.Equal((bestOracle, bestTest), (curve.Best.NllOracle, curve.Best.NllTest));
    }

    [Fact]
    public void Points_EachCurve_AreInOrderAndFallInOracle()
    {
        Assert.Equal(8, PublishedTextCurve.All.Count);
        Assert.All(PublishedTextCurve.All, c =>
        {
            Assert.InRange(c.Points.Count, 9, 12);
            Assert.Equal(c.Points.Select(p => p.Alpha).Order(), c.Points.Select(p => p.Alpha));
            Assert.All(c.Points.Zip(c.Points.Skip(1)), pair => Assert.True(pair.First.NllOracle >= pair.Second.NllOracle)); // sharper
            Assert.InRange(Math.Abs(c.Plain.Alpha - 1), 0, 0.0101);
        });
    }

    [Fact]
    public void ToPlot_Curves_RingThePointsNearOne()
    {
        var data = PublishedTextCurve.All.ToPlot("t").ToFigure("a").Specifications[0]["data"]!.AsArray();
        var rings = data[^1]!;
        Assert.Equal("α = 1", (string)rings["name"]!);
        Assert.Equal(PublishedTextCurve.All.Select(c => c.Plain.NllTest), rings["x"]!.AsArray().Select(x => (double)x!));
    }
}
