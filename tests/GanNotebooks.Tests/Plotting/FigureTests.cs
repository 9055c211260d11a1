using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using GanNotebooks.Plotting;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Plotting;

public sealed class FigureTests
{
    private static string Root => Path.GetDirectoryName(GanNotebooks.Data.DataFolder.Find())!;

    private static Plot Line(double y = 1) => new Plot("T", "x", "y").Line("l", [0, 1], [0, y]);

    [Fact]
    public void ToHtml_Figure_ReferencesNoNetwork()
    {
        string html =
            Regex.Replace(Line().ToFigure("alt").ToHtml(), "<script>if\\(!window.Plotly.*?</script>", "", RegexOptions.Singleline);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_TitleAndAlt_AreEscaped()
    {
        string html = new Plot("<b>", "x", "y").Line("</script><script>alert(1)</script>", [0], [0]).ToFigure("\"a\" & <c>").ToHtml();
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains(">&quot;a&quot; &amp; &lt;c&gt;</div>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("</script><script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToFigure_NoAltText_IsRefused() => Assert.Throws<ArgumentException>(() => Line().ToFigure(" "));

    [Fact]
    public void Animate_ThreePlots_HasSliderOverThreeFrames()
    {
        var figure = Plot.Animate([("a", Line()), ("b", Line(2)), ("c", Line(3))], "alt");
        Assert.Equal(3, figure.FrameCount);
        Assert.Contains("max=\"2\"", figure.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("-play", figure.ToHtml(), StringComparison.Ordinal);
    }

    // A reader of the page sees it, a screen reader reads it, and neither meets it twice.
    [Fact]
    public void ToHtml_WordsOfAFigure_StandOnceBelowIt()
    {
        string html = Line().ToFigure("A rising line.").ToHtml();
        Assert.Equal(1, Regex.Count(html, "A rising line\\."));
        Assert.Contains("gan-caption", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(ImageGrid.Of("T", "Grey squares.", zeros(2, 16)).ToHtml(), "Grey squares\\."));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(-1, 2)]
    public void Animate_Start_IsTheFrameThatIsShown(int start, int shown)
    {
        string plots = Plot.Animate([("a", Line()), ("b", Line(2)), ("c", Line(3))], "alt", start).ToHtml();
        string images = ImageGrid.Frames("T", "alt", [("a", zeros(1, 16)), ("b", ones(1, 16)), ("c", ones(1, 16))], start: start).ToHtml();
        Assert.Contains($"value=\"{shown}\"", plots, StringComparison.Ordinal);
        Assert.Contains($"value=\"{shown}\"", images, StringComparison.Ordinal);
        Assert.Contains($">{"abc"[shown]}</output>", plots, StringComparison.Ordinal);
    }

    [Fact]
    public void Animate_StartBeyondTheFrames_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Plot.Animate([("a", Line())], "alt", start: 1));

    [Fact]
    public void Animate_NoRange_AllFramesShareTheVerticalRange()
    {
        var frames = Plot.Animate([("a", Line()), ("b", Line(3))], "alt").Specifications;
        double[][] ranges = [.. frames.Select(f => f["layout"]!["yaxis"]!["range"]!.AsArray().Select(v => (double)v!).ToArray())];
        Assert.Equal(ranges[0], ranges[1]);
        Assert.InRange(ranges[0][1], 3, 3.3);
    }

    [Fact]
    public void SameY_LogarithmicPair_HasOneRangeInPowersOfTen()
    {
        Figure[] pair = [.. new[] { 0.01, 100.0 }.Select(y => new Plot("T", "x", "y").LogY().Line("l", [0, 1], [1, y]).ToFigure("alt"))];
        _ = Panels.SameY(pair);
        double[] range = [.. pair[1].Specifications[0]["layout"]!["yaxis"]!["range"]!.AsArray().Select(v => (double)v!)];
        Assert.Equal(-2.2, range[0], 1e-9);
        Assert.Equal(2.2, range[1], 1e-9);
    }

    [Fact]
    public void ImageGrid_Labels_StandAtRowsAndColumnsAndAreCounted()
    {
        string html = ImageGrid.Of("T", "alt", zeros(4, 16), columns: 2, rowLabels: ["up", "<down>"], columnLabels: ["−1", "1"]).ToHtml();
        Assert.Contains(">&lt;down&gt;</div>", html, StringComparison.Ordinal);
        Assert.Contains(">−1</div>", html, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => ImageGrid.Of("T", "alt", zeros(4, 16), columns: 2, rowLabels: ["one"]));
        Assert.Contains("1 labels for 2 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PlotStrip_TwoPlots_HaveOneLegendAndNoneOfTheirOwn()
    {
        string html = PlotStrip.Of("T", "alt", ("(a) one", Line()), ("(b) two", Line(2))).ToHtml();
        Assert.Equal(1, Regex.Count(html, "\\.key\\("));
        Assert.Equal(2, Regex.Count(html, "\\.draw\\("));
        Assert.DoesNotContain("showlegend\\u0022:true", html, StringComparison.Ordinal);
        Assert.Contains("across: x; up: y", html, StringComparison.Ordinal);
    }

    [Fact]
    public void PlotStrip_Points_HaveTheirMarkersInTheLegend()
    {
        double[] one = [1];
        string html = PlotStrip.Of("T", "alt", ("(a)", new Plot("T", "x", "y").Points("dots", one, one, Role.Generator)
            .Line("curve", one, one, Role.Optimum)), ("(b)", new Plot("T", "x", "y").Bars("bars", ["b"], one, Role.Data))).ToHtml();
        string legend = """["dots","@green","diamond"],["curve","@vermilion","dashdot"],["bars","@ink",""]""";
        Assert.Contains(legend, html, StringComparison.Ordinal);
    }

    // Executed notebooks consist of numbers as text for the most part. Random digits would take 0.55 of their length.
    [Fact]
    public void ToHtml_LargeFigure_IsPackedAndLosesNothing()
    {
        double[] x = [.. Enumerable.Range(0, 2000).Select(i => 0.01 * i)];
        var figure = new Plot("T", "x", "y").Line("large", x, [.. x.Select(Math.Sin)]).ToFigure("alt");

        string letters = Regex.Match(figure.ToHtml(), "\\.draw\\(\"[^\"]*\",\"([A-Za-z0-9+/=]*)\",\\[\\[").Groups[1].Value;

        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(letters)), CompressionMode.Decompress);
        var frames = new SharedFrames(figure.Specifications);
        Assert.Equal(frames.Parts, JsonSerializer.Deserialize<string[]>(gzip)!);
        Assert.InRange(letters.Length, 1, 0.6 * frames.Parts.Sum(part => part.Length));
    }

    // The book refuses what unpacks to more than 64 letters for each; what is so regular stays as it is.
    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void ToHtml_SmallOrConstantFigure_IsPlain(int count)
    {
        double[] zeros = new double[count];
        string html = new Plot("T", "x", "y").Line("constant", zeros, zeros).ToFigure("alt").ToHtml();
        Assert.Matches("\\.draw\\(\"[^\"]*\",\\[", html);
        Assert.Contains("constant", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Animate_NoFrames_IsRefused() => Assert.Throws<ArgumentException>(() => Plot.Animate([], "alt"));

    [Fact]
    public void Line_NaN_BecomesAGap()
    {
        string html = new Plot("T", "x", "y").Line("l", [0, 1, 2], [0, double.NaN, 2]).ToFigure("alt").ToHtml();
        Assert.Contains("null", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Regex.Replace(html, "<script>if\\(!window.Plotly.*?</script>", "", RegexOptions.Singleline),
            StringComparison.Ordinal);
    }

    // An executed notebook holds one: with 3.6 MB each, the course took 71 MB.
    [Fact]
    public void PlotlyScript_Text_IsSmallAndHidesFromModuleLoaders()
    {
        Assert.StartsWith("if(!window.Plotly)(", PlotlyScript.Text, StringComparison.Ordinal);
        Assert.Contains("(function(define,module,exports){", PlotlyScript.Text, StringComparison.Ordinal);
        Assert.InRange(PlotlyScript.Text.Length, 100_000, 560_000);
        Assert.InRange(PlotlyScript.WholeText.Length, 1_000_000, 1_700_000);
        Assert.DoesNotContain("</script", PlotlyScript.WholeText, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void PlotlyScript_Bundle_IsThatOfThePlotlyInThePackage()
    {
        byte[] bundle = Unpacked(PlotlyScript.Text);
        string sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bundle));
        Assert.Contains(sum, File.ReadAllText(Path.Combine(Root, "THIRD-PARTY-NOTICES.md")), StringComparison.Ordinal);
        string[] versions = [.. new[] { bundle, Unpacked(PlotlyScript.WholeText) }
            .Select(script => Regex.Match(System.Text.Encoding.UTF8.GetString(script)[..300], @"v(\d+\.\d+\.\d+)").Groups[1].Value)];
        Assert.Equal(versions[1], versions[0]);
    }

    [Fact]
    public void ToHtml_ChartOfAnotherKind_BringsTheWholeLibraryEachTime()
    {
        _ = Line().ToFigure("alt").ToHtml();
        var chartOfRings = new Plotly.NET.Trace("sunburst");
        var chart = Plotly.NET.GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq([chartOfRings]));
        for (int time = 0; time < 2; time++)
            Assert.Contains(PlotlyScript.WholeText, chart.ToFigure().ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain(PlotlyScript.Text, Line().ToFigure("alt").ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_TwoSets_StandSideBySideAndHaveWhiskers()
    {
        var figure = new Plot("T", "x", "y").Bars("a", ["u", "v"], [1, 2]).Bars("b", ["u", "v"], [1.5, 2.5], Role.Auto, [0.25, 0.5])
            .Specification();
        Assert.Equal("group", (string?)figure["layout"]!["barmode"]);
        Assert.Equal("[0.25,0.5]", figure["data"]![1]!["error_y"]!["array"]!.ToJsonString());
        Assert.Null(figure["data"]![0]!["error_y"]);
    }

    [Fact]
    public void BytePicture_Bytes_AreOneGreyPixelEach()
    {
        Assert.Contains("two rows", BytePicture.Of("T", "two rows", [0, 128, 255, 7, 9], columns: 3).ToHtml(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BytePicture.Of("T", "none", []));
    }

    [Fact]
    public void Specification_Numbers_HaveTheDigitsThatCanBeSeen()
    {
        double[] x = [0, 1.0 / 3, 8], y = [1e-9, 2e-9 / 3, 123456.789];
        PlacesOf(new Plot("T", "x", "y").Line("l", x, y), out string linear);
        PlacesOf(new Plot("T", "x", "y").LogX().LogY().Line("l", x, y), out string logarithmic);
        PlacesOf(new Plot("T", "x", "y").YRange(0, 1e-8).Line("l", x, y), out string near);
        Assert.Equal("[0,0.333,8] [0,0,123460]", linear);
        Assert.Equal("[0,0.33333,8] [1E-09,6.6667E-10,123460]", logarithmic);
        Assert.Equal("[0,0.333,8] [1E-09,6.67E-10,123456.8]", near);
    }

    // The runner puts plotly.js before what names it.
    [Fact]
    public void ToHtml_PicturesThatMove_DoNotNamePlotly()
    {
        var pictures = ImageGrid.Frames("T", "alt", [("a", zeros(1, 1, 4, 4)), ("b", ones(1, 1, 4, 4))]);
        Assert.Contains("drawImages", pictures.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("Plotly.", pictures.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Plotly.", Line().ToFigure("alt").ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReaderChart_GenericChart_LosesItsFixedSize()
    {
        var chart = Plotly.NET.CSharp.Chart.Line<double, double, string>([1, 2], [3, 4]);
        Assert.Contains("<script>", chart.ToFigure().ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("\\u0022width\\u0022:600", chart.ToFigure().ToHtml(), StringComparison.Ordinal);
    }

    // Plotly.NET's own template paints the paper white, which a dark editor shows as a bright box.
    [Fact]
    public void ReaderChart_GenericChart_TakesTheColoursOfThePageUnlessTheReaderChose()
    {
        var chart = Plotly.NET.CSharp.Chart.Line<double, double, string>([1, 2], [3, 4]);
        var layout = PlotlyChartAdapter.Specification(chart)["layout"]!;
        Assert.Equal("rgba(0,0,0,0)", layout["paper_bgcolor"]!.ToString());
        Assert.Equal("@ink", layout["font"]!["color"]!.ToString());
        Assert.Equal("@grid", layout["yaxis"]!["gridcolor"]!.ToString());
        var pink = new Plotly.NET.Layout();
        pink.SetProperty("paper_bgcolor", "pink");
        var own = Plotly.NET.GenericChart.setLayout(pink, chart);
        Assert.Equal("pink", PlotlyChartAdapter.Specification(own)["layout"]!["paper_bgcolor"]!.ToString());
    }

    [Fact]
    public void Area_Function_IsFilledDownToZero() =>
        Assert.Contains("tozeroy", new Plot("T", "x", "y").Area("a", x => x, 0, 1).Specification().ToJsonString(),
            StringComparison.Ordinal);

    [Fact]
    public void Histogram_OfSamples_DrawsItsHeights()
    {
        string html = new Plot("T", "x", "y").Histogram("h", GanNotebooks.Metrics.Histogram.Of([0.5, 1.5, 1.5], 0, 2, 2)).ToFigure("alt")
            .ToHtml();
        Assert.Contains("0.33333,", html, StringComparison.Ordinal);
        Assert.Contains("0.66667", html, StringComparison.Ordinal);
    }

    [Fact]
    public void CaptionedImages_TwoImages_HaveTheirCaptionsBelow()
    {
        var images = CaptionedImages.Of("T", "alt", zeros(2, 16), ["one\n1 nat", "<two>"]);
        Assert.Equal(2, Regex.Count(images.ToHtml(), "data:image/png;base64,"));
        Assert.Contains("one<br>1 nat", images.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("&lt;two&gt;", images.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("one 1 nat", images.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void CaptionedImages_MissingCaption_IsRefused() =>
        Assert.Throws<ArgumentException>(() => CaptionedImages.Of("T", "alt", zeros(2, 16), ["one"]));

    [Theory]
    [InlineData(new long[] { 3, 1, 4, 5 })]
    [InlineData(new long[] { 3, 3, 4, 5 })]
    [InlineData(new long[] { 3, 16 })]
    public void ImageGrid_FittingShape_IsPng(long[] shape)
    {
        string html = ImageGrid.Of("T", "alt", zeros(shape), columns: 2).ToHtml();
        byte[] png = Convert.FromBase64String(Regex.Match(html, "base64,([^\"]+)").Groups[1].Value);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    [Theory]
    [InlineData(new long[] { 3, 15 })]
    [InlineData(new long[] { 3, 2, 4, 4 })]
    [InlineData(new long[] { 4 })]
    public void ImageGrid_OtherShape_IsRefusedWithTheShape(long[] shape)
    {
        var error = Assert.Throws<ArgumentException>(() => ImageGrid.Of("T", "alt", zeros(shape)));
        Assert.Contains($"[{string.Join(", ", shape)}]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-0.39", "−0.39")]
    [InlineData("1e-5", "1e-5")]
    [InlineData("-w", "-w")]
    [InlineData(-3, "−3")]
    [InlineData(-0.0, "0")]
    public void Table_NegativeNumber_HasAMinusSign(object cell, string shown) =>
        Assert.Contains($">{shown}<", new Table("c", "a").Row(cell).ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void Table_WrongNumberOfCells_IsRefused() => Assert.Throws<ArgumentException>(() => new Table("c", "a", "b").Row(1));

    private static byte[] Unpacked(string script)
    {
        using var packed = new MemoryStream(Convert.FromBase64String(Regex.Match(script, "\\(\"([A-Za-z0-9+/=]+)\"\\)$").Groups[1].Value));
        using var stream = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void PlacesOf(Plot plot, out string places)
    {
        var trace = plot.Specification()["data"]![0]!;
        places = $"{trace["x"]!.ToJsonString()} {trace["y"]!.ToJsonString()}";
    }
}
