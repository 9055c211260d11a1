using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Studies;

public sealed class LatentStudyTests
{
    [Fact]
    public void Run_OneEpochOfAFewImages_RecordsOnceAndReadsBack()
    {
        string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;
        var lines = new List<string>();
        var test = Mnist.Test().Take(60);
        void Run(IReadOnlyList<string> methods) => new LatentStudy(Path.Combine(folder, "results"), Path.Combine(folder, "scratch"))
        {
            Epochs = 1, BoundSamples = 3, BoundImages = 20, Log = lines.Add,
        }.Run(Mnist.Train().Take(500), test, methods, [1]);
        Run([LatentStudy.Deep, LatentStudy.Linear]);
        Run([LatentStudy.Deep, LatentStudy.Linear]);
        Assert.Equal(2, lines.Count);
        var runs = Directory.GetFiles(Path.Combine(folder, "results")).Order(StringComparer.Ordinal).Select(RecordedLatent.Read).ToList();
        Assert.Equal([LatentStudy.Deep, LatentStudy.Linear], runs.Select(r => r.Method));
        Assert.All(runs, r => Assert.Equal([0, LatentStudy.StepsPerEpoch], r.Trajectory.Select(e => e.Step)));
        Assert.All(runs, r => Assert.True(r.End.Error < r.Trajectory[0].Error));
        Assert.True(runs[1].End.LogDensity > runs[1].Trajectory[0].LogDensity);
        Assert.Equal(20, runs[1].End.BoundImages);
        Assert.Equal(runs[0].End, runs[0].At(1));
        Assert.True(File.Exists(Path.Combine(folder, "scratch", "autoencoder-469-seed1", "weights.safetensors")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Config_UnknownModel_IsRefusedWithTheNames() => Assert.Contains(LatentStudy.Vae,
        Assert.Throws<ArgumentException>(() => LatentStudy.Config("GAN", 1, 10)).Message, StringComparison.Ordinal);
}
