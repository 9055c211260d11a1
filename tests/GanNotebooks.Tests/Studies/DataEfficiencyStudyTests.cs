using GanNotebooks.Data;
using GanNotebooks.Studies;
using TorchSharp.Modules;

namespace GanNotebooks.Tests.Studies;

public sealed class DataEfficiencyStudyTests : IDisposable
{
    private static readonly DataEfficiencyRecipe Tiny = new() { Width = 4, Batch = 8, Steps = 8 };

    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    private string Results => Path.Combine(folder, "results");

    [Fact]
    public void Run_TwoCells_AreRecordedOnceWithTheirEvaluationsAndSamples()
    {
        var lines = new List<string>();
        Run(lines);
        string[] files = [.. Directory.GetFiles(Results).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(["20-ADA-seed1.json", "20-translation-black-seed1.json"], files);
        var run = RecordedDataEfficiency.Read(Path.Combine(Results, files[0]));
        Assert.Equal((20, RecordedDataEfficiency.Adaptive, 1, 8), (run.Count, run.Method, run.Seed, run.Steps));
        Assert.Equal([0, 2, 4, 6, 8], run.Trajectory.Select(e => e.Step));
        Assert.All(run.Trajectory, e =>
        {
            Assert.InRange(e.Auc, 0, 1);
            Assert.InRange(e.Preference, 0, 1);
            Assert.True(e.ToTest > 0 && e.ToTestError > 0 && e.ToTraining > 0 && e.ToPool > 0);
        });
        using var images = run.Images();
        Assert.Equal([64, 1, 28, 28], images.shape);
        Assert.Equal(2, lines.Count);
        Run(lines);
        Assert.Equal(2, lines.Count); // nothing is computed again
    }

    [Fact]
    public void Create_MethodsWithoutBatchNorm_AreR1AndItsControl()
    {
        var images = Mnist.Test().Take(20);
        string[] without = [.. RecordedDataEfficiency.Methods.Where(method =>
        {
            using var trainer = Tiny.Create(method, images, 1);
            return !trainer.Discriminator.modules().Any(m => m is BatchNorm2d);
        })];
        Assert.Equal([RecordedDataEfficiency.Bare, RecordedDataEfficiency.R1], without);
        var (bare, r1) = (Tiny.Config(RecordedDataEfficiency.Bare, 1), Tiny.Config(RecordedDataEfficiency.R1, 1));
        Assert.Equal(bare, r1 with { Penalty = null }); // one difference
        Assert.Throws<ArgumentException>(() => Tiny.Config("other", 1));
    }

    [Fact]
    public void Subset_SmallerCounts_AreAmongTheLargerOnesOfTheSeed()
    {
        var images = Mnist.Test().Take(500);
        var (few, more) = (DataEfficiencyRecipe.Subset(images, 20, 3), DataEfficiencyRecipe.Subset(images, 200, 3));
        Assert.True(few.Pixels.SequenceEqual(more.Take(20).Pixels));
        Assert.False(few.Pixels.SequenceEqual(DataEfficiencyRecipe.Subset(images, 20, 4).Pixels));
    }

    [Fact]
    public void Cells_All_AreTheWholeGrid() => Assert.Equal(
        RecordedDataEfficiency.Counts.Count * RecordedDataEfficiency.Methods.Count, DataEfficiencyStudy.Cells.Distinct().Count());

    // The pools are fixed, so that each share is off by more than the error of its samples. With one image many times, all prefer the
    // other pool.
    [Fact]
    public void PreferenceOfRealImages_DigitsAndCopiesOfOne_IsAHalfAndLittle()
    {
        var (train, test) = (Mnist.Train(), Mnist.Test());
        Assert.All(new[] { 1, 2, 3 }, seed =>
        {
            var (ofTraining, ofTest) = DataEfficiencyEvaluator.PreferenceOfRealImages(train, test, 300, seed);
            Assert.Equal(0.5, ofTraining.Value, 0.1);
            Assert.Equal(0.5, ofTest.Value, 0.1);
        });
        var one = train.Select(new long[400]);
        Assert.InRange(DataEfficiencyEvaluator.PreferenceOfRealImages(one, test, 300, 1).OfTest.Value, 0, 0.2);
        Assert.Equal(1, DataEfficiencyEvaluator.PreferenceOfRealImages(one, test, 300, 1).OfTraining.Value); // at distance 0
        Assert.Throws<ArgumentException>(() => DataEfficiencyEvaluator.PreferenceOfRealImages(train, test.Take(300), 300, 1));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Run(List<string> lines) => new DataEfficiencyStudy(Results, Path.Combine(folder, "scratch"))
    {
        Recipe = Tiny,
        Log = lines.Add,
    }.Run(Mnist.Test().Take(60), Mnist.Test().Take(100), [(20, RecordedDataEfficiency.Adaptive), (20, RecordedDataEfficiency.Black)], [1]);
}
