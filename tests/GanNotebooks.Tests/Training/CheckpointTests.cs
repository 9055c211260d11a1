using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Tests.Runtime.Files;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private static readonly TrainingConfig Config = TinyRun.Config with
    {
        Penalty = new GradientPenalty(1),
        InstanceNoise = new InstanceNoise(0.1),
        AverageHalfLife = 100,
        FinalLearningRate = 0.1,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    private string FileName => Path.Combine(folder, "a.checkpoint");

    [Fact]
    public void Load_MidRun_EndsWithTheSameWeightsAveragesAndHistory()
    {
        using var whole = TinyRun.Create(Config).Run();
        using (var first = TinyRun.Create(Config).Run(until: 13))
            first.Save(FileName);
        using var second = TinyRun.Create(Config);
        second.Load(FileName);
        Assert.Equal(13, second.Step);
        second.Run();
        Assert.Equal(whole.Weights(), second.Weights());
        Assert.Equal(whole.Sample(5, averaged: true).data<float>().ToArray(), second.Sample(5, averaged: true).data<float>().ToArray());
        Assert.Equal(whole.History.Select(r => r with { StepSeconds = 0 }), second.History.Select(r => r with { StepSeconds = 0 }));
    }

    [Fact]
    public void Load_SpectralNorm_RestoresItsVectors()
    {
        using var whole = TinyRun.Create(Config, spectralNorm: true);
        whole.Run(until: 7);
        whole.Save(FileName);
        using var other = TinyRun.Create(Config, spectralNorm: true);
        other.Load(FileName);
        Assert.Equal(whole.Run().Weights(), other.Run().Weights());
    }

    [Fact]
    public void Load_OtherSettings_IsRefusedNamingThem()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 5);
        trainer.Save(FileName);
        using var other = TinyRun.Create(Config with { Penalty = new GradientPenalty(2), Seed = 9 });
        string message = Assert.Throws<CheckpointException>(() => other.Load(FileName)).Message;
        Assert.Contains("Seed: 3 in the checkpoint, 9 here", message, StringComparison.Ordinal);
        Assert.Contains("Penalty.Weight: 1 in the checkpoint, 2 here", message, StringComparison.Ordinal);
        Assert.Equal(0, other.Step);
    }

    // A checkpoint of an earlier version lacks the settings that came later: it was trained with what are now their defaults.
    [Fact]
    public void Load_SettingsThatLackAKey_CountItAsItsDefault()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 5);
        trainer.Save(FileName);
        Rewrite(state =>
        {
            var settings = JsonNode.Parse(state.Config)!.AsObject();
            Assert.True(settings.Remove("Engine") && settings["GeneratorOptimizer"]!.AsObject().Remove("Beta2")
                && settings["InstanceNoise"]!.AsObject().Remove("End"));
            return state with { Config = settings.ToJsonString() };
        });

        using var same = TinyRun.Create(Config);
        same.Load(FileName);
        Assert.Equal(trainer.Run().Weights(), same.Run().Weights());
        using var other = TinyRun.Create(
            Config with { Engine = GradientEngine.Autograd, GeneratorOptimizer = new AdamConfig(1e-3, 0.5, 0.9) });
        string message = Assert.Throws<CheckpointException>(() => other.Load(FileName)).Message;
        Assert.Contains("Engine: \"Fastest\" in the checkpoint, \"Autograd\" here", message, StringComparison.Ordinal);
        Assert.Contains("GeneratorOptimizer.Beta2: 0.999 in the checkpoint, 0.9 here", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherDataOrNetworks_IsRefused()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 5);
        trainer.Save(FileName);
        using var onGrid = new Trainer(Config, trainer.Generator, trainer.Discriminator, new GridData());
        Assert.Contains("not on", Assert.Throws<CheckpointException>(() => onGrid.Load(FileName)).Message, StringComparison.Ordinal);
        using var wider =
            new Trainer(Config, new MultilayerPerceptron(2, [9], [2]), new MultilayerPerceptron(2, [8], [1]), new RingData(seed: 1));
        Assert.Contains("other networks", Assert.Throws<CheckpointException>(() => wider.Load(FileName)).Message, StringComparison.Ordinal);
    }

    // Every byte matters: wherever one bit flips or the file ends early, it is refused.
    [Fact]
    public void Read_AnyFlippedBitOrTruncation_IsRefused()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 5);
        trainer.Save(FileName);
        byte[] good = File.ReadAllBytes(FileName);
        var random = new Random(1);
        foreach (int at in Enumerable.Range(0, 60).Select(_ => random.Next(good.Length)).Concat([0, good.Length - 1]))
        {
            byte[] flipped = [.. good];
            flipped[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FileName, flipped);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Open(FileName));
            File.WriteAllBytes(FileName, good[..at]);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Open(FileName));
        }
    }

    [Fact]
    public void Load_OtherSettings_NamesBothVersions()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 5);
        trainer.Save(FileName);
        Rewrite(state => state with { Library = "0.0.9+abc" });
        using var other = TinyRun.Create(Config with { Seed = 9 });
        Assert.Contains("version 0.0.9+abc of the library; this is 0.1.0",
            Assert.Throws<CheckpointException>(() => other.Load(FileName)).Message, StringComparison.Ordinal);
    }

    // The images of a folder to which some were added have the same name, and another order.
    [Theory]
    [InlineData(90)]
    [InlineData(200)]
    public void Load_AnotherNumberOfImages_IsRefused(int count)
    {
        using var trainer = OfImages(100).Run(until: 5);
        trainer.Save(FileName);
        using var other = OfImages(count);
        AssertUnchanged(other, () => other.Load(FileName));
        using var same = OfImages(100);
        same.Load(FileName);
        Assert.Equal(5, same.Step);
    }

    private static Trainer OfImages(int count)
    {
        var images = ImageDataset.FromIdx("mine", new IdxArray("i", [count, 4, 4], new byte[16 * count]),
            new IdxArray("l", [count], new byte[count]), ["x"]);
        return new Trainer(new TrainingConfig { Steps = 10, BatchSize = 8 }, new MultilayerPerceptron(2, [8], [16]),
            new MultilayerPerceptron(16, [8], [1]), new ShuffledBatches(images, seed: 1, flat: true));
    }

    // A checksum says that nothing was damaged, not that the content makes sense.
    [Fact]
    public void Load_ForgedContentWithTheRightChecksum_IsRefusedAndChangesNothing()
    {
        using var trainer = TinyRun.Create(Config).Run(until: 13);
        trainer.Save(FileName);
        byte[] good = File.ReadAllBytes(FileName);
        using var other = TinyRun.Create(Config);
        foreach (var (name, forged) in Forgeries.All(good))
        {
            File.WriteAllBytes(FileName, forged);
            var error = Record.Exception(() => AssertUnchanged(other, () => other.Load(FileName)));
            Assert.True(error is null, $"{name}: {error}");
        }
        File.WriteAllBytes(FileName, good);
        other.Load(FileName);
        Assert.Equal(trainer.Run().Weights(), other.Run().Weights());
    }

    [Fact]
    public void Load_PipeDeviceFolderLink_IsRefusedAtOnce()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        using var other = TinyRun.Create(Config);
        foreach (var (path, _) in special.All)
            AssertUnchanged(other, () => other.Load(path));
        AssertUnchanged(other, () => other.Load(Path.Combine(folder, "nothing")));
    }

    // Three blocks, one of them longer than an array can be. The stream keeps what is not zero, so that the test needs no disk.
    [Fact]
    public void Write_MoreThanTwoGigabytes_IsReadBack()
    {
        const long Long = (1L << 31) + 12_345;
        byte[] nothing = new byte[1 << 24];
        using var stream = new SparseStream();
        CheckpointFile.Write(stream, "{}",
        [
            new CheckpointBlock("before", 3, sink => sink([1, 2, 3])),
            new CheckpointBlock("long", Long, sink =>
            {
                for (long left = Long - 1; left > 0; left -= nothing.Length)
                    sink(nothing.AsSpan(0, (int)Math.Min(left, nothing.Length)));
                sink([9]);
            }),
            new CheckpointBlock("after", 2, sink => sink([7, 8])),
        ]);
        Assert.True(stream.Length > Long);
        using var content = new CheckpointContent(stream, "sparse");
        Assert.Equal(Long, content.Lengths["long"]);
        Assert.Equal([7, 8], content.Read("after", zeros(2, dtype: uint8)).data<byte>().ToArray());
    }

    private static void AssertUnchanged(Trainer trainer, Action load)
    {
        var (weights, step, position) = (trainer.Weights(), trainer.Step, trainer.Data.Position);
        Assert.Throws<CheckpointException>(load);
        Assert.Equal(weights, trainer.Weights());
        Assert.Equal(step, trainer.Step);
        Assert.Equal(position, trainer.Data.Position);
        Assert.Empty(trainer.History);
    }

    private void Rewrite(Func<TrainingState, TrainingState> change) =>
        File.WriteAllBytes(FileName, Forgeries.WithHeader(File.ReadAllBytes(FileName),
            header => JsonSerializer.Serialize(change(JsonSerializer.Deserialize<TrainingState>(header, Checkpoint.Json)!),
                Checkpoint.Json)));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
