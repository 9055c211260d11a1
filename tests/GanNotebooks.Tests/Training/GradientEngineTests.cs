using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>The hand-written passes against autograd, on the same numbers.</summary>
public sealed class GradientEngineTests
{
    public static TheoryData<IAdversarialLoss, Activation, Activation> Cases
    {
        get
        {
            var cases = new TheoryData<IAdversarialLoss, Activation, Activation>();
            foreach (var loss in Losses.LossLogits.Zoo)
                cases.Add(loss, Activation.ReLU, Activation.Identity);
            foreach (var activation in Enum.GetValues<Activation>())
                cases.Add(new NonSaturatingLoss(), activation, activation is Activation.Identity ? Activation.Tanh : activation);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PerceptronEngine_Gradients_EqualAutograds(IAdversarialLoss loss, Activation hidden, Activation output)
    {
        var config = TinyRun.Config with { Loss = loss };
        var weights = new Generator(11);
        var g = new MultilayerPerceptron(2, [9, 8], [3], hidden, output).UniformFanIn(weights);
        var d = new MultilayerPerceptron(3, [8, 9], [1], hidden).UniformFanIn(weights);
        AssertEnginesAgree(config, g, d);
    }

    // With shared fakes G's step is the step on D's noise, whatever noise it is handed.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SharedFakes_GradientOfG_IsTheOneAtDsNoise(bool handWritten)
    {
        var weights = new Generator(11);
        var g = new MultilayerPerceptron(2, [9, 8], [3]).UniformFanIn(weights);
        var d = new MultilayerPerceptron(3, [8, 9], [1]).UniformFanIn(weights);
        using var players = new Players(TinyRun.Config, g, d);
        var config = TinyRun.Config with { ShareFakes = true };
        using IGradientEngine fresh = new AutogradEngine(TinyRun.Config, players);
        using IGradientEngine shared = handWritten ? new PerceptronEngine(config, players) : new AutogradEngine(config, players);
        var (x, z, other, moment) = (randn(16, 3), randn(16, 2), randn(16, 2), new StepInfo(0, 0));

        var expected = Copy(fresh.Generator(moment, null, z), players.GeneratorParameters);
        shared.Discriminator(moment, x, z);
        AssertClose(expected, Copy(shared.Generator(moment, null, other), players.GeneratorParameters));
        // nothing is left to share: a second step of G is fresh
        expected = Copy(fresh.Generator(moment, null, other), players.GeneratorParameters);
        AssertClose(expected, Copy(shared.Generator(moment, null, other), players.GeneratorParameters));
    }

    public static TheoryData<string, int, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, int, bool>();
            foreach (string? discriminator in new[] { "perceptron", "maxout" })
            {
                foreach (int packing in new[] { 1, 2 })
                {
                    pairs.Add(discriminator, packing, true);
                    pairs.Add(discriminator, packing, false);
                }
            }
            return pairs;
        }
    }

    // Widths that a vector divides and that it does not; a loss with and one without the data in G's step.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void PerceptronEngine_PacksMaxoutAndBatchNorm_EqualAutograds(string kind, int packing, bool batchNorm)
    {
        foreach (var loss in new IAdversarialLoss[] { new NonSaturatingLoss(), new RelativisticPairedLoss() })
        {
            var config = TinyRun.Config with { Loss = loss, Packing = packing, BatchSize = 24 };
            var weights = new Generator(11);
            var g = new MultilayerPerceptron(2, [40, 21], [3], batchNorm: batchNorm).UniformFanIn(weights);
            nn.Module<Tensor, Tensor> d = kind == "maxout"
                ? new MaxoutPerceptron(3 * packing, [37, 16, 83], 5)
                : new MultilayerPerceptron(3 * packing, [37, 83], [1]);
            d.UniformFanIn(weights);
            AssertEnginesAgree(config, g, d);
        }
    }

    public static TheoryData<string> MaxoutVariants => ["R1", "R2", "both", "spectral norm", "deviation", "both extras"];

    [Theory]
    [MemberData(nameof(MaxoutVariants))]
    public void PerceptronEngine_MaxoutWithRegularisers_EqualsAutograd(string variant)
    {
        foreach (var loss in new IAdversarialLoss[] { new HingeLoss(), new RelativisticPairedLoss() })
        {
            var config = TinyRun.Config with
            {
                Loss = loss,
                BatchSize = 20,
                Penalty = variant switch
                {
                    "R1" => ZeroCenteredGradientPenalty.R1(0.7),
                    "R2" => ZeroCenteredGradientPenalty.R2(0.7),
                    "both" => new ZeroCenteredGradientPenalty(0.7, 1.3),
                    _ => null,
                },
            };
            (Players Players, IGradientEngine Engine) New(bool byHand)
            {
                var weights = new Generator(11);
                var g = new MultilayerPerceptron(2, [40, 21], [3]).UniformFanIn(weights);
                random.manual_seed(1); // the first u of spectral norm
                var d = new MaxoutPerceptron(3, [37, 16], 5, variant is "spectral norm" or "both extras",
                    variant is "deviation" or "both extras").UniformFanIn(weights);
                Assert.True(PerceptronEngine.Fits(config, g, d, CPU));
                foreach (var norm in d.modules().OfType<SpectralNorm>())
                    norm.Converge(500); // the engines call D different numbers of times, each time with a step of the power iteration
                var players = new Players(config, g, d);
                return (players, byHand ? new PerceptronEngine(config, players) : new AutogradEngine(config, players));
            }
            var (expectedPlayers, autograd) = New(byHand: false);
            var (gotPlayers, passes) = New(byHand: true);
            for (int round = 0; round < 2; round++)
            {
                var (x, z, moment) = (randn(20, 3), randn(20, 2), new StepInfo(round, 0));
                var real = config.GeneratorSeesData ? x : null;
                var (expected, got) = (autograd.Discriminator(moment, x, z), passes.Discriminator(moment, x, z));
                AssertClose(Copy(expected, expectedPlayers.DiscriminatorParameters), Copy(got, gotPlayers.DiscriminatorParameters));
                Assert.Equal(expected.Penalty?.item<float>() ?? 0, got.Penalty?.item<float>() ?? 0, 1e-5);
                AssertClose(Copy(autograd.Generator(moment, real, z), expectedPlayers.GeneratorParameters),
                    Copy(passes.Generator(moment, real, z), gotPlayers.GeneratorParameters));
            }
            foreach (var disposable in new IDisposable[] { autograd, passes, expectedPlayers, gotPlayers })
                disposable.Dispose();
        }
    }

    // Whole runs, with all that a step does to the running statistics.
    [Fact]
    public void PerceptronEngine_BatchNormAndMaxout_TrainLikeAutograd()
    {
        (float[] Weights, float[] Statistics) Trained(bool plain)
        {
            var weights = new Generator(1);
            var g = new MultilayerPerceptron(2, [16, 24], [2], batchNorm: true).UniformFanIn(weights);
            var d = new MaxoutPerceptron(4, [16, 16], 3).UniformFanIn(weights);
            using var trainer = new Trainer(TinyRun.Config with { Packing = 2 }, g, plain ? d : nn.Sequential(d), new RingData(seed: 1));
            return (trainer.Run().Weights(), [.. g.buffers().SelectMany(b => b.to(float32).data<float>())]);
        }
        var (byHand, byAutograd) = (Trained(plain: true), Trained(plain: false));
        Assert.NotEmpty(byHand.Statistics);
        foreach (var (a, b) in byHand.Weights.Concat(byHand.Statistics).Zip(byAutograd.Weights.Concat(byAutograd.Statistics)))
            Assert.Equal(a, b, 2e-4 * (1 + Math.Abs(b)));
    }

    // A generator that somebody has put into evaluation mode stays there, statistics included.
    [Fact]
    public void PerceptronEngine_GeneratorInEvaluationMode_EqualsAutograd()
    {
        var weights = new Generator(11);
        var g = new MultilayerPerceptron(2, [40, 21], [2], batchNorm: true).UniformFanIn(weights);
        var d = new MaxoutPerceptron(2, [16], 3).UniformFanIn(weights);
        using var players = new Players(TinyRun.Config, g, d);
        using var autograd = new AutogradEngine(TinyRun.Config, players);
        using var passes = new PerceptronEngine(TinyRun.Config, players);
        g.call(randn(64, 2) * 3); // statistics that are not those of the start
        g.eval();
        var before = g.buffers().Select(b => b.clone()).ToArray();
        var (x, z, moment) = (randn(16, 2), randn(16, 2), new StepInfo(0, 0));
        AssertClose(Copy(autograd.Discriminator(moment, x, z), players.DiscriminatorParameters),
            Copy(passes.Discriminator(moment, x, z), players.DiscriminatorParameters));
        AssertClose(Copy(autograd.Generator(moment, null, z), players.GeneratorParameters),
            Copy(passes.Generator(moment, null, z), players.GeneratorParameters));
        Assert.All(before.Zip(g.buffers()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    // The setting chooses: D in a Sequential is left to autograd in any case, so the bits of that run tell which engine ran.
    [Fact]
    public void Engine_OfTheSetting_IsTheOneThatTrains()
    {
        float[] Weights(GradientEngine engine, bool plain = true)
        {
            using var trainer = TinyRun.Create(TinyRun.Config with { Engine = engine }, plain);
            return trainer.Run().Weights();
        }
        var (fastest, autograd) = (Weights(GradientEngine.Fastest), Weights(GradientEngine.Autograd));
        Assert.Equal(Weights(GradientEngine.Fastest, plain: false), autograd);
        Assert.NotEqual(fastest, autograd);
        Assert.All(fastest.Zip(autograd), pair => Assert.Equal(pair.Second, pair.First, 1e-4 * (1 + Math.Abs(pair.Second))));
        Assert.Equal(GradientEngine.Fastest, new TrainingConfig { Steps = 1 }.Engine);
    }

    [Fact]
    public void Fits_BatchOfOneWithBatchNorm_IsLeftToTorch()
    {
        var g = new MultilayerPerceptron(2, [16], [2], batchNorm: true);
        var d = new MultilayerPerceptron(2, [16], [1]);
        Assert.False(PerceptronEngine.Fits(TinyRun.Config with { BatchSize = 1 }, g, d, CPU));
        Assert.True(PerceptronEngine.Fits(TinyRun.Config with { BatchSize = 2 }, g, d, CPU));
    }

    // A network that has diverged must not look healthy because a finite piece wins.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void MaxoutPass_OnePieceNotANumber_IsPassedOn(int piece)
    {
        const int Units = 19;
        var d = new MaxoutPerceptron(2, [Units], 3).UniformFanIn(new Generator(1));
        using var parameters = new FlatParameters(d);
        using var pass = new MaxoutPass(d, parameters, 1, batches: 1);
        using var noGradient = no_grad();
        pass.Forward();
        Assert.True(float.IsFinite(pass.Output.item<float>()));
        parameters.Parameters[0][piece * Units + 7, 1] = float.NaN;
        pass.Forward();
        Assert.True(float.IsNaN(pass.Output.item<float>()));
    }

    // The textbook: both losses written out, two passes through D, nothing shared.
    [Fact]
    public void AutogradEngine_Gradients_EqualTheTextbooks()
    {
        var config = TinyRun.Config;
        var weights = new Generator(11);
        var g = new MultilayerPerceptron(2, [9], [2]).UniformFanIn(weights);
        var d = new MultilayerPerceptron(2, [9], [1]).UniformFanIn(weights);
        var (x, z) = (randn(16, 2), randn(16, 2));
        (-d.call(x).sigmoid().log().mean() - (1 - d.call(g.call(z).detach()).sigmoid()).log().mean()).backward();
        var expectedD = cat([.. d.parameters().Select(p => p.grad!.clone().view(-1))]);
        g.zero_grad();
        (-d.call(g.call(z)).sigmoid().log().mean()).backward();
        var expectedG = cat([.. g.parameters().Select(p => p.grad!.clone().view(-1))]);
        using var players = new Players(config, g, d);
        using var engine = new AutogradEngine(config, players);
        engine.Discriminator(new StepInfo(0, 0), x, z);
        Assert.True(players.DiscriminatorParameters.Gradients.allclose(expectedD, 1e-5, 1e-7));
        engine.Generator(new StepInfo(0, 0), null, z);
        Assert.True(players.GeneratorParameters.Gradients.allclose(expectedG, 1e-5, 1e-7));
    }

    // Images: G's output is [N, 1, 2, 2], D flattens it.
    [Fact]
    public void PerceptronEngine_ImageShapes_TrainLikeAutograd()
    {
        float[] Trained(bool plain)
        {
            var weights = new Generator(1);
            var g = new MultilayerPerceptron(2, [8], [1, 2, 2], Activation.ReLU, Activation.Tanh).UniformFanIn(weights);
            var d = new MultilayerPerceptron(4, [8], [1]).UniformFanIn(weights);
            using var trainer = new Trainer(TinyRun.Config, g, plain ? d : nn.Sequential(d), new Blocks());
            return trainer.Run().Weights();
        }
        foreach (var (a, b) in Trained(plain: true).Zip(Trained(plain: false)))
            Assert.Equal(a, b, 1e-4);
    }

    // Both players' gradients, for noise in R² and samples in R³.
    private static void AssertEnginesAgree(TrainingConfig config, nn.Module<Tensor, Tensor> g, nn.Module<Tensor, Tensor> d)
    {
        Assert.True(PerceptronEngine.Fits(config, g, d, CPU));
        using var players = new Players(config, g, d);
        using var autograd = new AutogradEngine(config, players);
        using var passes = new PerceptronEngine(config, players);
        var (x, z, moment) = (randn(config.BatchSize, 3), randn(config.BatchSize, 2), new StepInfo(0, 0));
        var real = config.GeneratorSeesData ? x : null;

        var expected = Copy(autograd.Discriminator(moment, x, z), players.DiscriminatorParameters);
        players.DiscriminatorParameters.Gradients.fill_(float.NaN); // nothing may be left over
        AssertClose(expected, Copy(passes.Discriminator(moment, x, z), players.DiscriminatorParameters));

        expected = Copy(autograd.Generator(moment, real, z), players.GeneratorParameters);
        players.GeneratorParameters.Gradients.fill_(float.NaN);
        AssertClose(expected, Copy(passes.Generator(moment, real, z), players.GeneratorParameters));
    }

    private static (double Loss, Tensor Gradient) Copy(PlayerLosses losses, FlatParameters parameters) =>
        (losses.Loss.item<float>(), parameters.Gradients.clone());

    // Both are sums of some hundred float32 products in different orders.
    private static void AssertClose((double Loss, Tensor Gradient) expected, (double Loss, Tensor Gradient) got)
    {
        Assert.Equal(expected.Loss, got.Loss, 1e-5 * (1 + Math.Abs(expected.Loss)));
        double scale = expected.Gradient.abs().max().item<float>();
        Assert.True(scale > 0);
        Assert.Equal(0, (expected.Gradient - got.Gradient).abs().max().item<float>() / scale, 1e-5);
    }

    private sealed class Blocks : IBatchSource
    {
        private readonly GridData points = new();

        public string Name => "blocks";

        public IReadOnlyList<long> SampleShape => [1, 2, 2];

        public BatchPosition Position => points.Position;

        public void Seek(BatchPosition position) => points.Seek(position);

        public Tensor Next(int batchSize) => points.Next(2 * batchSize).view(batchSize, 1, 2, 2);

        public void Dispose() => points.Dispose();
    }
}
