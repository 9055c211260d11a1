using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>An augmentation in the trainer: the same law for data and fakes, in both steps, and a state that a checkpoint keeps.</summary>
public sealed class AugmentedTrainingTests : IDisposable
{
    private const int Batch = 256, Side = 28;

    private static readonly TrainingConfig White = new()
    {
        Steps = 2, BatchSize = Batch, NoiseDimension = 3, Seed = 4, Augmentation = new Augmentation(), RecordEvery = 1,
    };

    // A low target, and a p that moves by 0.16 after every two batches.
    private static readonly TrainingConfig Adaptive = ImageRun.Config with
    {
        Augmentation = new Augmentation { Cutout = 0.5, Adaptive = new AdaptiveProbability(Target: -0.99, ImagesPerUnit: 100, Every: 2) },
        RecordEvery = 1,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    private string FileName => Path.Combine(folder, "a.checkpoint");

    // Data and fakes are white images alike. A shift by d of 9 on each axis leaves (1 − E|d|/28)² of the pixels white: 84.8 %. An
    // augmentation of the data alone leaves the fakes white.
    [Fact]
    public void Steps_WhiteDataAndFakes_AreChangedByTheSameLawInBothSteps()
    {
        var (g, d) = (new Constant(), new Watching());
        using var players = new Players(White, g, d);
        using var augmenter = new Augmenter(White);
        using var engine = new AutogradEngine(White, players, augmenter);
        double expected = Math.Pow(1 - 20.0 / 9 / Side, 2);
        engine.Discriminator(new StepInfo(0, 0), ones(Batch, 1, Side, Side), zeros(Batch, 3));
        var both = Assert.Single(d.Seen);
        Assert.Equal([2 * Batch, 1, Side, Side], both.shape);
        var (real, fake) = (both.narrow(0, 0, Batch), both.narrow(0, Batch, Batch));
        engine.Generator(new StepInfo(0, 0), null, zeros(Batch, 3));
        Assert.Equal(2, d.Seen.Count);
        foreach (var seen in new[] { real, fake, d.Seen[1] })
        {
            double[] shares = [.. seen.to(float64).mean([1, 2, 3]).data<double>()];
            double mean = shares.Average(), error = Math.Sqrt(shares.Select(s => (s - mean) * (s - mean)).Average() / Batch);
            Assert.Equal(expected, mean, 5 * error);
        }
        Assert.False(real.allclose(fake)); // every image has its own shift
        Assert.False(fake.allclose(d.Seen[1]));
    }

    // The draws depend on the counter alone, so that the same step can be taken again with a slightly different generator.
    [Fact]
    public void GeneratorStep_Gradient_PassesThroughTheAugmentation()
    {
        var (g, d) = (new Constant(), new Watching());
        using var players = new Players(White, g, d);
        using var augmenter = new Augmenter(White);
        using var engine = new AutogradEngine(White, players, augmenter);
        double Loss() => engine.Generator(new StepInfo(0, 0), null, zeros(Batch, 3)).Loss.item<float>();
        Loss();
        double slope = players.GeneratorParameters.Gradients[0].item<float>();
        const double h = 1e-2; // float32 losses are good to 1e-7
        players.GeneratorParameters.Values.add_(h);
        double up = Loss();
        players.GeneratorParameters.Values.add_(-2 * h);
        Assert.Equal((up - Loss()) / (2 * h), slope, 1e-3 * Math.Abs(slope));
        Assert.True(Math.Abs(slope) > 0.01);
    }

    [Fact]
    public void Penalty_Augmentation_SeesTheChangedImages()
    {
        var penalty = new Recording();
        var config = White with { Penalty = penalty };
        using var players = new Players(config, new Constant(), new Watching());
        using var augmenter = new Augmenter(config);
        using var engine = new AutogradEngine(config, players, augmenter);
        engine.Discriminator(new StepInfo(0, 0), ones(Batch, 1, Side, Side), zeros(Batch, 3));
        Assert.All(penalty.Means, mean => Assert.InRange(mean, 0.8, 0.9));
    }

    [Fact]
    public void Run_ProbabilityZero_IsTheRunWithoutAugmentation()
    {
        using var plain = ImageRun.Create().Run();
        using var never = ImageRun.Create(ImageRun.Config with { Augmentation = new Augmentation { Probability = 0 } }).Run();
        using var always = ImageRun.Create(ImageRun.Config with { Augmentation = new Augmentation() }).Run();
        Assert.Equal(plain.State(), never.State());
        Assert.NotEqual(plain.State(), always.State());
    }

    // Saved between two changes of p: the signs of the first batch of two must be kept too.
    [Fact]
    public void Load_AdaptiveMidRun_EndsWithTheSameWeightsAndProbability()
    {
        using var whole = ImageRun.Create(Adaptive).Run();
        var p = whole.History.Column(r => r.AugmentationProbability);
        Assert.Equal([0, p[1], p[1], p[3], p[3], p[5]], p); // it moves after every second batch
        Assert.True(p[5] > p[3] && p[5] > 0.1);
        using (var first = ImageRun.Create(Adaptive).Run(until: 3))
            first.Save(FileName);
        using var second = ImageRun.Create(Adaptive);
        second.Load(FileName);
        Assert.Equal(p[2], second.AugmentationProbability);
        second.Run();
        Assert.Equal(whole.State(), second.State());
        Assert.Equal(whole.AugmentationProbability, second.AugmentationProbability);
        Assert.Equal(whole.History.Select(r => r with { StepSeconds = 0 }), second.History.Select(r => r with { StepSeconds = 0 }));
    }

    [Fact]
    public void Run_Adaptive_LowersTheProbabilityBelowTheTarget()
    {
        var rule = Adaptive.Augmentation!.Adaptive! with { Target = 0.99, Start = 0.5 };
        using var trainer = ImageRun.Create(Adaptive with { Augmentation = Adaptive.Augmentation with { Adaptive = rule } }).Run();
        Assert.Equal(0.5 - 3 * 0.16, trainer.AugmentationProbability, 12);
    }

    [Fact]
    public void Load_OtherAugmentation_IsRefusedNamingIt()
    {
        using (var trainer = ImageRun.Create(Adaptive).Run(until: 1))
            trainer.Save(FileName);
        using var other = ImageRun.Create(Adaptive with { Augmentation = Adaptive.Augmentation! with { Cutout = 0.25 } });
        Assert.Contains("Augmentation.Cutout: 0.5 in the checkpoint, 0.25 here",
            Assert.Throws<CheckpointException>(() => other.Load(FileName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Probability\":0", "\"Probability\":1.5")]
    [InlineData("\"Batches\":1", "\"Batches\":-1")]
    [InlineData("\"Augmentation\":{", "\"Other\":{")]
    public void Load_ForgedAugmentation_IsRefused(string honest, string forged)
    {
        using (var trainer = ImageRun.Create(Adaptive).Run(until: 1))
            trainer.Save(FileName);
        byte[] bytes = Forgeries.WithHeader(File.ReadAllBytes(FileName), text =>
        {
            int at = text.LastIndexOf(honest, StringComparison.Ordinal); // the state stands after the settings
            Assert.True(at >= 0);
            return text[..at] + forged + text[(at + honest.Length)..];
        });
        File.WriteAllBytes(FileName, bytes);
        using var other = ImageRun.Create(Adaptive);
        Assert.Contains("augmentation", Assert.Throws<CheckpointException>(() => other.Load(FileName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WithoutSense_AreRefusedWithAReason()
    {
        var adaptive = Adaptive.Augmentation!;
        foreach (var (config, reason) in new[]
        {
            (White with { UnrolledSteps = 1 }, "one draw of the changes"),
            (White with { Augmentation = new Augmentation { Cutout = 3 } }, "got 3"),
            (White with { Loss = new WassersteinLoss(), Augmentation = adaptive, WeightClip = 1 }, "signs"),
            (White with { Loss = new RelativisticPairedLoss(), Augmentation = adaptive }, "signs"),
            (White with { Loss = FDivergenceLoss.KullbackLeibler, Augmentation = adaptive }, "signs"),
        })
        {
            Assert.Contains(reason, Assert.Throws<ArgumentException>(config.Validate).Message, StringComparison.Ordinal);
        }
        (White with { Loss = FDivergenceLoss.JensenShannon, Augmentation = adaptive }).Validate();
        (White with { Loss = new RelativisticPairedLoss() }).Validate();
        Assert.Contains("[N, 2]",
            Assert.Throws<ArgumentException>(() => TinyRun.Create(TinyRun.Config with { Augmentation = new Augmentation() })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Augmented_LiveTensorCountIsFlat()
    {
        using var trainer = ImageRun.Create(Adaptive with { Steps = 12 });
        trainer.Run(until: 4);
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        trainer.Run();
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Generates images of one grey, white at first.
    private sealed class Constant : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter grey = nn.Parameter(ones(1));

        public Constant() : base(nameof(Constant)) => RegisterComponents();

        public override Tensor forward(Tensor input) => grey.view(1, 1, 1, 1).expand(input.shape[0], 1, Side, Side) * 1;
    }

    // Its logit is the mean of the image times a parameter. It keeps what it was shown.
    private sealed class Watching : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter slope = nn.Parameter(ones(1));

        public Watching() : base(nameof(Watching)) => RegisterComponents();

        public List<Tensor> Seen { get; } = [];

        public override Tensor forward(Tensor input)
        {
            Seen.Add(input.detach().clone());
            return slope * input.mean([1, 2, 3]).view(-1, 1);
        }
    }

    private sealed class Recording : IDiscriminatorPenalty
    {
        public List<double> Means { get; } = [];

        public Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random)
        {
            Means.AddRange([real.mean().item<float>(), fake.mean().item<float>()]);
            return zeros([]);
        }
    }
}
