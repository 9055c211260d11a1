using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;

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
        var (header, blocks) = CheckpointFile.Read(FileName);
        var state = JsonSerializer.Deserialize<TrainingState>(header)!;
        var settings = JsonNode.Parse(state.Config)!.AsObject();
        Assert.True(settings.Remove("Engine") && settings["GeneratorOptimizer"]!.AsObject().Remove("Beta2"));
        CheckpointFile.Write(FileName, JsonSerializer.Serialize(state with { Config = settings.ToJsonString() }),
            [.. blocks.Select(b => (b.Key, b.Value))]);

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
            Assert.Throws<CheckpointException>(() => CheckpointFile.Read(FileName));
            File.WriteAllBytes(FileName, good[..at]);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Read(FileName));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
