using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>What a reader's own networks and losses meet: shapes, batches, sigmoids, constant functions, too large rates.</summary>
public sealed class NetworkProbeTests : IDisposable
{
    private readonly List<string> warnings = [];
    private readonly Action<string> warn = Trainer.Warn;
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-probe-").FullName;

    public NetworkProbeTests() => Trainer.Warn = warnings.Add;

    public void Dispose()
    {
        Trainer.Warn = warn;
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(3, 2, 2, 1, "noise [N, 2]")]
    [InlineData(2, 3, 2, 1, "[N, 3]", "[N, 2]")]
    [InlineData(2, 2, 4, 1, "samples [N, 2]")]
    [InlineData(2, 2, 2, 2, "[N, 2]", "[N, 1]")]
    public void Create_WidthsDoNotFit_NamesBothShapes(int noise, int made, int judged, int logits, params string[] parts)
    {
        var error = Assert.Throws<ArgumentException>(() => new Trainer(TinyRun.Config, new MultilayerPerceptron(noise, [8], [made]),
            new MultilayerPerceptron(judged, [8], [logits]), new RingData()));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Create_OwnBatchNormInForward_JudgesDataAndFakesApart()
    {
        var critic = new Critic(x => nn.functional.batch_norm(x, zeros(2), ones(2), training: true));
        using var trainer = Own(critic);
        critic.Sizes.Clear();
        trainer.Run(until: 1);
        Assert.Equal([16, 16, 16, 16, 16], critic.Sizes); // two steps of D, one of G
    }

    [Fact]
    public void Create_OwnNetworkOfSingleSamples_JudgesThemTogether()
    {
        var critic = new Critic(x => x);
        using var trainer = Own(critic);
        critic.Sizes.Clear();
        trainer.Run(until: 1);
        Assert.Equal([32, 32, 16], critic.Sizes);
        Assert.Empty(warnings);
    }

    // A trial must not change a run: not its random numbers, not the buffers of its networks.
    [Fact]
    public void Create_OwnNetworkWithDropoutAndBuffers_LeavesEverythingAsItWas()
    {
        manual_seed(5);
        float expected = rand(1).item<float>();
        var critic = new Critic(x => nn.functional.dropout(x, 0.5, training: true));
        var generator = new MultilayerPerceptron(2, [8], [2]);
        manual_seed(5);
        using var trainer = new Trainer(TinyRun.Config, generator, critic, new RingData(seed: 1));
        Assert.Equal(expected, rand(1).item<float>());
        Assert.Equal(0, critic.Calls.item<float>());
    }

    [Fact]
    public void Create_DiscriminatorEndsInSigmoid_IsWarnedAbout()
    {
        using (Own(new Critic(x => x, sigmoid)))
            Assert.Contains("sigmoid", Assert.Single(warnings), StringComparison.Ordinal);
        warnings.Clear();
        using (new Trainer(TinyRun.Config, new MultilayerPerceptron(2, [8], [2]),
            nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid()), new RingData()))
        {
            Assert.Contains("sigmoid", Assert.Single(warnings), StringComparison.Ordinal);
        }

        warnings.Clear();
        using (TinyRun.Create(TinyRun.Config))
            Assert.Empty(warnings);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1e6)]
    public void Run_RatesMuchTooLarge_StopsOrSaysSo(double rate)
    {
        using var trainer = TinyRun.Create(TinyRun.Config with
        {
            DiscriminatorOptimizer = new AdamConfig(rate),
            GeneratorOptimizer = new AdamConfig(rate),
        });
        var error = Record.Exception(() => trainer.Run());
        Assert.True(error is NonFiniteLossException || warnings.Count == 1, $"{error} {warnings.Count}");
        Assert.Contains("diverge", error?.Message ?? warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ConstantDiscriminator_TrainsNothingAndDoesNotFail()
    {
        foreach (var order in Enum.GetValues<UpdateOrder>())
        {
            var config = TinyRun.Config with { Order = order, DiscriminatorSteps = 1, Engine = GradientEngine.Autograd };
            foreach (var penalty in new IDiscriminatorPenalty?[]
                { null, new GradientPenalty(), ZeroCenteredGradientPenalty.Both(1), new DraganPenalty() })
            {
                using var trainer = Own(new Critic(x => zeros_like(x)), config with { Penalty = penalty });
                float[] before = TinyRun.Weights(trainer.Generator);
                trainer.Run(until: 3);
                Assert.Equal(before, TinyRun.Weights(trainer.Generator));
            }
            using var consensus = Own(new Critic(x => zeros_like(x)), config with { ConsensusWeight = 1 });
            consensus.Run(until: 2);
        }
    }

    // The slope of a constant is 0: a one-centred penalty is its weight, a zero-centred one is 0.
    [Fact]
    public void Penalty_ConstantDiscriminator_HasSlopeZero()
    {
        using var random = new Generator(1);
        var (real, fake) = (randn(8, 2), randn(8, 2));
        using var weight = ones(1).requires_grad_(true);
        var network = new MultilayerPerceptron(2, [8], [1]);
        foreach (var constant in new Func<Tensor, Tensor>[]
        {
            x => zeros(x.shape[0], 1), x => ones(x.shape[0], 1) * weight, x => network.call(x.detach()),
        })
        {
            Assert.Equal(10, new GradientPenalty(10).Value(constant, real, fake, random).item<float>());
            Assert.Equal(0, ZeroCenteredGradientPenalty.Both(1).Value(constant, real, fake, random).item<float>());
            Assert.Equal(0, InputGradient.Of(constant, real).abs().sum().item<float>());
        }
    }

    [Fact]
    public void Train_OwnLossWithAnyProperty_IsRecordedAndToldApart()
    {
        using (var directory = new RunDirectory(folder) { TensorBoard = false })
        using (var trainer = Own(new Critic(x => x), TinyRun.Config with { Loss = new OwnLoss(ones(2)) }))
            directory.Train(trainer, until: 5);
        Assert.Contains("Tensor [2] Float32", File.ReadAllText(Path.Combine(folder, "config.json")), StringComparison.Ordinal);
        using var again = new RunDirectory(folder) { TensorBoard = false };
        using var other = Own(new Critic(x => x), TinyRun.Config with { Loss = new OwnLoss(zeros(2)) });
        Assert.Contains("Loss.Weights", Assert.Throws<CheckpointException>(() => again.Train(other)).Message, StringComparison.Ordinal);
        using var same = Own(new Critic(x => x), TinyRun.Config with { Loss = new OwnLoss(ones(2)) });
        Assert.Equal(30, again.Train(same).Step);
    }

    private static Trainer Own(Critic critic, TrainingConfig? config = null) =>
        new(config ?? TinyRun.Config, new MultilayerPerceptron(2, [8], [2]), critic, new RingData(seed: 1));

    private sealed class Critic : nn.Module<Tensor, Tensor>
    {
        private readonly MultilayerPerceptron inner = new(2, [8], [1]);
        private readonly Func<Tensor, Tensor> before;
        private readonly Func<Tensor, Tensor>? after;

        public Critic(Func<Tensor, Tensor> before, Func<Tensor, Tensor>? after = null) : base(nameof(Critic))
        {
            (this.before, this.after) = (before, after);
            Calls = zeros(1);
            register_buffer("calls", Calls);
            RegisterComponents();
        }

        public List<long> Sizes { get; } = [];

        public Tensor Calls { get; }

        public override Tensor forward(Tensor input)
        {
            Sizes.Add(input.shape[0]);
            Calls.add_(1);
            var logits = inner.call(before(input));
            return after is null ? logits : after(logits);
        }
    }

    private sealed class OwnLoss(Tensor weights) : IAdversarialLoss
    {
        public Tensor Weights => weights;

        public Func<Tensor, Tensor> Link { get; } = x => x;

        public OwnLoss Itself => this;

        public Tensor Broken => weights.dim() == 1 ? throw new InvalidOperationException() : weights;

        public int this[int index] => index;

        public double Nothing => double.NaN * weights.dim();

        public bool GeneratorNeedsReal => false;

        public Tensor Discriminator(Tensor real, Tensor fake) => nn.functional.softplus(-real).mean() + nn.functional.softplus(fake).mean();

        public Tensor Generator(Tensor real, Tensor fake) => nn.functional.softplus(-fake).mean();
    }
}
