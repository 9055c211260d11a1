using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>
/// Losses, penalties and the rest are independent axes: every combination that makes sense trains, the others are refused with a reason.
/// </summary>
public sealed class TrainerAxesTests
{
    private static readonly TrainingConfig Base = TinyRun.Config with { Steps = 8, RecordEvery = 1 };

    private static readonly (string Name, Func<TrainingConfig, TrainingConfig> Set)[] Axes =
    [
        ("R1", c => c with { Penalty = ZeroCenteredGradientPenalty.R1(1) }),
        ("R1 and R2", c => c with { Penalty = ZeroCenteredGradientPenalty.Both(1) }),
        ("gradient penalty", c => c with { Penalty = new GradientPenalty(1) }),
        ("DRAGAN", c => c with { Penalty = new DraganPenalty(1) }),
        ("clip", c => c with { WeightClip = 0.05 }),
        ("noise", c => c with { InstanceNoise = new InstanceNoise(0.2) }),
        ("consensus", c => c with { ConsensusWeight = 0.1 }),
        ("packing", c => c with { Packing = 2 }),
        ("unrolling", c => c with { UnrolledSteps = 2 }),
        ("simultaneous", c => c with { Order = UpdateOrder.Simultaneous, DiscriminatorSteps = 1 }),
        ("average", c => c with { AverageHalfLife = 50 }),
    ];

    [Fact]
    public void Run_EveryPairOfAxesWithEveryLoss_TrainsOrIsRefusedWithAReason()
    {
        int trained = 0, refused = 0;
        foreach (var loss in Losses.LossLogits.Zoo)
        {
            foreach (var (config, name) in Pairs().Select(p => (p.Set(Base with { Loss = loss, Steps = 2 }), $"{loss}, {p.Name}")))
            {
                try
                {
                    using var trainer = TinyRun.Create(config).Run();
                    Assert.All(trainer.Weights(), w => Assert.True(float.IsFinite(w), name));
                    trained++;
                }
                catch (ArgumentException e)
                {
                    Assert.True(e.Message.Length > 40, $"{name}: {e.Message}");
                    refused++;
                }
            }
        }
        Assert.InRange(refused, 1, trained / 3);
    }

    [Fact]
    public void Run_EachAxis_ChangesTheTraining()
    {
        using var plain = TinyRun.Create(Base).Run();
        foreach (var (name, set) in Axes.Where(a => a.Name is not ("average" or "packing")))
        {
            using var trainer = TinyRun.Create(set(Base)).Run();
            Assert.False(plain.Weights().SequenceEqual(trainer.Weights()), name);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Run_LayersThatNormaliseOrLookAtTheBatch_Train(bool spectralNorm, bool minibatchDeviation)
    {
        using var trainer =
            TinyRun.Create(Base with { Loss = new HingeLoss() }, spectralNorm: spectralNorm, minibatchDeviation: minibatchDeviation).Run();
        Assert.All(trainer.Weights(), w => Assert.True(float.IsFinite(w)));
        Assert.True(trainer.History[^1].DiscriminatorGradientNorm > 0);
    }

    [Fact]
    public void Run_EachAxis_LiveTensorCountIsFlat()
    {
        foreach (var (name, set) in Axes)
        {
            using var trainer = TinyRun.Create(set(Base with { Steps = 30 }));
            trainer.Run(until: 15);
            long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            trainer.Run();
            Assert.True(before == TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount, name);
        }
    }

    [Fact]
    public void WeightClip_AfterEachStep_BoundsEveryWeightOfD()
    {
        using var trainer = TinyRun.Create(Base with { WeightClip = 0.05, Loss = new WassersteinLoss() }).Run();
        Assert.All(TinyRun.Weights(trainer.Discriminator), w => Assert.InRange(w, -0.05f, 0.05f));
    }

    // After n images with half-life h the average has forgotten the start but for 2^(−n/h); with θ fixed it is θ.
    [Fact]
    public void Average_ConstantParameters_ForgetsTheStartByHalves()
    {
        var network = new MultilayerPerceptron(2, [3], [2]);
        using var parameters = new FlatParameters(network);
        parameters.Values.fill_(0);
        using var average = new GeneratorAverage(network, parameters, halfLife: 64);
        parameters.Values.fill_(1);
        for (int i = 0; i < 8; i++)
            average.Update(images: 16);
        Assert.Equal(1 - 0.25, average.Values[0].item<float>(), 1e-6);
        average.With(() => network.call(ones(1, 2)));
        Assert.Equal(1, parameters.Values.min().item<float>());
    }

    // d/dθ of G's loss through k updates of D, against the same loss with θ moved a little.
    [Fact]
    public void Unrolling_Gradient_IsTheOneByFiniteDifference()
    {
        var config = Base with { UnrolledSteps = 3, DiscriminatorOptimizer = new AdamConfig(1e-2) };
        var weights = new Generator(4);
        var g = new MultilayerPerceptron(2, [8], [2], Activation.Tanh).UniformFanIn(weights);
        var d = new MultilayerPerceptron(2, [8], [1], Activation.Tanh).UniformFanIn(weights);
        using var players = new Players(config, g, d);
        using var engine = new AutogradEngine(config, players);
        var (x, z, moment) = (randn(32, 2, generator: weights), randn(32, 2, generator: weights), new StepInfo(0, 0));
        for (int i = 0; i < 100; i++) // with v = 0 an update of Adam is a sign, which has no slope to compare
        {
            engine.Discriminator(moment, x, z);
            players.DiscriminatorOptimizer.Step(1e-2);
        }
        double Loss() => engine.Generator(moment, x, z).Loss.item<float>();
        Loss();
        var slopes = players.GeneratorParameters.Gradients.clone();
        var direction = slopes / slopes.norm();
        const double h = 0.02; // float32 losses are good to 1e-7, so the difference to 5e-6; the curvature's error is of order h²
        double Moved(double by)
        {
            players.GeneratorParameters.Values.add_(direction, by);
            double loss = Loss();
            players.GeneratorParameters.Values.add_(direction, -by);
            return loss;
        }
        Assert.Equal((Moved(h) - Moved(-h)) / (2 * h), slopes.norm().item<float>(), 0.02 * slopes.norm().item<float>());
    }

    [Fact]
    public void Unrolling_Discriminator_StaysWhereItIs()
    {
        using var trainer = TinyRun.Create(Base with { UnrolledSteps = 3 });
        float[] before = TinyRun.Weights(trainer.Discriminator);
        trainer.GeneratorStep();
        Assert.Equal(before, TinyRun.Weights(trainer.Discriminator));
    }

    [Fact]
    public void Contradictions_AreRefusedWithAReason()
    {
        foreach (var (config, reason) in new[]
        {
            (Base with { Packing = 3 }, "does not divide"),
            (Base with { WeightClip = 0.1, Penalty = new GradientPenalty() }, "cannot reach slope 1"),
            (Base with { UnrolledSteps = 1, ConsensusWeight = 1 }, "consensus"),
            (Base with { UnrolledSteps = 1, WeightClip = 1 }, "clipped weight"),
            (Base with { UnrolledSteps = 1, Penalty = new GradientPenalty() }, "not unrolled"),
            (Base with { Penalty = ZeroCenteredGradientPenalty.R1(0) }, "positive weight"),
            (Base with { Loss = new LeastSquaresLoss(1, 0, 0) }, "high on real"),
            (Base with { AverageHalfLife = -1 }, "AverageHalfLife"),
        })
        {
            Assert.Contains(reason, Assert.Throws<ArgumentException>(config.Validate).Message, StringComparison.Ordinal);
        }

        Assert.Contains("bounds the critic",
            Assert.Throws<ArgumentException>(() => TinyRun.Create(Base with { Loss = new WassersteinLoss() })).Message,
            StringComparison.Ordinal);
        Assert.Contains("spectral norm",
            Assert.Throws<ArgumentException>(() => TinyRun.Create(Base with { WeightClip = 1 }, spectralNorm: true)).Message,
            StringComparison.Ordinal);
        Assert.Contains("plain MultilayerPerceptron",
            Assert.Throws<ArgumentException>(() => TinyRun.Create(Base with { UnrolledSteps = 1 }, spectralNorm: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void History_Records_HoldLogitsNormsPenaltyAndTime()
    {
        using var trainer = TinyRun.Create(Base with { Penalty = ZeroCenteredGradientPenalty.Both(1) }).Run();
        Assert.All(trainer.History, r =>
        {
            Assert.True(r.Penalty > 0 && r.DiscriminatorGradientNorm > 0 && r.GeneratorGradientNorm > 0 && r.StepSeconds > 0);
            Assert.Equal(r.RealLogit > 0, r.RealProbability > 0.5);
        });
    }

    private static IEnumerable<(string Name, Func<TrainingConfig, TrainingConfig> Set)> Pairs()
    {
        for (int i = 0; i < Axes.Length; i++)
        {
            for (int j = i; j < Axes.Length; j++)
            {
                var (a, b) = (Axes[i], Axes[j]);
                yield return ($"{a.Name} + {b.Name}", c => a.Set(b.Set(c)));
            }
        }
    }
}
