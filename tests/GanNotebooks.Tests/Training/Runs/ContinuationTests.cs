using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training.Runs;

public sealed class ContinuationTests
{
    private static readonly TrainingConfig Config = TinyRun.Config with { AverageHalfLife = 100, InstanceNoise = new InstanceNoise(0.1) };

    [Fact]
    public void Continue_SameSettings_IsTheUninterruptedRun()
    {
        using var whole = TinyRun.Create(Config).Run();
        using var half = TinyRun.Create(Config).Run(until: 13);
        using var rest = half.Continue(half.Config);
        Assert.Equal(13, rest.Step);
        rest.Run();
        Assert.Equal(whole.Weights(), rest.Weights());
        Assert.Equal(whole.Sample(5, averaged: true).data<float>().ToArray(), rest.Sample(5, averaged: true).data<float>().ToArray());
        Assert.Equal(whole.History.Select(r => r with { StepSeconds = 0 }), rest.History.Select(r => r with { StepSeconds = 0 }));
    }

    [Fact]
    public void Continue_SingleSteps_AreThoseOfTheRun()
    {
        var config = Config with { DiscriminatorSteps = 1 };
        using var whole = TinyRun.Create(config).Run(until: 6);
        using var rest = TinyRun.Create(config).Run(until: 5) is var half ? half.Continue(half.Config) : null!;
        rest.DiscriminatorStep();
        rest.GeneratorStep();
        Assert.Equal(whole.Weights(), rest.Weights());
    }

    [Fact]
    public void Continue_RefusedSettings_LeaveTheRunAsItWas()
    {
        using var whole = TinyRun.Create(Config).Run();
        using var half = TinyRun.Create(Config).Run(until: 13);
        Assert.Throws<ArgumentException>(() => half.Continue(half.Config with { ShareFakes = true, ConsensusWeight = 1 }));
        Assert.Throws<ArgumentException>(() => half.Continue(half.Config, discriminator: new MultilayerPerceptron(3, [4], [1])));
        half.Run();
        Assert.Equal(whole.Weights(), half.Weights());
    }

    // The optimiser of a kept network with the same rule goes on: a restart would show in the next step.
    [Fact]
    public void Continue_NewGenerator_KeepsDAndItsOptimiser_AndStartsThatOfG()
    {
        using var half = TinyRun.Create(Config).Run(until: 13);
        var d = half.Discriminator;
        long updates = half.Players.DiscriminatorOptimizer.Updates;
        float[] mean = half.Players.DiscriminatorOptimizer.State.First().Tensor.data<float>().ToArray();
        using var weights = new Generator(5);
        using var rest = half.Continue(half.Config, new MultilayerPerceptron(2, [5], [2]).UniformFanIn(weights));
        Assert.Same(d, rest.Discriminator);
        Assert.Equal(updates, rest.Players.DiscriminatorOptimizer.Updates);
        Assert.Equal(mean, rest.Players.DiscriminatorOptimizer.State.First().Tensor.data<float>().ToArray());
        Assert.Equal(0, rest.Players.GeneratorOptimizer.Updates);
        rest.Run();
        Assert.Equal(30, rest.Step);
    }

    [Fact]
    public void Snapshot_Restored_IsTheUninterruptedRun_AlsoInAnotherTrainer()
    {
        using var whole = TinyRun.Create(Config).Run();
        using var run = TinyRun.Create(Config).Run(until: 13);
        using var snapshot = TrainerSnapshot.Of(run);
        run.Run();
        snapshot.Restore(run);
        Assert.Equal(13, run.Step);
        Assert.Equal(whole.Weights(), run.Run().Weights());
        using var other = TinyRun.Create(Config);
        snapshot.Restore(other);
        Assert.Equal(whole.Weights(), other.Run().Weights());
        Assert.True(snapshot.Bytes > 4 * whole.Weights().Length);
    }

    [Fact]
    public void Snapshot_OtherNetworksOrData_AreRefused()
    {
        using var run = TinyRun.Create(Config).Run(until: 3);
        using var snapshot = TrainerSnapshot.Of(run);
        using var plain = TinyRun.Create(TinyRun.Config); // no average
        Assert.Contains("other networks", Assert.Throws<ArgumentException>(() => snapshot.Restore(plain)).Message,
            StringComparison.Ordinal);
        using var elsewhere = new Trainer(Config, run.Generator, run.Discriminator, new GridData(seed: 1));
        Assert.Contains("not on grid", Assert.Throws<ArgumentException>(() => snapshot.Restore(elsewhere)).Message,
            StringComparison.Ordinal);
    }

    // Against differences of the gradients themselves, and for a game whose eigenvalues are known.
    [Fact]
    public void Jacobian_SmoothPlayers_IsTheDerivativeOfTheGradients()
    {
        using var weights = new Generator(7);
        var config = TinyRun.Config with { DiscriminatorSteps = 1, Penalty = ZeroCenteredGradientPenalty.R1(2) };
        var g = new MultilayerPerceptron(2, [3], [2], Activation.Tanh).UniformFanIn(weights);
        var d = new MultilayerPerceptron(2, [4], [1], Activation.Tanh).UniformFanIn(weights);
        using var trainer = new Trainer(config, g, d, new RingData(seed: 1));
        using var real = trainer.Data.Next(32);
        using var noise = randn([32, 2], generator: weights);
        var jacobian = GameJacobian.Of(trainer, real, noise);
        Assert.Equal(17 + 17, jacobian.Count);
        const float step = 1e-2f;
        foreach (int column in new[] { 0, 5, 16, 17, 25, 33 })
        {
            double[] up = Field(column, step), down = Field(column, -step);
            for (int row = 0; row < jacobian.Count; row++)
                Assert.Equal((up[row] - down[row]) / (2 * step), jacobian.Matrix[row, column], 2e-3);
        }

        double trace = Enumerable.Range(0, jacobian.Count).Sum(i => jacobian.Matrix[i, i]);
        Assert.Equal(trace, jacobian.Eigenvalues().Sum(v => v.Real), 1e-6);
        Assert.Equal(jacobian.Count + 0.1 * trace, jacobian.StepEigenvalues(0.1, 0.1).Sum(v => v.Real), 1e-6);

        double[] Field(int parameter, float by)
        {
            var all = d.parameters().Concat(g.parameters()).ToList();
            int at = parameter;
            var owner = all.First(p => at < p.numel() || (at -= (int)p.numel()) < 0);
            using (no_grad())
                owner.view(-1)[at].add_(by);
            try
            {
                using var scope = NewDisposeScope();
                var fake = g.call(noise);
                var loss = config.Loss.Discriminator(d.call(real), d.call(fake))
                    + config.Penalty!.Value(x => d.call(x), real, fake, weights);
                var ofD = autograd.grad([loss], [.. d.parameters()], retain_graph: true);
                var ofG = autograd.grad([config.Loss.Generator(d.call(real), d.call(fake))], [.. g.parameters()]);
                return [.. ofD.Concat(ofG).SelectMany(t => t.flatten().data<float>().ToArray()).Select(v => -(double)v)];
            }
            finally
            {
                using (no_grad())
                    owner.view(-1)[at].add_(-by);
            }
        }
    }
}
