using GanNotebooks.Data;
using GanNotebooks.Plotting;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Tests.Data.Own;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Plotting;

public sealed class RunFilmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RunFilmTests() => Directory.CreateDirectory(Samples);

    private string Samples => Path.Combine(folder.Path, "samples");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_Points_HasAFrameForEachStepAndTheRangeOfTheData()
    {
        Write("data.csv", "a,b\n0,10\n100,20\n");
        Write("step-000000020.csv", "a,b\n1,11\n2,12\n");
        Write("step-000000003.csv", "a,b\n3,13\n4,14\n");
        Write("step-notes.csv", "mine");
        var film = Assert.IsType<Figure>(RunFilm.Of(folder.Path));
        Assert.Equal(2, film.FrameCount);
        string html = film.ToHtml();
        Assert.Contains("[\"step 3\",\"step 20\"]", html, StringComparison.Ordinal);
        var layout = film.Specifications[0]["layout"]!;
        Assert.Equal([-10.0, 110], layout["xaxis"]!["range"]!.AsArray().Select(v => (double)v!));
        Assert.Equal([9.0, 21], layout["yaxis"]!["range"]!.AsArray().Select(v => (double)v!));
    }

    [Fact]
    public void Of_PointsOfOneNumber_AreHistograms()
    {
        Write("step-000000001.csv", "1\n2\n3\n");
        var film = Assert.IsType<Figure>(RunFilm.Of(folder.Path));
        Assert.Contains("without the data", film.Alt, StringComparison.Ordinal);
        Assert.Equal("bar", (string?)film.Specifications[0]["data"]![0]!["type"]);
    }

    [Fact]
    public void Of_Pictures_ShowsThem()
    {
        byte[] png = PictureBytes.Png(5, 4, (_, _) => [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(Samples, "step-000000000.png"), png);
        File.WriteAllBytes(Path.Combine(Samples, "step-000000009.png"), png);
        string html = Assert.IsType<ImageGrid>(RunFilm.Of(folder.Path)).ToHtml();
        Assert.Contains(Convert.ToBase64String(png), html, StringComparison.Ordinal);
        Assert.Contains("step 9", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManySteps_AreChosenEvenlyWithTheFirstAndTheLast()
    {
        for (int step = 0; step <= 100; step++)
            Write($"step-{step:D9}.csv", $"{step},0\n");
        var samples = RunSamples.Read(folder.Path, mostFrames: 5);
        Assert.Equal([0, 25, 50, 75, 100], samples.Points.Select(p => p.Step));
        Assert.All(samples.Points, frame => Assert.Equal(frame.Step, frame.Points[0][0]));
    }

    [Theory]
    [InlineData("step-000000001.csv", "1,2\n1,x\n", "'x', which is text")]
    [InlineData("step-000000001.csv", "", "no line with text")]
    [InlineData("step-000000001.png", "<html>", "it is no PNG; it is a web page")]
    [InlineData("data.csv", "1\n", "samples such as step-000000500.csv or .png; found none")]
    public void Read_DamagedSamples_AreNamed(string name, string text, string message)
    {
        Write(name, text);
        Assert.Contains(message, Assert.Throws<DataFileException>(() => RunSamples.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherDimensionAtAnotherStep_IsNamed()
    {
        Write("step-000000001.csv", "1\n");
        Write("step-000000002.csv", "1,2\n");
        Assert.Contains("expected points of 2 numbers at every step; found some of 1",
            Assert.Throws<DataFileException>(() => RunSamples.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    // A page of its own must hold everything: the script, also when an earlier figure of this process took it.
    [Fact]
    public void Page_AfterOtherFigures_HoldsTheScriptAndNothingFromElsewhere()
    {
        Write("step-000000001.csv", "<script>alert(1)</script>,b\n1,2\n");
        _ = RunFilm.Of(folder.Path).ToHtml();
        string page = RunFilm.Page(folder.Path);
        Assert.Contains(PlotlyScript.Text, page, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    // One generated point in the middle of the data's range lies in the middle of the picture.
    [Fact]
    public void PointPng_Dots_LieWhereTheyBelong()
    {
        using Tensor data = tensor(new[,] { { 0f, 0f }, { 10f, 1000f } }),
            generated = tensor(new[,] { { 5f, 500f }, { 1e30f, float.NaN } });
        string path = Path.Combine(folder.Path, "points.png");
        PointPng.Write(path, generated, data);
        byte[] square = new byte[3 * 480 * 480];
        Assert.Null(PictureFile.Read(path, 480, 3, 255, square));
        byte[] At(int x, int y) => [square[y * 480 + x], square[480 * 480 + y * 480 + x], square[2 * 480 * 480 + y * 480 + x]];
        byte[] middle = At(240, 239), data0 = At(40, 439), empty = At(100, 100);
        Assert.True(middle[1] > middle[0] + 40, "the generated point is green");
        Assert.Equal(data0[0], data0[1]);
        Assert.InRange(data0[0], 100, 200);
        Assert.Equal([255, 255, 255], empty.Select(v => (int)v));
        Assert.Throws<ArgumentException>(() => PointPng.Write(path, generated, tensor(new[,] { { 1f } })));
    }

    [Fact]
    public void PointPng_OneNumber_IsAHistogram()
    {
        using Tensor data = zeros(10, 1), generated = ones(10, 1);
        string path = Path.Combine(folder.Path, "points.png");
        PointPng.Write(path, generated, data);
        byte[] square = new byte[3 * 480 * 480];
        Assert.Null(PictureFile.Read(path, 480, 3, 255, square));
        // All data lie at 0, the middle of [-1, 1]; all generated points at 1, its end.
        Assert.Equal(255, square[240 * 480 + 100]);
        Assert.True(square[470 * 480 + 245] < 200 && square[470 * 480 + 475] < 200);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Samples, name), text);
}
