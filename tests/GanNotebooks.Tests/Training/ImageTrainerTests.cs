using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class ImageTrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-images-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sample_WhileTraining_ChangesNothing(bool reduced)
    {
        using var watched = ImageRun.Create(reduced: reduced);
        using var alone = ImageRun.Create(reduced: reduced);
        watched.Run(t =>
        {
            using var scope = NewDisposeScope();
            t.Sample(3);
            t.Sample(4, averaged: true);
        }, every: 1);
        alone.Run();
        Assert.Equal(alone.State(), watched.State());
    }

    // In training mode the same z would give another image beside other z's. (16 and 32: torch draws normal numbers in blocks of 16.)
    [Fact]
    public void Sample_FewOrMany_AreTheSameImages()
    {
        using var scope = NewDisposeScope();
        using var trainer = ImageRun.Create().Run();
        // float32 sums in another order
        Assert.Equal(0, (trainer.Sample(16) - trainer.Sample(32).narrow(0, 0, 16)).abs().max().item<float>(), 1e-5);
        Assert.True(trainer.Generator.training);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_AtHalf_GoesOnBitForBit_BuffersAndAverageToo(bool reduced)
    {
        string file = Path.Combine(folder, "half.checkpoint");
        using var scope = NewDisposeScope();
        using var whole = ImageRun.Create(reduced: reduced).Run();
        using (var half = ImageRun.Create(reduced: reduced).Run(until: 3))
            half.Save(file);
        using var resumed = ImageRun.Create(reduced: reduced);
        resumed.Load(file);
        resumed.Run();
        Assert.Equal(whole.State(), resumed.State());
        Assert.True(whole.Sample(5, averaged: true).equal(resumed.Sample(5, averaged: true)).all().item<bool>());
    }

    [Fact]
    public void Run_AfterAReadersEvaluation_TrainsInTrainingMode()
    {
        using var trainer = ImageRun.Create();
        trainer.Discriminator.eval();
        trainer.Generator.eval();
        trainer.Run(until: 2);
        // data, fakes, and fakes in G's step
        Assert.Equal(2 * 3, trainer.Discriminator.state_dict()["blocks.1.norm.num_batches_tracked"].item<long>());
        Assert.Equal(2 * 2, trainer.Generator.state_dict()["blocks.1.norm.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Run_SharedFakes_GoesOncePerStepThroughG_AndResumesBitForBit()
    {
        var config = ImageRun.Config with { ShareFakes = true };
        string file = Path.Combine(folder, "half.checkpoint");
        using var whole = ImageRun.Create(config).Run();
        Assert.Equal(config.Steps, whole.Generator.state_dict()["blocks.1.norm.num_batches_tracked"].item<long>());
        using (var half = ImageRun.Create(config).Run(until: 3))
            half.Save(file);
        using var resumed = ImageRun.Create(config);
        resumed.Load(file);
        Assert.Equal(whole.State(), resumed.Run().State());
    }

    // The device "meta" computes shapes and holds no numbers: whatever asks for one throws. So a step that passes there copies nothing back
    // from a GPU either; the history does, every RecordEvery steps. It also walks the path of Adam that GPUs take. (Batch normalisation and
    // ReLU have no meta kernel in this torch: perceptrons with other activations.)
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_BetweenRecords_AsksTheDeviceForNoNumber(bool shareFakes)
    {
        var meta = new Device(DeviceType.META);
        var config = ImageRun.Config with { Steps = 100, RecordEvery = 100, ShareFakes = shareFakes };
        using var data = new NoNumbers(meta);
        using var trainer = new Trainer(config, new MultilayerPerceptron(5, [8], [1, 28, 28], Activation.Tanh).to(meta),
            new MultilayerPerceptron(784, [8], [1], Activation.LeakyReLU).to(meta), data, meta);
        Assert.NotNull(Record.Exception(trainer.DiscriminatorStep)); // the first step is recorded
        trainer.Step = 1;
        for (int i = 0; i < 3; i++)
        {
            trainer.DiscriminatorStep();
            trainer.GeneratorStep();
        }
        Assert.Equal(4, trainer.Step);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_Digits_SeparatesAndKeepsTheNumberOfTensorsFlat(bool shareFakes)
    {
        using var trainer = ImageRun.Create(ImageRun.Config with { Steps = 12, ShareFakes = shareFakes });
        trainer.Run(until: 4);
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        trainer.Run();
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(trainer.History[^1].RealLogit > trainer.History[^1].FakeLogit);
    }

    // Picking a batch out of bytes has no meta kernel in TorchSharp's torch; it moves indices to the device, never numbers back.
    private sealed class NoNumbers(Device meta) : IBatchSource
    {
        public string Name => "nothing";

        public IReadOnlyList<long> SampleShape => [1, 28, 28];

        public BatchPosition Position => new(0, 0, 0);

        public void Seek(BatchPosition position)
        {
        }

        public Tensor Next(int batchSize) => empty([batchSize, 1, 28, 28], device: meta);

        public void Dispose()
        {
        }
    }
}
