using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>
/// The order of the players' updates, against the games of <c>Theory/Games</c>, against steps by hand, and across checkpoints.
/// </summary>
public sealed class UpdateOrderTests
{
    private const double StepSize = 0.1, Huge = 1e9; // an ε this large turns Adam with β₁ = 0 into plain steps of rate / ε
    private static readonly GamePoint Start = new(1, 0.5);
    private static readonly AdamConfig PlainSteps = new(StepSize * Huge, 0, 0.999, Huge);
    private static readonly TrainingConfig Together = TinyRun.Config with { Order = UpdateOrder.Simultaneous, DiscriminatorSteps = 1 };

    public static TheoryData<string, UpdateOrder> Games =>
    [
        .. from game in new[] { "bilinear", "minimax", "non-saturating", "R1" }
           from order in Enum.GetValues<UpdateOrder>()
           select (game, order),
    ];

    // D's logit is −ψ x, G(z) = θ, all data at 0: the trainer is the integrator of the game. The games have the logit high on fakes, the
    // trainer has it high on data; hence the sign.
    [Theory]
    [MemberData(nameof(Games))]
    public void Run_OneParameterEach_FollowsTheTableOfTheGame(string name, UpdateOrder order)
    {
        var (loss, game, penalty) = name switch
        {
            "bilinear" => ((IAdversarialLoss)new WassersteinLoss(), (IGame)new BilinearGame(), (IDiscriminatorPenalty?)null),
            "minimax" => (new MinimaxLoss(), DiracGan.Minimax(), null),
            "R1" => (new MinimaxLoss(), DiracGan.R1(0.7), ZeroCenteredGradientPenalty.R1(0.7)),
            _ => (new NonSaturatingLoss(), DiracGan.NonSaturating(), null),
        };
        IIntegrator integrator = order is UpdateOrder.Simultaneous ? new SimultaneousSteps(StepSize)
            : new AlternatingSteps(StepSize, First: Player.Discriminator);
        var config = new TrainingConfig
        {
            Steps = 200, BatchSize = 4, NoiseDimension = 1, Loss = loss, Penalty = penalty, Order = order,
            WeightClip = penalty is null ? 1e6 : 0, // a Wasserstein loss needs a bound; this one is never reached
            DiscriminatorOptimizer = PlainSteps, GeneratorOptimizer = PlainSteps,
        };
        var (point, slope) = (new PointGenerator(Start.Theta), new SlopeDiscriminator(-Start.Psi));
        using var trainer = new Trainer(config, point, slope, new Origin());
        var state = integrator.Start(game, Start);
        double furthest = 0;
        for (int step = 1; step <= config.Steps; step++)
        {
            trainer.Run(until: step);
            state = integrator.Advance(game, state);
            furthest = Math.Max(furthest, Math.Abs(point.Theta.item<float>() - state.Point.Theta)
                + Math.Abs(slope.Psi.item<float>() + state.Point.Psi));
        }
        Assert.InRange(furthest, 0, 2e-5 * (1 + state.Point.Norm));
    }

    // Each simultaneous step stretches the bilinear game by √(1 + h²); steps in turn keep it bounded.
    [Fact]
    public void Run_BilinearGame_GrowsTogetherAndStaysBoundedInTurn()
    {
        double After(UpdateOrder order)
        {
            var config = new TrainingConfig
            {
                Steps = 200, BatchSize = 1, NoiseDimension = 1, Loss = new WassersteinLoss(), WeightClip = 1e6, Order = order,
                DiscriminatorOptimizer = PlainSteps, GeneratorOptimizer = PlainSteps,
            };
            var (point, slope) = (new PointGenerator(Start.Theta), new SlopeDiscriminator(Start.Psi));
            using var trainer = new Trainer(config, point, slope, new Origin()).Run();
            return double.Hypot(point.Theta.item<float>(), slope.Psi.item<float>());
        }
        Assert.Equal(Start.Norm * Math.Pow(1 + StepSize * StepSize, 100), After(UpdateOrder.Simultaneous), 1e-4);
        Assert.InRange(After(UpdateOrder.Alternating), 0, 1.2 * Start.Norm);
    }

    [Theory]
    [InlineData(GradientEngine.Fastest)]
    [InlineData(GradientEngine.Autograd)]
    public void Run_Simultaneous_EqualsStepsByHand(GradientEngine engine)
    {
        using var trainer = TinyRun.Create(Together with { Steps = 20, Engine = engine });
        using var twin = TinyRun.Create(Together);
        using var data = new RingData(seed: 1);
        using var noise = new NoiseSource(NoiseKind.Normal, 2, Together.Seed, purpose: 2, CPU);
        var (g, d) = (twin.Generator, twin.Discriminator);
        using var ofG = optim.Adam(g.parameters(), 1e-3, 0.5, 0.999);
        using var ofD = optim.Adam(d.parameters(), 1e-3, 0.5, 0.999);
        for (int step = 0; step < 20; step++)
        {
            var (x, fake) = (data.Next(16), g.call(noise.Batch(step, 16)));
            var (real, fakes) = (d.call(x), d.call(fake));
            var dLoss = nn.functional.softplus(-real).mean() + nn.functional.softplus(fakes).mean();
            var gLoss = nn.functional.softplus(-fakes).mean();
            var ofDs = autograd.grad([dLoss], [.. d.parameters()], retain_graph: true);
            var ofGs = autograd.grad([gLoss], [.. g.parameters()]);
            foreach (var (parameter, slope) in d.parameters().Concat(g.parameters()).Zip(ofDs.Concat(ofGs)))
                parameter.grad = slope;
            ofD.step();
            ofG.step();
        }
        trainer.Run();
        foreach (var (expected, got) in twin.Weights().Zip(trainer.Weights()))
            Assert.Equal(expected, got, 2e-6);
    }

    // Dropout draws one mask for each sample: both losses see the same logits, and the fakes of the step are drawn once.
    [Fact]
    public void Run_DiscriminatorWithDropout_ShowsBothPlayersTheSameLogits()
    {
        var seen = new LogitsSeen();
        var weights = new Generator(11);
        var g = new MultilayerPerceptron(2, [8], [2]).UniformFanIn(weights);
        var d = nn.Sequential(nn.Dropout(0.5), nn.Linear(2, 1));
        using var trainer = new Trainer(Together with { Loss = seen, Steps = 3 }, g, d, new RingData(seed: 1)).Run();
        Assert.Equal(3, seen.OfDiscriminator.Count);
        Assert.Equal(seen.OfDiscriminator, seen.OfGenerator);
        Assert.Equal(3, seen.OfGenerator.Select(logits => logits.Sum()).Distinct().Count());
    }

    public static TheoryData<string> Settings => ["plain", "R1 and R2", "relativistic", "consensus", "average", "packing", "noise"];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Checkpoint_MidRun_EndsLikeAnUninterruptedRun(string name)
    {
        var config = name switch
        {
            "R1 and R2" => Together with { Penalty = ZeroCenteredGradientPenalty.Both(1) },
            "relativistic" => Together with { Loss = new RelativisticPairedLoss() },
            "consensus" => Together with { ConsensusWeight = 0.1 },
            "average" => Together with { AverageHalfLife = 50 },
            "packing" => Together with { Packing = 2 },
            "noise" => Together with { InstanceNoise = new InstanceNoise(0.2) },
            _ => Together,
        };
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var whole = TinyRun.Create(config).Run();
        using (var first = TinyRun.Create(config).Run(until: 11))
            Checkpoint.Save(first, file);
        using var second = TinyRun.Create(config);
        Checkpoint.Load(second, file);
        second.Run();
        File.Delete(file);
        Assert.Equal(whole.Weights(), second.Weights());
        Assert.All(whole.Weights(), w => Assert.True(float.IsFinite(w)));
        using var inTurn = TinyRun.Create(config with { Order = UpdateOrder.Alternating }).Run();
        Assert.False(whole.Weights().SequenceEqual(inTurn.Weights()));
    }

    [Fact]
    public void Checkpoint_OfTheOtherOrder_IsRefusedNamingIt()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var first = TinyRun.Create(Together).Run(until: 2))
            Checkpoint.Save(first, file);
        using var other = TinyRun.Create(Together with { Order = UpdateOrder.Alternating });
        string message = Assert.ThrowsAny<Exception>(() => Checkpoint.Load(other, file)).Message;
        File.Delete(file);
        Assert.Contains("Order", message, StringComparison.Ordinal);
        Assert.Contains("Simultaneous", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WhatNeedsUpdatesInTurn_IsRefusedWithAReason()
    {
        foreach (var config in new[] { Together with { DiscriminatorSteps = 2 }, Together with { UnrolledSteps = 3 },
            Together with { ShareFakes = true } })
        {
            Assert.Contains("Order Simultaneous", Assert.Throws<ArgumentException>(config.Validate).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_Simultaneous_LiveTensorCountIsFlat()
    {
        foreach (var config in new[] { Together, Together with { Engine = GradientEngine.Autograd },
            Together with { ConsensusWeight = 0.1, Penalty = ZeroCenteredGradientPenalty.R1(1) } })
        {
            using var trainer = TinyRun.Create(config).Run(until: 15);
            long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            trainer.Run();
            Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private sealed class PointGenerator : nn.Module<Tensor, Tensor>
    {
        public PointGenerator(double theta) : base(nameof(PointGenerator))
        {
            Theta = nn.Parameter(tensor((float)theta));
            register_parameter("theta", Theta);
        }

        public TorchSharp.Modules.Parameter Theta { get; }

        public override Tensor forward(Tensor input) => Theta.expand(input.shape[0], 1);
    }

    private sealed class SlopeDiscriminator : nn.Module<Tensor, Tensor>
    {
        public SlopeDiscriminator(double psi) : base(nameof(SlopeDiscriminator))
        {
            Psi = nn.Parameter(tensor((float)psi));
            register_parameter("psi", Psi);
        }

        public TorchSharp.Modules.Parameter Psi { get; }

        public override Tensor forward(Tensor input) => Psi * input;
    }

    private sealed class Origin() : StreamedBatches(0)
    {
        public override string Name => "a point mass at 0";

        public override IReadOnlyList<long> SampleShape => [1];

        public override Tensor Next(int batchSize) => zeros(batchSize, 1);
    }

    private sealed class LogitsSeen : IAdversarialLoss
    {
        private readonly NonSaturatingLoss loss = new();

        public List<float[]> OfDiscriminator { get; } = [];

        public List<float[]> OfGenerator { get; } = [];

        public bool GeneratorNeedsReal => false;

        public Tensor Discriminator(Tensor real, Tensor fake)
        {
            OfDiscriminator.Add(fake.detach().data<float>().ToArray());
            return loss.Discriminator(real, fake);
        }

        public Tensor Generator(Tensor real, Tensor fake)
        {
            OfGenerator.Add(fake.detach().data<float>().ToArray());
            return loss.Generator(real, fake);
        }
    }
}
