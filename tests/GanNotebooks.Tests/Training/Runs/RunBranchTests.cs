using System.Security.Cryptography;
using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>Runs that begin from the checkpoint of another one.</summary>
public sealed class RunBranchTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;
    private readonly List<string> warnings = [];

    private string Old => Path.Combine(root, "old");

    private string New => Path.Combine(root, "new");

    public void Dispose() => Directory.Delete(root, recursive: true);

    // 30 steps in one go, against 13 and then 17 more in another folder; 13 is no multiple of RecordEvery.
    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Branch_LengthenedRun_EqualsTheUninterruptedOneBitForBit(double halfLife)
    {
        var config = TinyRun.Config with { AverageHalfLife = halfLife };
        using var whole = TinyRun.Create(config).Run();
        Train(Old, config with { Steps = 13 });
        string before = Hash(Old);
        using var trainer = TinyRun.Create(config);
        using (var directory = Make(New))
        {
            var origin = directory.Branch(trainer, Old);
            Assert.Equal((13, Old, "step-000000013.checkpoint", false),
                (origin.Step, origin.Run, origin.Checkpoint, origin.NetworksOnly));
            byte[] file = File.ReadAllBytes(Path.Combine(Old, "checkpoints", origin.Checkpoint));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(0, file.Length - 32))), origin.Sha256);
            directory.Train(trainer);
        }
        Assert.Equal(whole.Weights(), trainer.Weights());
        Assert.Equal(whole.History.Select(Timeless), trainer.History.Select(Timeless));
        Assert.Equal(whole.History.Select(Timeless), History.Read(New).Select(Timeless));
        if (halfLife > 0)
        {
            using var expected = whole.Sample(5, averaged: true);
            using var found = trainer.Sample(5, averaged: true);
            Assert.Equal(expected.data<float>(), found.data<float>());
        }
        Assert.Equal(before, Hash(Old));
        Assert.Empty(warnings);
    }

    [Fact]
    public void Branch_OtherLossPenaltyRatesAndSteps_IsAllowedAndResumesWithoutTheOldFolder()
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        var changed = TinyRun.Config with
        {
            Steps = 24,
            Loss = new RelativisticPairedLoss(),
            Penalty = ZeroCenteredGradientPenalty.Both(0.1),
            FinalLearningRate = 0.1,
            DiscriminatorSteps = 1,
            GeneratorOptimizer = new AdamConfig(5e-4, 0.1),
        };
        using var whole = TinyRun.Create(changed);
        using (var directory = Make(Path.Combine(root, "whole")))
        {
            directory.Branch(whole, Old);
            directory.Train(whole);
        }
        using (var directory = Make(New))
        using (var first = TinyRun.Create(changed))
        {
            directory.Branch(first, Old);
            directory.Train(first, until: 18);
        }
        Directory.Delete(Old, recursive: true);
        using var rest = TinyRun.Create(changed);
        using (var directory = Make(New))
            directory.Train(rest);
        Assert.Equal(whole.Weights(), rest.Weights());
        Assert.Equal(24, rest.Step);
    }

    public static TheoryData<string> Refusals => ["BatchSize", "NoiseDimension", "Noise", "Seed", "Packing", "type", "AverageHalfLife"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Branch_SettingThatTheStateDependsOn_IsRefusedByNameAndNothingIsWritten(string setting)
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        var config = setting switch
        {
            "BatchSize" => TinyRun.Config with { BatchSize = 8 },
            "Noise" => TinyRun.Config with { Noise = NoiseKind.Uniform },
            "Seed" => TinyRun.Config with { Seed = 4 },
            "Packing" => TinyRun.Config with { Packing = 2 },
            "type" => TinyRun.Config with { GeneratorOptimizer = new MomentumConfig(1e-3) },
            "AverageHalfLife" => TinyRun.Config with { AverageHalfLife = 100 },
            _ => TinyRun.Config with { NoiseDimension = 3 },
        };
        using var weights = new Generator(11);
        using var trainer = new Trainer(config, new MultilayerPerceptron(config.NoiseDimension, [8], [2]).UniformFanIn(weights),
            new MultilayerPerceptron(2 * config.Packing, [8], [1], Activation.LeakyReLU).UniformFanIn(weights), new RingData(seed: 1));
        using var directory = Make(New);
        string message = Assert.Throws<CheckpointException>(() => directory.Branch(trainer, Old)).Message;
        Assert.Contains(setting + ":", message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Step);
        Assert.False(Directory.Exists(New));
    }

    [Theory]
    [InlineData(12, "is at step 12 already")]
    [InlineData(5, "is at step 12 already")]
    public void Branch_NoStepLeft_IsRefused(int steps, string message)
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        Refused(message, TinyRun.Config with { Steps = steps }, Old);
    }

    [Fact]
    public void Branch_OddFolders_AreRefusedInOneLine()
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        Refused("no such folder", TinyRun.Config, Path.Combine(root, "nothing"));
        Directory.CreateDirectory(Path.Combine(root, "empty", "checkpoints"));
        Refused("holds no checkpoint of a run", TinyRun.Config, Path.Combine(root, "empty"));
        using var trainer = TinyRun.Create(TinyRun.Config);
        using (var inside = Make(Path.Combine(Old, "samples", "branch")))
        {
            Assert.Contains("lies in the folder", Assert.Throws<CheckpointException>(() => inside.Branch(trainer, Old)).Message,
                StringComparison.Ordinal);
        }

        using (var same = Make(Old))
        {
            Assert.Contains("holds a run already", Assert.Throws<CheckpointException>(() => same.Branch(trainer, Old)).Message,
                StringComparison.Ordinal);
        }

        trainer.Run(until: 1);
        using var directory = Make(New);
        Assert.Contains("step 0", Assert.Throws<InvalidOperationException>(() => directory.Branch(trainer, Old)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Branch_NewestCheckpointDamaged_BeginsFromTheOneBeforeWithAWarning()
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        string newest = Make(Old).Checkpoints[0];
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..100]);
        using var trainer = TinyRun.Create(TinyRun.Config);
        using (var directory = Make(New))
            Assert.Equal(10, directory.Branch(trainer, Old).Step);
        Assert.Contains("trying the previous", Assert.Single(warnings), StringComparison.Ordinal);
        Directory.Delete(New, recursive: true);
        foreach (string file in Make(Old).Checkpoints)
            File.WriteAllText(file, "nothing");
        Refused("all checkpoints", TinyRun.Config, Old);
    }

    // The process that trains the other run holds its lock.
    [Fact]
    public void Branch_OtherRunInTraining_ReadsItAndLeavesTheLockAlone()
    {
        using var busy = Make(Old);
        using var old = TinyRun.Create(TinyRun.Config);
        busy.Train(old, until: 10);
        using var trainer = TinyRun.Create(TinyRun.Config);
        using (var directory = Make(New))
        {
            Assert.Equal(10, directory.Branch(trainer, Old).Step);
            directory.Train(trainer);
        }
        busy.Train(old);
        Assert.Equal(old.Weights(), trainer.Weights());
    }

    [Fact]
    public void BeginWithNetworks_SameShapes_StartsAtStepZeroWithThemAndTheirAverage()
    {
        var config = TinyRun.Config with { AverageHalfLife = 100 };
        using var old = Train(Old, config with { Steps = 12 }, keep: true)!;
        string before = Hash(Old);
        using var trainer = TinyRun.Create(config with { BatchSize = 8, Seed = 9, Loss = new HingeLoss() });
        using var directory = Make(New);
        var origin = directory.BeginWithNetworks(trainer, Old);
        Assert.Equal((12, true), (origin.Step, origin.NetworksOnly));
        Assert.Equal((0, 0), (trainer.Step, trainer.History.Count));
        Assert.Equal(old.Weights(), trainer.Weights());
        using var averaged = trainer.Sample(3, averaged: true);
        using var plain = trainer.Sample(3);
        Assert.Equal(plain.data<float>(), averaged.data<float>());
        directory.Train(trainer);
        Assert.Equal(30, trainer.Step);
        Assert.NotEqual(old.Weights(), trainer.Weights());
        Assert.Equal(before, Hash(Old));
    }

    // A killed run starts again from the networks, which its first checkpoint has.
    [Fact]
    public void BeginWithNetworks_EndedBeforeTheFirstStep_ResumesFromTheNetworks()
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        using var whole = TinyRun.Create(TinyRun.Config);
        using (var directory = Make(Path.Combine(root, "whole")))
        {
            directory.BeginWithNetworks(whole, Old);
            directory.Train(whole);
        }
        using (var directory = Make(New))
        using (var first = TinyRun.Create(TinyRun.Config))
            directory.BeginWithNetworks(first, Old);
        using var rest = TinyRun.Create(TinyRun.Config);
        using (var directory = Make(New))
            directory.Train(rest);
        Assert.Equal(whole.Weights(), rest.Weights());
    }

    [Fact]
    public void BeginWithNetworks_OtherShapes_AreRefusedWithTheirNames()
    {
        Train(Old, TinyRun.Config with { Steps = 12 });
        using var weights = new Generator(11);
        Trainer Wide(int width, int[] layers) => new(TinyRun.Config, new MultilayerPerceptron(2, layers, [2]).UniformFanIn(weights),
            new MultilayerPerceptron(2, [width], [1], Activation.LeakyReLU).UniformFanIn(weights), new RingData(seed: 1));
        using var directory = Make(New);
        using var wide = Wide(9, [8]);
        string shapes = Assert.Throws<CheckpointException>(() => directory.BeginWithNetworks(wide, Old)).Message;
        Assert.Contains("discriminator.", shapes, StringComparison.Ordinal);
        Assert.Contains("has shape [8, 2] there and [9, 2] here", shapes, StringComparison.Ordinal);
        using var deep = Wide(8, [8, 8]);
        Assert.Contains("is missing there",
            Assert.Throws<CheckpointException>(() => directory.BeginWithNetworks(deep, Old)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Old, "config.json")); // without the description, lengths are compared
        Assert.Contains("bytes there", Assert.Throws<CheckpointException>(() => directory.BeginWithNetworks(wide, Old)).Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(New));
    }

    private Trainer? Train(string folder, TrainingConfig config, bool keep = false)
    {
        using var directory = Make(folder);
        var trainer = directory.Train(TinyRun.Create(config));
        if (keep)
            return trainer;
        trainer.Dispose();
        return null;
    }

    private void Refused(string message, TrainingConfig config, string from)
    {
        using var trainer = TinyRun.Create(config);
        using var directory = Make(New);
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => directory.Branch(trainer, from)).Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(New));
    }

    private RunDirectory Make(string folder) => new(folder) { CheckpointEvery = 5, Warn = warnings.Add };

    private static HistoryRecord Timeless(HistoryRecord record) => record with { StepSeconds = 0 };

    // Names, contents and times of change of all files.
    private static string Hash(string folder) => string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(f =>
            $"{f} {File.GetLastWriteTimeUtc(f).Ticks} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}"));
}
