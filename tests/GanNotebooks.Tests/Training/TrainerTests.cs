using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingConfig Short = TinyRun.Config;

    [Fact]
    public void Run_SameSeedTwice_SameWeightsBitForBit() => Assert.Equal(WeightsAfter(Short), WeightsAfter(Short));

    [Fact]
    public void Run_AnotherSeed_OtherWeights() => Assert.NotEqual(WeightsAfter(Short), WeightsAfter(Short with { Seed = 4 }));

    [Fact]
    public void Run_InTwoParts_EqualsOneRun()
    {
        using var whole = Create(Short).Run();
        using var parts = Create(Short).Run(until: 13).Run();
        Assert.Equal(Weights(whole), Weights(parts));
    }

    [Fact]
    public void Run_LookingAtSamples_DoesNotChangeTheTraining()
    {
        using var watched = Create(Short).Run(t => t.Sample(10).Dispose(), every: 3);
        Assert.Equal(WeightsAfter(Short), Weights(watched));
    }

    [Fact]
    public void DiscriminatorStep_Always_LeavesTheGeneratorAlone()
    {
        using var trainer = Create(Short);
        float[] before = Weights(trainer.Generator);
        trainer.DiscriminatorStep();
        Assert.Equal(before, Weights(trainer.Generator));
    }

    [Fact]
    public void GeneratorStep_Always_LeavesTheDiscriminatorAloneAndTrainable()
    {
        using var trainer = Create(Short);
        float[] before = Weights(trainer.Discriminator);
        trainer.GeneratorStep();
        Assert.Equal(before, Weights(trainer.Discriminator));
        Assert.All(trainer.Discriminator.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void Run_FixedGenerator_TrainsTheDiscriminatorAlone()
    {
        var discriminator = new MultilayerPerceptron(1, [8], [1]).UniformFanIn(new Generator(1));
        float[] before = Weights(discriminator);
        using var trainer = new Trainer(Short, new FixedGenerator(new GaussianData(3)), discriminator, new GaussianData()).Run();
        Assert.Equal(Short.Steps, trainer.Step);
        Assert.NotEqual(before, Weights(discriminator));
        Assert.Equal(3, trainer.Sample(10_000).mean().item<float>(), 0.05); // s.e. 0.01
    }

    [Fact]
    public void Run_Observer_IsCalledAtStartEveryAndEnd()
    {
        var steps = new List<int>();
        using var trainer = Create(Short).Run(t => steps.Add(t.Step), every: 20);
        Assert.Equal([0, 20, 30], steps);
    }

    [Fact]
    public void History_RecordEvery5_HasFirstStepAndEveryFifth()
    {
        using var trainer = Create(Short).Run();
        Assert.Equal([1, 5, 10, 15, 20, 25, 30], trainer.History.Select(r => r.Step));
        Assert.All(trainer.History, r => Assert.InRange(r.FakeProbability, 0, 1));
    }

    [Fact]
    public void Run_1000Steps_LiveTensorCountIsFlat()
    {
        using var trainer = Create(Short with { Steps = 1100 });
        trainer.Run(until: 100);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        trainer.Run();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Run_InfiniteLoss_StopsWithStepSeedAndSettings()
    {
        using var trainer = Create(Short with { Loss = new BrokenLoss() });
        var error = Assert.Throws<NonFiniteLossException>(() => trainer.Run());
        foreach (string? part in new[] { "step 1", "Seed 3", "BatchSize = 16" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_BadSettings_AreNamed()
    {
        foreach (var (bad, name) in new[]
        {
            (Short with { Steps = 0 }, "Steps"), (Short with { BatchSize = 0 }, "BatchSize"),
            (Short with { FinalLearningRate = 0 }, "FinalLearningRate"),
            (Short with { GeneratorOptimizer = new AdamConfig(double.NaN) }, "learning rate"),
            (Short with { DiscriminatorOptimizer = new AdamConfig(1e-3, Beta1: 1) }, "β₁"),
        })
        {
            Assert.Contains(name, Assert.Throws<ArgumentException>(bad.Validate).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NoiseSource_SameIndex_SameNoiseInAnyOrder()
    {
        using var source = new NoiseSource(NoiseKind.Normal, 3, seed: 5, purpose: 1, CPU);
        var (second, first, again) = (source.Batch(1, 4), source.Batch(0, 4), source.Batch(1, 4));
        Assert.Equal(second.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.NotEqual(first.data<float>().ToArray(), again.data<float>().ToArray());
    }

    [Fact]
    public void NoiseSource_Uniform_LiesInMinusOneToOneWithVarianceOneThird()
    {
        using var source = new NoiseSource(NoiseKind.Uniform, 1, seed: 5, purpose: 1, CPU);
        var z = source.Batch(0, 100_000);
        Assert.InRange(z.abs().max().item<float>(), 0.99f, 1);
        Assert.Equal(1.0 / 3, z.pow(2).mean().item<float>(), 0.005); // s.e. 0.298/√100,000 = 0.0009
    }

    private static Trainer Create(TrainingConfig config) => TinyRun.Create(config);

    private static float[] WeightsAfter(TrainingConfig config)
    {
        using var trainer = Create(config).Run();
        return Weights(trainer);
    }

    private static float[] Weights(Trainer trainer) => trainer.Weights();

    private static float[] Weights(nn.Module module) => TinyRun.Weights(module);

    private sealed record BrokenLoss : IAdversarialLoss
    {
        public bool GeneratorNeedsReal => false;

        public Tensor Discriminator(Tensor real, Tensor fake) => (real.mean() + fake.mean()) * float.PositiveInfinity;

        public Tensor Generator(Tensor real, Tensor fake) => fake.mean();
    }
}
