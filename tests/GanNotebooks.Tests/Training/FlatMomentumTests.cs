using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

public sealed class FlatMomentumTests
{
    // torch keeps v without the step size: with a constant one both are the same updates. 200 of them round to some 1e-7 each.
    [Fact]
    public void Step_200TimesAtAConstantRate_EqualsTorchsDescentWithinRounding()
    {
        var (ours, theirs) = (Network(), Network());
        using var flat = new FlatParameters(ours);
        using var descent = new MomentumConfig(0.05, 0.7).Create(flat);
        using var torchs = optim.SGD(theirs.parameters(), 0.05, momentum: 0.7);
        using var random = new Generator(5);
        for (int i = 0; i < 200; i++)
        {
            foreach (var (own, other) in ours.parameters().Zip(theirs.parameters()))
            {
                var gradient = randn(own.shape, generator: random);
                own.grad!.copy_(gradient);
                other.grad = gradient;
            }
            torchs.step();
            descent.Step(0.05);
        }
        foreach (var (own, other) in ours.parameters().Zip(theirs.parameters()))
            Assert.Equal(0, (own - other).abs().max().item<float>(), 2e-5);
    }

    // θ₁ = −α₀ g and v₂ = μ₁ v₁ − α₁ g, with both schedules at their second value.
    [Fact]
    public void Step_Twice_UsesTheSchedulesAtTheNumberOfEarlierUpdates()
    {
        var network = Network();
        using var flat = new FlatParameters(network);
        using var descent = new MomentumConfig(0.1, 0.5) { FinalMomentum = 0.7, RampSteps = 2, Decay = 1.25 }.Create(flat);
        var before = flat.Values.clone();
        flat.Gradients.fill_(1);
        descent.Step(0.1);
        descent.Step(0.1);
        double expected = -0.1 + (0.6 * -0.1 - 0.1 / 1.25);
        Assert.True((flat.Values - before).allclose(full_like(before, expected), 1e-5, 1e-6));
    }

    // mnist.yaml: 0.5 → 0.7 within 250 epochs of 500 updates; the rate divided by 1.000004 per update, at least 1e-6.
    [Theory]
    [InlineData(0, 0.5, 0.1)]
    [InlineData(62_500, 0.6, 0.0778801)]
    [InlineData(125_000, 0.7, 0.0606532)]
    [InlineData(10_000_000, 0.7, 1e-6)]
    public void Schedules_OfTheProgramOf2014_AreTheirClosedForms(long updates, double momentum, double rate)
    {
        var config = new MomentumConfig(0.1, 0.5) { FinalMomentum = 0.7, RampSteps = 125_000, Decay = 1.000004, Floor = 1e-6 };
        config.Validate();
        Assert.Equal(momentum, config.MomentumAt(updates), 1e-12);
        Assert.Equal(rate, config.RateAt(0.1, updates), 1e-6);
    }

    [Fact]
    public void Validate_ValuesOutOfRange_AreNamed()
    {
        Assert.Contains("1.5", Refused(new(0.1, 1.5)), StringComparison.Ordinal);
        Assert.Contains("Decay", Refused(new(0.1) { Decay = 0.9 }), StringComparison.Ordinal);
        Assert.Contains("Floor", Refused(new(0.1) { Floor = 1 }), StringComparison.Ordinal);
        Assert.Contains("RampSteps", Refused(new(0.1) { RampSteps = 0 }), StringComparison.Ordinal);
        Assert.Contains("learning rate", Refused(new(0)), StringComparison.Ordinal);
        static string Refused(MomentumConfig config) => Assert.Throws<ArgumentException>(config.Validate).Message;
    }

    [Theory]
    [InlineData(UpdateOrder.Alternating)]
    [InlineData(UpdateOrder.Simultaneous)]
    public void Trainer_WithMomentumLoadedAtHalf_ContinuesBitForBit(UpdateOrder order)
    {
        string file = Path.GetTempFileName();
        var config = Config with { Order = order };
        using var whole = TinyRun.Create(config).Run();
        using (var half = TinyRun.Create(config).Run(until: 3))
            half.Save(file);
        using var resumed = TinyRun.Create(config);
        resumed.Load(file);
        resumed.Run();
        File.Delete(file);
        Assert.Equal(TinyRun.Weights(whole.Generator), TinyRun.Weights(resumed.Generator));
        Assert.Equal(TinyRun.Weights(whole.Discriminator), TinyRun.Weights(resumed.Discriminator));
    }

    [Fact]
    public void Checkpoint_OfAnotherOptimiser_IsRefusedByName()
    {
        string file = Path.GetTempFileName();
        using (var run = TinyRun.Create(Config).Run())
            run.Save(file);
        using var other = TinyRun.Create(Config with { GeneratorOptimizer = new AdamConfig(0.1) });
        string message = Assert.Throws<CheckpointException>(() => other.Load(file)).Message;
        File.Delete(file);
        Assert.Contains("GeneratorOptimizer", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unrolling_WithoutAdam_IsRefused() => Assert.Contains("Adam",
        Assert.Throws<ArgumentException>((Config with { UnrolledSteps = 2 }).Validate).Message, StringComparison.Ordinal);

    private static TrainingConfig Config => new()
    {
        Steps = 6, BatchSize = 16, DiscriminatorOptimizer = new MomentumConfig(0.05, 0.5) { FinalMomentum = 0.7, RampSteps = 4 },
        GeneratorOptimizer = new MomentumConfig(0.1, 0.5) { Decay = 1.01 },
    };

    private static MultilayerPerceptron Network() => new MultilayerPerceptron(3, [7, 5], [2]).UniformFanIn(new Generator(2));
}
