using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class ModelTrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;
    private readonly List<string> warnings = [];

    [Fact]
    public void Run_TinyModel_LearnsAndRecords()
    {
        using var trainer = TinyModel.Create(TinyModel.Config with { Steps = 300 }).Run();
        Assert.Equal(300, trainer.Step);
        Assert.Equal(1, trainer.History[0].Step);
        Assert.Equal(300, trainer.History[^1].Step);
        Assert.True(trainer.History.RecentMean(r => r.Loss, 5) < trainer.History[0].Loss / 4);
    }

    // The recorded gradient is that of the recorded loss, and plain descent subtracts it.
    [Fact]
    public void Run_PlainDescent_SubtractsTheGradientOfTheLoss()
    {
        var config = TinyModel.Config with { Steps = 1, FinalLearningRate = 1, Optimizer = new MomentumConfig(0.5) };
        using var model = new TinyModel(noise: 0);
        using var trainer = TinyModel.Create(config, model);
        using var batch = new RingData(seed: 1).Next(config.BatchSize);
        using var random = new Generator(1);
        foreach (var parameter in model.Network.parameters())
            parameter.grad!.zero_();
        double loss = model.Backward(batch, random).item<float>();
        float[] expected = [.. model.Network.parameters().SelectMany(p => (p - 0.5 * p.grad!).data<float>().ToArray())];
        double norm = Math.Sqrt(model.Network.parameters().Sum(p => p.grad!.square().sum().item<float>()));
        model.Mean.zero_();
        trainer.Run();
        Assert.Equal(loss, trainer.History[0].Loss);
        Assert.Equal(norm, trainer.History[0].GradientNorm, 6);
        Assert.Equal(expected, TinyModel.Values(trainer)[..expected.Length]);
    }

    [Fact]
    public void Run_SameSeeds_GiveTheSameBitsAndAnotherSeedDoesNot()
    {
        using var first = TinyModel.Create().Run();
        using var second = TinyModel.Create().Run();
        using var other = TinyModel.Create(TinyModel.Config with { Seed = 4 }).Run();
        Assert.Equal(TinyModel.Values(first), TinyModel.Values(second));
        Assert.NotEqual(TinyModel.Values(first), TinyModel.Values(other));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(20)]
    [InlineData(29)]
    public void Train_InterruptedAndContinued_EqualsTheWholeRunBitForBit(int at)
    {
        using var whole = TinyModel.Create().Run();
        using (var directory = Make())
        using (var first = directory.Train(TinyModel.Create(), until: at))
            Assert.Equal(at, first.Step);
        using var again = Make();
        using var resumed = again.Train(TinyModel.Create());
        Assert.Equal(TinyModel.Values(whole), TinyModel.Values(resumed));
        Assert.Equal(whole.History.Select(r => r with { StepSeconds = 0 }), resumed.History.Select(r => r with { StepSeconds = 0 }));
        Assert.Equal([1, 5, 10, 15, 20, 25, 30],
            File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(l => (int)JsonNode.Parse(l)!["Step"]!));
        Assert.Equal(2, again.Checkpoints.Count);
        Assert.Empty(warnings);
    }

    // Without the state of the model the loss after the interruption is another one.
    [Fact]
    public void Load_ModelWithState_RestoresIt()
    {
        string file = Path.Combine(folder, "a.checkpoint");
        using var first = TinyModel.Create().Run(until: 13);
        first.Save(file);
        using var model = new TinyModel();
        using var second = TinyModel.Create(model: model);
        second.Load(file);
        Assert.Equal(TinyModel.Values(first), TinyModel.Values(second));
        Assert.NotEqual(0, model.Mean.abs().sum().item<float>());
    }

    [Fact]
    public void Train_NewestCheckpointDamaged_UsesTheOneBefore()
    {
        using (var directory = Make())
            directory.Train(TinyModel.Create(), until: 20).Dispose();
        string newest = Make().Checkpoints[0];
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(newest, bytes);
        using var again = Make();
        using var resumed = again.Train(TinyModel.Create());
        using var whole = TinyModel.Create().Run();
        Assert.Contains("damaged", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(TinyModel.Values(whole), TinyModel.Values(resumed));
    }

    [Fact]
    public void Train_OtherSettingsOrModel_IsRefusedNamingThem()
    {
        using (var directory = Make())
            directory.Train(TinyModel.Create(), until: 20).Dispose();
        Assert.Contains("Training.BatchSize: 16 in the checkpoint, 8 here",
            Refusal(TinyModel.Create(TinyModel.Config with { BatchSize = 8 })), StringComparison.Ordinal);
        Assert.Contains("Settings.Noise: 0.1 in the checkpoint, 0.2 here", Refusal(TinyModel.Create(model: new TinyModel(0.2))),
            StringComparison.Ordinal);
        Assert.Contains("other networks", Refusal(TinyModel.Create(model: new TinyModel(hidden: 9))), StringComparison.Ordinal);
        Assert.Contains("not on", Refusal(TinyModel.Create(data: new GridData())), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_BeginningOfAnotherRun_IsRefused()
    {
        using (var directory = Make())
            directory.Train(TinyModel.Create(), until: 3).Dispose();
        foreach (string file in Make().Checkpoints)
            File.Delete(file);
        Assert.Contains("Settings.Noise", Refusal(TinyModel.Create(model: new TinyModel(0.2))), StringComparison.Ordinal);
        Assert.Contains("another model", Refusal(TinyModel.Create(model: new TinyModel(hidden: 9))), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FolderOfAGan_IsRefusedInBothDirections()
    {
        using (var directory = Make())
            directory.Train(TinyRun.Create(TinyRun.Config), until: 20).Dispose();
        Assert.Contains("another kind of run", Refusal(TinyModel.Create()), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
        using (var directory = Make())
            directory.Train(TinyModel.Create(), until: 20).Dispose();
        using var again = Make();
        using var gan = TinyRun.Create(TinyRun.Config);
        Assert.Contains("another kind of run", Assert.Throws<CheckpointException>(() => again.Train(gan)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Train_SamplesWanted_IsRefused()
    {
        using var directory = new RunDirectory(folder) { SampleEvery = 5 };
        Assert.Throws<InvalidOperationException>(() => directory.Train(TinyModel.Create()));
    }

    [Fact]
    public void Run_LossNotFinite_StopsAndNamesTheStep()
    {
        using var model = new TinyModel();
        using var trainer = TinyModel.Create(TinyModel.Config with { Optimizer = new MomentumConfig(1e30), RecordEvery = 1 }, model);
        Assert.Contains("TinyModel", Assert.Throws<NonFiniteLossException>(() => trainer.Run()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 16, 1, 1)]
    [InlineData(10, 0, 1, 1)]
    [InlineData(10, 16, 0, 1)]
    [InlineData(10, 16, 1, 0)]
    [InlineData(10, 16, 1, 1.5)]
    public void Create_ValueOutOfRange_IsRefused(int steps, int batch, int every, double final) =>
        Assert.Throws<ArgumentException>(() => TinyModel.Create(
            new ModelConfig { Steps = steps, BatchSize = batch, RecordEvery = every, FinalLearningRate = final }));

    [Fact]
    public void Create_NothingToTrain_IsRefused()
    {
        using var model = new TinyModel();
        foreach (var parameter in model.Network.parameters())
            parameter.requires_grad = false;
        Assert.Contains("no parameter", Assert.Throws<ArgumentException>(() => TinyModel.Create(model: model)).Message,
            StringComparison.Ordinal);
    }

    private string Refusal(ModelTrainer trainer)
    {
        using var directory = Make();
        using (trainer)
            return Assert.Throws<CheckpointException>(() => directory.Train(trainer)).Message;
    }

    private RunDirectory Make() => new(folder) { CheckpointEvery = 5, TensorBoard = false, Warn = warnings.Add };

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
