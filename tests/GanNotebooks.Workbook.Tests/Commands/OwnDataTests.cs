using System.Globalization;
using StbImageWriteSharp;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>A reader's own images and points, from the files to samples and a film, by commands alone.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_FolderOfImages_LeavesSamplesAndAFilm()
    {
        Photos(200);
        folder.Write("photos/notes.txt", "not a picture");
        var run = await Workbook("train", "--data", "folder:photos,side=16", "--model", "residual", "--width", "2", "--batch", "8",
            "--steps", "4", "--sample-every", "2", "--run", "run");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("photos: 200 images of 3 x 16 x 16, digest", run.Output, StringComparison.Ordinal);
        Assert.Contains("no pictures: notes.txt", run.Output, StringComparison.Ordinal);
        Assert.Contains("images/s", run.Output, StringComparison.Ordinal);
        string grid = folder.File("run/samples/step-000000004.png");
        Assert.Equal((169, 169), Size(grid)); // ten by ten images of 16, a pixel between two
        var film = await Workbook("film", "run");
        Assert.True(film.ExitCode == 0, film.Errors);
        string page = File.ReadAllText(folder.File("run-film.html"));
        Assert.Contains("3 moments of the same generated images", page, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(File.ReadAllBytes(grid)), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Csv_LeavesTablesPicturesAndAFilm()
    {
        Points("points.csv", 300);
        var run = await Workbook("train", "--data", "csv:points.csv", "--model", "mlp", "--steps", "40", "--sample-every", "10", "--run",
            "run");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("points.csv: 300 points of 2, standardised, digest", run.Output, StringComparison.Ordinal);
        Assert.Contains("points/s", run.Output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(folder.File("run/samples/step-000000040.csv"));
        Assert.Equal(("height,weight", 1001), (rows[0], rows.Length));
        // In the units of the file, whose first column lies around 1700.
        Assert.InRange(rows[1..].Average(r => double.Parse(r.Split(',')[0], CultureInfo.InvariantCulture)), 1600, 1800);
        Assert.Equal((480, 480), Size(folder.File("run/samples/step-000000040.png")));
        Assert.Equal(301, File.ReadAllLines(folder.File("run/samples/data.csv")).Length);
        var film = await Workbook("film", "run", "--out", "films/mine.html");
        Assert.True(film.ExitCode == 0, film.Errors);
        string page = File.ReadAllText(folder.File("films/mine.html"));
        foreach (string part in (string[])["height", "weight", "step 0", "step 40", "5 moments of 1000 generated points", "Plotly"])
            Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "mlp")]
    [InlineData("1+2+3", "plain")]
    public async Task Train_CsvOfOtherDimensions_IsLearnedAndFilmed(string columns, string model)
    {
        folder.Write("p.csv", string.Concat(Enumerable.Range(0, 100).Select(k => $"{k},{k % 7},{k % 3}\n")));
        var run = await Workbook("train", "--data", $"csv:p.csv,columns={columns}", "--model", model, "--steps", "3", "--run", "run");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(columns.Split('+').Length, File.ReadAllLines(folder.File("run/samples/step-000000003.csv"))[0].Split(',').Length);
        Assert.Equal(0, (await Workbook("film", "run")).ExitCode);
    }

    [Fact]
    public async Task Study_Csv_TrainsTheRowsOnceAndComparesThem()
    {
        Points("points.csv", 300);
        string[] command = ["study", "dropped-modes", "--data", "csv:points.csv", "--method", "GAN", "SN-hinge", "PacGAN2", "--seeds", "2",
            "--steps", "3", "--out", "results"];
        var run = await Workbook(command);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("6 runs, 3 rows with 2 seeds each", run.Output, StringComparison.Ordinal);
        Assert.Contains("run 5 of 6: PacGAN2, seed 2: step 3, energy distance ", run.Output, StringComparison.Ordinal);
        Assert.Contains("energy distance, lower is better; 6 of 6 runs", run.Output, StringComparison.Ordinal);
        var again = await Workbook(command);
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("run 5 of 6", again.Output, StringComparison.Ordinal); // nothing is trained twice
        string table = run.Output[run.Output.IndexOf("energy distance, lower", StringComparison.Ordinal)..];
        Assert.EndsWith(table, again.Output, StringComparison.Ordinal);
        Assert.Equal(table, (await Workbook("sweep", "table", "results/dropped-modes-on-points")).Output);
        var other = await Workbook([.. command[..^3], "4", "--out", "results"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("holds a sweep of another plan, which differs in Base", other.Errors, StringComparison.Ordinal);
        File.AppendAllText(folder.File("points.csv"), "1700;70\n");
        var changed = await Workbook(command);
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("have changed since the sweep was created", changed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data is for rotating-ring, dropped-modes", "next-frame", "csv:p.csv")]
    [InlineData("--record is for the studies' own data", "dropped-modes", "csv:p.csv", "--record")]
    [InlineData("--scratch is for the studies' own data", "dropped-modes", "csv:p.csv", "--scratch", "s")]
    [InlineData("'ring' is none of folder:DIR, csv:FILE", "dropped-modes", "ring")]
    [InlineData("--data: dropped-modes takes points, csv:FILE", "dropped-modes", "folder:photos")]
    [InlineData("--data: stacked-mnist takes images, folder:DIR", "stacked-mnist", "csv:p.csv", "--out", "results")]
    [InlineData("PacGAN4: a batch of 512 is larger than the 300 points of p.csv", "dropped-modes", "csv:p.csv", "--out", "results")]
    public async Task Study_DataItCannotTake_SaysSoAndLeavesNothing(string message, string study, string data, params string[] further)
    {
        Points("p.csv", 300);
        Photos(1);
        var run = await Workbook(["study", study, "--data", data, "--steps", "1", "--seeds", "1", .. further]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("results/stacked-mnist-on-p")));
        Assert.False(Directory.Exists(folder.File("results/dropped-modes-on-p"))); // no row is trained before the last one is refused
    }

    // The path of the data is recorded in full, so the working directory may be another one.
    [Fact]
    public async Task Train_Interrupted_ContinuesBitForBitFromElsewhere()
    {
        Photos(12);
        string[] arguments = ["--data", "folder:photos,side=8,channels=1", "--model", "dcgan", "--width", "2", "--batch", "4", "--steps",
            "400", "--checkpoint-every", "10", "--sample-every", "400"];
        var whole = await Workbook(["train", "--run", "whole", .. arguments]);
        Assert.True(whole.ExitCode == 0, whole.Errors);
        using (var process = Shell.Start(folder.Path, $"exec $W train --run cut {string.Join(' ', arguments)}"))
        {
            // A checkpoint under its own name is whole; one that is being written has another name.
            string checkpoints = folder.File("cut/checkpoints");
            while (!Directory.Exists(checkpoints) || Directory.GetFiles(checkpoints, "*.checkpoint").Length == 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            Shell.Signal(process, "KILL");
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string elsewhere = Directory.CreateDirectory(folder.File("elsewhere")).FullName;
        var rest = await WorkbookProcess.RunAsync(elsewhere, "", TestContext.Current.CancellationToken,
            "train", "--resume", "--run", "../cut");
        Assert.True(rest.ExitCode == 0, rest.Errors);
        foreach (string file in (string[])["weights/generator.safetensors", "samples/step-000000400.png"])
            Assert.Equal(File.ReadAllBytes(folder.File($"whole/{file}")), File.ReadAllBytes(folder.File($"cut/{file}")));
    }

    [Fact]
    public async Task Resume_OtherData_IsRefusedAndNothingIsChanged()
    {
        Points("p.csv", 100);
        Assert.Equal(0, (await Workbook("train", "--data", "csv:p.csv", "--model", "mlp", "--steps", "5", "--run", "run")).ExitCode);
        byte[] checkpoint = File.ReadAllBytes(folder.File("run/checkpoints/step-000000005.checkpoint"));
        Points("p.csv", 101);
        var other = await Workbook("train", "--resume", "--run", "run");
        Assert.Equal(1, other.ExitCode);
        Shell.IsOneLine(other.Errors);
        Assert.Contains("100 points", other.Errors, StringComparison.Ordinal);
        File.Delete(folder.File("p.csv"));
        var gone = await Workbook("train", "--resume", "--run", "run");
        Assert.Equal(1, gone.ExitCode);
        Shell.IsOneLine(gone.Errors);
        Assert.Contains("p.csv: expected a file; found no such file", gone.Errors, StringComparison.Ordinal);
        Assert.Equal(checkpoint, File.ReadAllBytes(folder.File("run/checkpoints/step-000000005.checkpoint")));
    }

    [Theory]
    [InlineData("folder:nowhere", "residual", 1, "no such folder")]
    [InlineData("folder:empty", "residual", 1, "expected PNG or JPEG files; found none")]
    [InlineData("folder:photos,side=30", "dcgan", 2, "a multiple of 4 and at least 8, not 30; the nearest are 28 and 32")]
    [InlineData("folder:photos,side=4", "residual", 2, "the nearest is 8")]
    [InlineData("folder:photos", "mlp", 2, "the model mlp is for grey images and points")]
    [InlineData("folder:photos,side=8", "residual", 2, "a batch of 64 is larger than the 5 images of photos")]
    [InlineData("folder:photos,size=8", "residual", 2, "folder: has no setting 'size'")]
    [InlineData("folder:photos,channels=4", "residual", 2, "channels=4 must be 1 or 3")]
    [InlineData("folder:broken", "residual", 1, "2 of 2 that cannot: a.png (it is empty), b.jpg (it is no PNG and no JPEG)")]
    [InlineData("csv:nowhere.csv", "mlp", 1, "found no such file")]
    [InlineData("csv:comma.csv", "mlp", 1, "line 2, column 'x': '1,5' has a decimal comma; write 1.5")]
    [InlineData("csv:comma.csv,columns=z", "mlp", 1, "expected a column z; found 2 columns: x, y")]
    [InlineData("csv:points.csv", "dcgan", 2, "the model dcgan is for images")]
    [InlineData("csv:points.csv,delimiter=x", "mlp", 2, "csv: has no setting 'delimiter'")]
    [InlineData("csv:photos", "mlp", 1, "a directory")]
    public async Task Train_WrongData_IsOneLine(string data, string model, int code, string message)
    {
        Photos(5);
        Points("points.csv", 100);
        Directory.CreateDirectory(folder.File("empty"));
        folder.Write("broken/a.png", "");
        folder.Write("broken/b.jpg", "text");
        folder.Write("comma.csv", "x;y\n1,5;2\n");
        var run = await Workbook("train", "--data", data, "--model", model, "--run", "run", "--steps", "2");
        Assert.True(run.ExitCode == code, $"{run.ExitCode}: {run.Errors}");
        Shell.IsOneLine(run.Errors);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("run/config.json")));
    }

    [Fact]
    public async Task Train_SkippedBrokenFiles_AreNamed()
    {
        Photos(5);
        folder.Write("photos/bad.png", "text");
        var run = await Workbook("train", "--data", "folder:photos,side=8,broken=skip", "--model", "residual", "--width", "2", "--batch",
            "4", "--steps", "1", "--run", "run");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("5 images of 3 x 8 x 8", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out: bad.png", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", 2, "there is no folder 'nowhere'")]
    [InlineData("empty", 1, "found no folder samples in it")]
    [InlineData("none", 1, "found none")]
    [InlineData("damaged", 1, "step-000000001.png: expected a PNG picture of samples; found it is no PNG")]
    [InlineData("text", 1, "line 1, column 1")]
    public async Task Film_WrongRun_IsOneLine(string run, int code, string message)
    {
        Directory.CreateDirectory(folder.File("empty"));
        Directory.CreateDirectory(folder.File("none/samples"));
        folder.Write("damaged/samples/step-000000001.png", "x");
        folder.Write("text/samples/step-000000001.csv", "NaN,1\n");
        var film = await Workbook("film", run, "--out", "film.html");
        Assert.True(film.ExitCode == code, $"{film.ExitCode}: {film.Errors}");
        Shell.IsOneLine(film.Errors);
        Assert.Contains(message, film.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("film.html")));
    }

    private Task<WorkbookProcess> Workbook(params string[] arguments) =>
        WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, arguments);

    private void Photos(int count)
    {
        Directory.CreateDirectory(folder.File("photos"));
        for (int k = 0; k < count; k++)
        {
            var (width, height) = (10 + k % 7, 9 + k % 5);
            byte[] pixels = [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * (k + 1)))];
            using var stream = File.Create(folder.File($"photos/{k:D3}.png"));
            new ImageWriter().WritePng(pixels, width, height, ColorComponents.RedGreenBlue, stream);
        }
    }

    private void Points(string name, int count) => folder.Write(name, "height;weight\n" + string.Concat(
        Enumerable.Range(0, count).Select(k => $"{1700 + k % 13 * 10};{70 + k % 5}\n")));

    private static (int Width, int Height) Size(string png)
    {
        byte[] bytes = File.ReadAllBytes(png);
        return (bytes[18] << 8 | bytes[19], bytes[22] << 8 | bytes[23]);
    }
}
