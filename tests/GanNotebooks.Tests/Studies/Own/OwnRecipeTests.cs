using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Tests.Data.Own;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies.Own;

/// <summary>The networks of a recipe follow the shape of a reader's own data.</summary>
public sealed class OwnRecipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("dcgan", 8, 3)]
    [InlineData("dcgan", 28, 1)]
    [InlineData("dcgan", 36, 3)]
    [InlineData("residual", 20, 1)]
    [InlineData("residual", 64, 3)]
    [InlineData("mlp", 5, 1)]
    [InlineData("mlp", 30, 1)]
    public void Create_FolderOfAnySide_TrainsNetworksOfThatShape(string model, int side, int channels)
    {
        string photos = Path.Combine(folder.Path, "Photos");
        Directory.CreateDirectory(photos);
        for (int k = 0; k < 4; k++)
            File.WriteAllBytes(Path.Combine(photos, $"{k}.png"), PictureBytes.Png(9, 9, (x, y) => [(byte)(x * k), (byte)y, 0]));
        var recipe = new TrainingRecipe($"folder:{photos},side={side},channels={channels}", model) { Steps = 1, BatchSize = 4, Width = 2 };
        using var trainer = recipe.Create(CPU).Run();
        using var samples = trainer.Sample(2);
        Assert.Equal([2, channels, side, side], samples.shape);
        Assert.True(double.IsFinite(trainer.History[^1].GeneratorLoss));
        Assert.Contains($"--data folder:{photos},side={side},channels={channels} ", recipe.CommandLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dcgan", 30, "a multiple of 4 and at least 8, not 30; the nearest are 28 and 32")]
    [InlineData("residual", 7, "not 7; the nearest is 8")]
    [InlineData("residual", 9, "not 9; the nearest are 8 and 12")]
    public void Config_SideThatTheNetworksDoNotTake_IsRefusedWithTheNearest(string model, int side, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(
            () => new TrainingRecipe($"folder:/none,side={side}", model).Config).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 5)]
    [InlineData("plain", 1)]
    [InlineData("plain", 2)]
    [InlineData("plain", 3)]
    public void Create_CsvOfAnyDimension_TrainsNetworksOfThatShape(string model, int d)
    {
        string file = Csv(40, d);
        var recipe = new TrainingRecipe("ring", model) { Steps = 1, BatchSize = 8 }.With("Data", $"csv:{file}");
        using var trainer = recipe.Create(CPU).Run();
        using var samples = trainer.Sample(3);
        Assert.Equal([3, d], samples.shape);
        Assert.True(trainer.Config.NoiseDimension >= d);
        Assert.IsType<PointsCsv>(trainer.Data);
    }

    // 20,000 images are more than a first run on 200 pictures sees.
    [Theory]
    [InlineData("mlp")]
    [InlineData("dcgan")]
    [InlineData("residual")]
    public void Config_OwnImages_AreAveragedOverFewer(string model)
    {
        Assert.Equal(1000, new TrainingRecipe("folder:/none,channels=1", model).Config.AverageHalfLife);
        Assert.Equal(20_000, new TrainingRecipe("mnist", model).Config.AverageHalfLife);
    }

    [Fact]
    public void Create_BatchLargerThanTheFile_IsRefused()
    {
        var recipe = new TrainingRecipe($"csv:{Csv(5, 2)}", "mlp") { BatchSize = 6 };
        Assert.Contains("a batch of 6 is larger than the 5 points of p.csv", Assert.Throws<ArgumentException>(
            () => recipe.Create(CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_OwnData_HaveAFullPathAndKeepTheirCapitals()
    {
        var data = RecipeData.Named("folder:My Photos,side=8");
        Assert.Equal($"folder:{Path.GetFullPath("My Photos")},side=8,channels=3", data.Name);
        Assert.Equal(("My Photos", 3, 8, 0), (data.Title, data.Channels, data.Side, data.Dimension));
        Assert.Contains("folder:DIR and csv:FILE", Assert.Throws<ArgumentException>(() => RecipeData.Named("cats")).Message,
            StringComparison.Ordinal);
    }

    private string Csv(int rows, int d)
    {
        string file = Path.Combine(folder.Path, "p.csv");
        File.WriteAllLines(file, Enumerable.Range(0, rows).Select(n => string.Join(',', Enumerable.Range(1, d).Select(k => n * k % 11))));
        return file;
    }
}
