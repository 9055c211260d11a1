using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>The game with conditions: who sees which condition, and what is refused.</summary>
public sealed class ConditionalTrainingTests : IDisposable
{
    private static readonly double[] means = [-2, 2];

    private static readonly TrainingConfig small = TinyRun.Config with { DiscriminatorSteps = 1 };

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // By hand: D's loss on pairs, with each fake at the condition of the real sample in its row; G's loss at the same conditions.
    // A D with batch normalisation judges data and fakes apart, others both in one pass.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Steps_Conditional_AreTheTextbookGradients(bool simultaneous, bool normalised)
    {
        var (g, d) = Networks();
        if (normalised)
            d = new ConcatenatedCondition(nn.Sequential(new MultilayerPerceptron(3, [8], [8]), nn.BatchNorm1d(8), nn.Linear(8, 1)));
        using var players = new Players(small, g, d);
        using IGradientEngine engine = new AutogradEngine(small, players);
        using var data = new GaussianClasses(means, seed: 4);
        var (x, c) = data.NextPair(16);
        var (z, moment) = (randn(16, 2, generator: new Generator(5)), new StepInfo(0, 0));

        Tensor SoftPlus(Tensor t) => nn.functional.softplus(t).mean();
        var fakes = g.call(z, c);
        var lossD = SoftPlus(-d.call(x, c)) + SoftPlus(d.call(fakes.detach(), c));
        var lossG = SoftPlus(-d.call(fakes, c));
        var expectedD = autograd.grad([lossD], [.. d.parameters()]);
        var expectedG = autograd.grad([lossG], [.. g.parameters()]);

        if (simultaneous)
        {
            engine.Both(moment, x, z, c);
            AssertGradients(expectedD, d);
        }
        else
        {
            engine.Discriminator(moment, x, z, c);
            AssertGradients(expectedD, d);
            engine.Generator(moment, x, z, c);
        }
        AssertGradients(expectedG, g);
    }

    // AC-GAN: the classifier's cross entropy on data and fakes for D, on fakes for G. A sign or a missing half changes the gradient.
    [Fact]
    public void Steps_AuxiliaryClassifier_AddItsCrossEntropy()
    {
        var weights = new Generator(11);
        var g = new ConcatenatedCondition(new MultilayerPerceptron(4, [8], [1])).UniformFanIn(weights);
        var d = new AuxiliaryDiscriminator(new MultilayerPerceptron(1, [8], [6]), 6, 2).UniformFanIn(weights);
        var config = small with { AuxiliaryWeight = 0.5 };
        using var players = new Players(config, g, d);
        using IGradientEngine engine = new AutogradEngine(config, players);
        using var data = new GaussianClasses(means, seed: 4);
        var (x, c) = data.NextPair(16);
        var (z, moment, classes) = (randn(16, 2, generator: new Generator(5)), new StepInfo(0, 0), c.argmax(1));

        Tensor SoftPlus(Tensor t) => nn.functional.softplus(t).mean();
        Tensor Named(Tensor t) => 0.5 * nn.functional.cross_entropy(d.Classify(t), classes);
        var fakes = g.call(z, c);
        var lossD = SoftPlus(-d.call(x, c)) + SoftPlus(d.call(fakes.detach(), c)) + Named(x) + Named(fakes.detach());
        var expectedD = autograd.grad([lossD], [.. d.parameters()]);
        var expectedG = autograd.grad([SoftPlus(-d.call(fakes, c)) + Named(fakes)], [.. g.parameters()]);

        engine.Discriminator(moment, x, z, c);
        AssertGradients(expectedD, d);
        engine.Generator(moment, x, z, c);
        AssertGradients(expectedG, g);
    }

    // The matcher learns on real pairs only, and G from its samples only. Fakes in D's term, or data in G's, change the gradient.
    [Fact]
    public void Steps_Matching_AddItOnRealPairsToDAndOnSamplesToG()
    {
        var weights = new Generator(11);
        var g = new ConcatenatedCondition(new MultilayerPerceptron(4, [8], [1])).UniformFanIn(weights);
        var d = new MatchingDiscriminator(new ConcatenatedCondition(new MultilayerPerceptron(3, [8], [1])).UniformFanIn(weights),
            new MultilayerPerceptron(1, [8], [4]).UniformFanIn(weights), new MultilayerPerceptron(2, [8], [4]).UniformFanIn(weights));
        var config = small with { Matching = new MatchingTerm(0.5) };
        using var players = new Players(config, g, d);
        using IGradientEngine engine = new AutogradEngine(config, players);
        var (z, moment) = (randn(6, 2, generator: new Generator(5)), new StepInfo(0, 0));
        var (x, c) = (randn(6, 1, generator: new Generator(6)), randn(6, 2, generator: new Generator(7))); // no condition twice

        Tensor SoftPlus(Tensor t) => nn.functional.softplus(t).mean();
        Tensor Found(Tensor t) => 0.25 * (nn.functional.cross_entropy(d.Scores(t, c), arange(6))
            + nn.functional.cross_entropy(d.Scores(t, c).t(), arange(6)));
        var fakes = g.call(z, c);
        var lossD = SoftPlus(-d.call(x, c)) + SoftPlus(d.call(fakes.detach(), c)) + Found(x);
        var expectedD = autograd.grad([lossD], [.. d.parameters()]);
        var expectedG = autograd.grad([SoftPlus(-d.call(fakes, c)) + Found(fakes)], [.. g.parameters()]);

        engine.Discriminator(moment, x, z, c);
        AssertGradients(expectedD, d);
        engine.Generator(moment, x, z, c);
        AssertGradients(expectedG, g);
        AssertGradients(expectedD, d); // G's step leaves D and its matcher alone

        engine.Both(moment, x, z, c);
        AssertGradients(expectedD, d);
        AssertGradients(expectedG, g);
    }

    // The classifier and the matcher got float32, whatever their layers have.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_DiscriminatorInBFloat16_ClassifiesAndMatches(bool matching)
    {
        var (g, judge) = Networks();
        ConditionalNetwork d = matching ? new MatchingDiscriminator(judge, nn.Linear(1, 3), nn.Linear(2, 3))
            : new AuxiliaryDiscriminator(new MultilayerPerceptron(1, [8], [6]), 6, 2);
        var config = matching ? small with { Matching = new MatchingTerm(1) } : small with { AuxiliaryWeight = 1 };
        using var trainer = new Trainer(config, g, d.InBFloat16(), new GaussianClasses(means, seed: 4));
        trainer.Run(until: 2);
        Assert.True(double.IsFinite(trainer.History[^1].DiscriminatorLoss));
    }

    // R1 and R2 with one weight take one pass over data and fakes together, and so must have the conditions twice.
    [Fact]
    public void DiscriminatorStep_PenaltyOnDataAndFakes_IsTakenAtTheirConditions()
    {
        var config = small with { Penalty = ZeroCenteredGradientPenalty.Both(2) };
        var (g, d) = Networks();
        using var players = new Players(config, g, d);
        using IGradientEngine engine = new AutogradEngine(config, players);
        using var data = new GaussianClasses(means, seed: 4);
        var (x, c) = data.NextPair(16);
        var z = randn(16, 2, generator: new Generator(5));
        var fakes = g.call(z, c).detach();

        Tensor Slope(Tensor samples) => InputGradient.Of(t => d.call(t, c), samples).square().sum(1).mean();
        var loss = nn.functional.softplus(-d.call(x, c)).mean() + nn.functional.softplus(d.call(fakes, c)).mean()
            + Slope(x) + Slope(fakes);
        var expected = autograd.grad([loss], [.. d.parameters()]);

        engine.Discriminator(new StepInfo(0, 0), x, z, c);
        AssertGradients(expected, d);
    }

    [Theory]
    [InlineData(PairDistance.L1, 1)]
    [InlineData(PairDistance.L2, 1)]
    [InlineData(PairDistance.L1, 0)]
    [InlineData(PairDistance.L2, 0.25)]
    public void GeneratorStep_Reconstruction_AddsTheDistanceToThePairedSample(PairDistance norm, double adversarial)
    {
        var config = small with { Reconstruction = new ReconstructionTerm(3, norm, adversarial) };
        var (g, d) = Networks();
        using var players = new Players(config, g, d);
        using IGradientEngine engine = new AutogradEngine(config, players);
        using var data = new GaussianClasses(means, seed: 4);
        var (x, c) = data.NextPair(16);
        var z = randn(16, 2, generator: new Generator(5));

        var fakes = g.call(z, c);
        var distance = norm is PairDistance.L1 ? (fakes - x).abs().mean() : (fakes - x).square().mean();
        var loss = adversarial * nn.functional.softplus(-d.call(fakes, c)).mean() + 3 * distance;
        var expected = autograd.grad([loss], [.. g.parameters()]);

        engine.Generator(new StepInfo(0, 0), x, z, c);
        AssertGradients(expected, g);
    }

    // The networks could go by x alone; only the condition says which mean is asked for.
    [Theory]
    [InlineData(1, UpdateOrder.Alternating)]
    [InlineData(2, UpdateOrder.Alternating)]
    [InlineData(3, UpdateOrder.Alternating)]
    [InlineData(1, UpdateOrder.Simultaneous)]
    [InlineData(2, UpdateOrder.Simultaneous)]
    public void Run_TwoGaussianClasses_EachClassGetsItsMean(int seed, UpdateOrder order)
    {
        double[] learned = LearnedMeans(seed, new GaussianClasses(means, std: 0.5, seed: seed), order: order);

        Assert.InRange(learned[0], -2.4, -1.6);
        Assert.InRange(learned[1], 1.6, 2.4);
    }

    // Control: with permuted conditions both classes learn the law of the mixture, whose mean is 0; with D blind to the condition, G gets
    // no word about it.
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public void Run_ConditionsThatSayNothing_ClassesDoNotGetTheirMeans(int seed, bool shuffled)
    {
        IConditionedBatches data = new GaussianClasses(means, std: 0.5, seed: seed);
        double[] learned = LearnedMeans(seed, shuffled ? new ShuffledPairs(data) : data, blind: !shuffled);

        Assert.True(Math.Abs(learned[0] - means[0]) > 0.8 || Math.Abs(learned[1] - means[1]) > 0.8,
            $"means {learned[0]:F2} and {learned[1]:F2}");
    }

    [Fact]
    public void Train_InterruptedConditionalRun_ResumesBitForBit()
    {
        float[] whole, resumed;
        using (var trainer = Trainer())
        {
            trainer.Run();
            whole = trainer.Weights();
        }
        using (var trainer = Trainer())
        {
            trainer.Run(until: 14);
            Checkpoint.Save(trainer, Path.Combine(folder, "at.ckpt"));
        }
        using (var trainer = Trainer())
        {
            Checkpoint.Load(trainer, Path.Combine(folder, "at.ckpt"));
            trainer.Run();
            resumed = trainer.Weights();
        }

        Assert.Equal(whole, resumed);
    }

    [Fact]
    public void Sample_GivenConditions_MakesOneSampleForEach()
    {
        using var trainer = Trainer();
        using var data = new GaussianClasses(means);
        var conditions = data.SampleConditions(6);

        var own = trainer.Sample(6);
        Assert.Equal([6L, 1], trainer.Sample(conditions).shape);
        Assert.Equal(own.data<float>().ToArray(), trainer.Sample(conditions).data<float>().ToArray());
        Assert.NotEqual(own.data<float>().ToArray(), trainer.Sample(conditions.flip(1)).data<float>().ToArray());
    }

    [Fact]
    public void Discriminate_Patches_EveryPatchHasALogit()
    {
        var d = new ConcatenatedCondition(new PatchDiscriminator(2, 28, 8));
        var g = new UNetGenerator(1, 1, 28, 4, 8);
        using var players = new Players(small with { NoiseDimension = 4 }, g, d);

        Assert.Equal([3L * 49, 1], players.Discriminate(zeros(3, 1, 28, 28), zeros(3, 1, 28, 28)).shape);
    }

    public static TheoryData<string> Refused => ["G alone", "D alone", "no conditions", "packing", "shared fakes", "reconstruction alone",
        "auxiliary alone", "matching alone", "no matcher", "matcher alone", "matching of one pair",
        "matching and consensus", "no classifier",
        "classifier alone", "shape of conditions", "negative weight", "no weight", "penalty of patches", "augmented pairs"];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Trainer_WhatDoesNotFitTogether_IsRefused(string what)
    {
        var (g, d) = Networks();
        nn.Module<Tensor, Tensor> generator = g, discriminator = d;
        IBatchSource data = new GaussianClasses(means);
        var config = small;
        string expected = "condition";
        switch (what)
        {
            case "G alone": discriminator = new MultilayerPerceptron(1, [4], [1]); break;
            case "D alone": generator = new MultilayerPerceptron(2, [4], [1]); break;
            case "no conditions": data = new GaussianData(); break;
            case "packing": config = config with { Packing = 2 }; break;
            case "shared fakes": config = config with { ShareFakes = true }; break;
            case "reconstruction alone":
                (generator, discriminator) = (new MultilayerPerceptron(2, [4], [1]), new MultilayerPerceptron(1, [4], [1]));
                (config, expected) = (config with { Reconstruction = new ReconstructionTerm(1) }, "Reconstruction");
                break;
            case "auxiliary alone":
                (generator, discriminator) = (new MultilayerPerceptron(2, [4], [1]), new MultilayerPerceptron(1, [4], [1]));
                (config, expected) = (config with { AuxiliaryWeight = 1 }, "AuxiliaryWeight");
                break;
            case "matching alone":
                (generator, discriminator) = (new MultilayerPerceptron(2, [4], [1]), new MultilayerPerceptron(1, [4], [1]));
                (config, expected) = (config with { Matching = new MatchingTerm(1) }, "Matching");
                break;
            case "no matcher": (config, expected) = (config with { Matching = new MatchingTerm(1) }, "scores pairs"); break;
            case "matcher alone":
                (discriminator, expected) = (new MatchingDiscriminator(d, nn.Linear(1, 3), nn.Linear(2, 3)), "Matching");
                break;
            case "matching and consensus":
                discriminator = new MatchingDiscriminator(d, nn.Linear(1, 3), nn.Linear(2, 3));
                (config, expected) = (config with { Matching = new MatchingTerm(1), ConsensusWeight = 1 }, "ConsensusWeight");
                break;
            case "matching of one pair":
                discriminator = new MatchingDiscriminator(d, nn.Linear(1, 3), nn.Linear(2, 3));
                (config, expected) = (config with { Matching = new MatchingTerm(1), BatchSize = 1 }, "one pair");
                break;
            case "no classifier": (config, expected) = (config with { AuxiliaryWeight = 1 }, "names classes"); break;
            case "classifier alone":
                (discriminator, expected) = (new AuxiliaryDiscriminator(new MultilayerPerceptron(1, [4], [3]), 3, 2), "AuxiliaryWeight");
                break;
            case "shape of conditions": data = new GaussianClasses([-1, 0, 1]); expected = "does not take"; break;
            case "negative weight": (config, expected) = (config with { AuxiliaryWeight = -1 }, "AuxiliaryWeight"); break;
            case "no weight": (config, expected) = (config with { Reconstruction = new ReconstructionTerm(0) }, "Weight"); break;
            case "penalty of patches":
                (generator, discriminator) = (new UNetGenerator(1, 1, 28, 2, 4), new ConcatenatedCondition(new PatchDiscriminator(2)));
                (config, expected) = (config with { Penalty = ZeroCenteredGradientPenalty.R1(1) }, "patch");
                data = new ImagePairs();
                break;
            case "augmented pairs":
                (generator, discriminator) = (new UNetGenerator(1, 1, 28, 2, 4), new ConcatenatedCondition(new PatchDiscriminator(2)));
                (config, expected) = (config with { Augmentation = new Augmentation() }, "Augmentation moves the image");
                data = new ImagePairs();
                break;
        }

        var refusal = Assert.Throws<ArgumentException>(() => new Trainer(config, generator, discriminator, data));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    // The control: a class moves with its image, and so do pairs without an augmentation.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trainer_AugmentationOfClassesOrPairsWithoutOne_IsAccepted(bool classes)
    {
        var config = small with { NoiseDimension = 2, Augmentation = classes ? new Augmentation() : null };
        var features = new DcganFeatures(width: 2);
        using IConditionedBatches data = classes ? new LabelledImages(Mnist.Test().Take(20)) : new ImagePairs();
        ConditionalNetwork g = classes ? new ConditionalDcganGenerator(10, noise: 2, width: 2) : new UNetGenerator(1, 1, 28, 2, 4);
        ConditionalNetwork d = classes
            ? new ProjectionDiscriminator(features, features.Count, 10)
            : new ConcatenatedCondition(new PatchDiscriminator(2));
        using var trainer = new Trainer(config, g, d, data);

        Assert.Equal(0, trainer.Step);
    }

    [Fact]
    public void Call_ConditionalNetworkWithoutItsCondition_Throws()
    {
        var (g, _) = Networks();

        Assert.Throws<InvalidOperationException>(() => g.call(zeros(2, 2)));
        Assert.Throws<ArgumentException>(() => g.call(zeros(2, 2), zeros(3, 2)));
    }

    private static (ConditionalNetwork G, ConditionalNetwork D) Networks(int width = 8, bool blind = false, int seed = 11)
    {
        var weights = new Generator((ulong)seed);
        return (new ConcatenatedCondition(new MultilayerPerceptron(4, [width], [1])).UniformFanIn(weights), blind
            ? new IgnoredCondition(new MultilayerPerceptron(1, [width], [1])).UniformFanIn(weights)
            : new ConcatenatedCondition(new MultilayerPerceptron(3, [width], [1])).UniformFanIn(weights));
    }

    private static Trainer Trainer()
    {
        var (g, d) = Networks();
        return new Trainer(small, g, d, new GaussianClasses(means, seed: 1));
    }

    private static double[] LearnedMeans(
        int seed, IConditionedBatches data, bool blind = false, UpdateOrder order = UpdateOrder.Alternating)
    {
        var (g, d) = Networks(width: 32, blind, seed);
        var config = new TrainingConfig
        {
            Steps = 600, BatchSize = 64, Seed = seed, Order = order, Penalty = ZeroCenteredGradientPenalty.R1(0.1),
            DiscriminatorOptimizer = new AdamConfig(5e-3), GeneratorOptimizer = new AdamConfig(5e-3), FinalLearningRate = 0.1,
        };
        using var trainer = new Trainer(config, g, d, data).Run();
        var samples = trainer.Sample(1000).view(-1, 2); // the classes in turn
        return [samples[.., 0].mean().item<float>(), samples[.., 1].mean().item<float>()];
    }

    private static void AssertGradients(IList<Tensor> expected, nn.Module network)
    {
        foreach (var (gradient, parameter) in expected.Zip(network.parameters()))
            Assert.True((gradient - parameter.grad!).abs().max().item<float>() < 1e-6);
    }

    private sealed class ImagePairs() : StreamedBatches(seed: 0), IConditionedBatches
    {
        public override string Name => "image pairs";

        public override IReadOnlyList<long> SampleShape => [1, 28, 28];

        public IReadOnlyList<long> ConditionShape => [1, 28, 28];

        public override Tensor Next(int batchSize) => zeros(batchSize, 1, 28, 28);

        public ConditionedBatch NextPair(int batchSize) => new(Next(batchSize), Next(batchSize));

        public Tensor SampleConditions(int count, long index = 0) => zeros(count, 1, 28, 28);
    }
}
