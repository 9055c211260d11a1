using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class ReducedPrecisionTests
{
    private static readonly TrainingConfig Ring = new()
    {
        Steps = 1500, BatchSize = 128, NoiseDimension = 2, RecordEvery = 50, Loss = new RelativisticPairedLoss(),
        Penalty = ZeroCenteredGradientPenalty.Both(0.1), FinalLearningRate = 0.02,
        DiscriminatorOptimizer = new AdamConfig(3e-3, 0, 0.99), GeneratorOptimizer = new AdamConfig(3e-3, 0, 0.99),
    };

    [Fact]
    public void InBFloat16_Dcgan_CastsAllButBatchNorm()
    {
        using var g = new DcganGenerator(noise: 5, width: 4).InBFloat16();
        Assert.All(g.named_parameters(),
            p => Assert.Equal(p.name.Contains("norm", StringComparison.Ordinal) ? float32 : bfloat16, p.parameter.dtype));
        Assert.All(g.named_buffers().Where(b => b.buffer.is_floating_point()), b => Assert.Equal(float32, b.buffer.dtype));
    }

    // 1.001 and 0.3 are not among the numbers that bfloat16 has.
    [Fact]
    public void InBFloat16_BatchNorm_KeepsItsNumbers()
    {
        using var d = new DcganDiscriminator(width: 4);
        var norm = d.state_dict().Where(e => e.Key.Contains("norm", StringComparison.Ordinal) && e.Value.is_floating_point())
            .Select(e => e.Key).ToList();
        using (no_grad())
        {
            foreach (string? name in norm)
                d.state_dict()[name].fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 1.001 : 0.3);
        }
        d.InBFloat16();
        Assert.NotEmpty(norm);
        Assert.All(norm,
            name => Assert.Equal(name.EndsWith("weight", StringComparison.Ordinal) ? 1.001f : 0.3f,
                d.state_dict()[name].max().item<float>()));
    }

    [Fact]
    public void InBFloat16_SpectralNorm_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new MultilayerPerceptron(2, [4], [1], spectralNorm: true).InBFloat16());

    // 1 has bfloat16 neighbours 1/256 below and 1/128 above: fifty steps of 0.001 that were rounded one by one would lead nowhere.
    [Fact]
    public void Adam_StepsBelowHalfAnUlp_AddUp()
    {
        using var layer = nn.Linear(1, 1, hasBias: false);
        using (no_grad())
            layer.weight!.fill_(1);
        layer.to(bfloat16);
        using var flat = new FlatParameters(layer);
        using var adam = new FlatAdam(flat, new AdamConfig(1e-3, 0, 0.9));
        for (int i = 0; i < 50; i++)
        {
            flat.ZeroGradients();
            layer.call(ones(1, 1, dtype: bfloat16)).sum().backward();
            adam.Step(1e-3);
        }
        Assert.Equal(0.95, flat.Values.item<float>(), 1e-5);
        Assert.Equal(0.95, layer.weight!.to(float32).item<float>(), 1.0 / 512);
        flat.Adopt();
        Assert.Equal(0.95, flat.Values.item<float>(), 1e-5);
    }

    // Another trainer, or a reader, may have given the network other parameters in between.
    [Fact]
    public void Adopt_ParametersChangedFromOutside_AreTaken()
    {
        using var layer = nn.Linear(3, 1).InBFloat16();
        using var flat = new FlatParameters(layer);
        using (no_grad())
            layer.weight!.fill_(0.5);
        flat.Adopt();
        Assert.Equal([0.5f, 0.5f, 0.5f], flat.Values.data<float>().Take(3));
    }

    [Fact]
    public void Dcgan_FirstSteps_LossesAreNearThoseOfFloat32()
    {
        using var scope = NewDisposeScope();
        using var exact = ImageRun.Create(reduced: false).Run();
        using var reduced = ImageRun.Create(reduced: true).Run();
        foreach (var (a, b) in exact.History.Zip(reduced.History))
        {
            Assert.Equal(a.DiscriminatorLoss, b.DiscriminatorLoss, 0.03);
            Assert.Equal(a.GeneratorLoss, b.GeneratorLoss, 0.03);
        }
        Assert.NotEqual(exact.History[^1].DiscriminatorLoss, reduced.History[^1].DiscriminatorLoss); // it did round
        Assert.Equal(float32, reduced.Sample(2).dtype);
    }

    [Fact]
    public void Load_IntoFloat32_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "half.checkpoint");
        using (var half = ImageRun.Create(reduced: true).Run(until: 3))
            half.Save(file);
        using var exact = ImageRun.Create();
        Assert.Throws<CheckpointException>(() => exact.Load(file));
    }

    // As with float32, whose parameters are views.
    [Fact]
    public void Steps_ParametersLoadedInBetween_AreNotUndone()
    {
        using var scope = NewDisposeScope();
        using var source = ImageRun.Create(reduced: true).Run(until: 4);
        var (g, d) = (source.Generator.state_dict(), source.Discriminator.state_dict());
        using var trainer = ImageRun.Create(reduced: true).Run(until: 2);
        trainer.Generator.load_state_dict(g);
        trainer.Sample(3, averaged: true);
        Assert.Equal(ImageRun.State(source.Generator), ImageRun.State(trainer.Generator));
        trainer.Discriminator.load_state_dict(d);
        trainer.DiscriminatorStep();
        foreach (var (a, b) in source.Discriminator.parameters().Zip(trainer.Discriminator.parameters()))
            // one step of at most 2e-4 and some roundings, not the way back to step 2
            Assert.Equal(0, (a.to(float32) - b.to(float32)).abs().max().item<float>(), 3e-3);
    }

    [Fact]
    public void Snapshots_OfReducedNetworks_AreTaken()
    {
        using var scope = NewDisposeScope();
        var weights = new Generator(1);
        using var data = new RingData(seed: 1);
        using var trainer = new Trainer(
            TinyRun.Config, new MultilayerPerceptron(2, [8], [2]).UniformFanIn(weights).InBFloat16(),
            new MultilayerPerceptron(2, [8], [1]).UniformFanIn(weights).InBFloat16(), data).Run(until: 2);
        Assert.All(Snapshot2D.Take(trainer, 3).Discriminator.SelectMany(row => row), d => Assert.InRange(d, 0, 1));
    }

    // Bilinear upsampling, and second derivatives of convolutions; maxout and dropout.
    [Theory]
    [InlineData("residual")]
    [InlineData("mlp")]
    public void Recipe_OtherModelsOnImages_TrainInBFloat16(string model)
    {
        using var trainer = new TrainingRecipe("mnist", model) { Steps = 2, BatchSize = 4, Width = 4, BFloat16 = true }
            .Create(CPU).Run();
        Assert.True(double.IsFinite(trainer.History[^1].GeneratorLoss));
        Assert.NotEqual(0, trainer.History[^1].GeneratorGradientNorm);
    }

    // Relativistic pairs, R1 and R2: gradients of gradients in bfloat16.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ring_RelativisticWithPenalties_AsGoodAsInFloat32(int seed)
    {
        var (exact, reduced) = (OfRing(seed, reduced: false), OfRing(seed, reduced: true));
        Assert.Equal((8, 8), (exact.Occupied, reduced.Occupied));
        Assert.Equal(exact.HighQuality.Value, reduced.HighQuality.Value, 0.1); // 0.58 to 0.62 in all six
    }

    [Fact]
    public void Trainer_WhatNeedsTheParametersThemselves_IsRefused()
    {
        var (g, d) = (new MultilayerPerceptron(2, [4], [2]).InBFloat16(), new MultilayerPerceptron(2, [4], [1]).InBFloat16());
        foreach (var config in new[] { TinyRun.Config with { UnrolledSteps = 2 }, TinyRun.Config with { ConsensusWeight = 1 },
            TinyRun.Config with { WeightClip = 0.1, Loss = new WassersteinLoss() } })
        {
            Assert.Contains("float32", Assert.Throws<ArgumentException>(() => new Trainer(config, g, d, new RingData())).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Trainer_BatchNormInBFloat16_IsRefusedAndToldTheCure()
    {
        var g = new DcganGenerator(noise: 5, width: 4);
        g.to(bfloat16);
        using var d = new DcganDiscriminator(width: 4);
        var error = Assert.Throws<ArgumentException>(
            () => new Trainer(ImageRun.Config, g, d, new ShuffledBatches(Mnist.Train().Take(20), 1)));
        Assert.Contains(nameof(ReducedPrecision.InBFloat16), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainer_Float16_IsRefused()
    {
        var g = new MultilayerPerceptron(2, [4], [2]);
        g.to(float16);
        Assert.Throws<ArgumentException>(() => new Trainer(TinyRun.Config, g, new MultilayerPerceptron(2, [4], [1]), new RingData()));
    }

    private static ModeCoverage OfRing(int seed, bool reduced)
    {
        using var scope = NewDisposeScope();
        var weights = new Generator((ulong)seed);
        using var data = new RingData(seed: seed);
        var (g, d) = (new MultilayerPerceptron(2, [64, 64], [2]).UniformFanIn(weights), new MultilayerPerceptron(2, [64, 64], [1])
            .UniformFanIn(weights));
        using var trainer = new Trainer(Ring with { Seed = seed }, reduced ? g.InBFloat16() : g, reduced ? d.InBFloat16() : d, data).Run();
        return ModeCoverage.Of(trainer.Sample(2500), data.Modes);
    }
}
