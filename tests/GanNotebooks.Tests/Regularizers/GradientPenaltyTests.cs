using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Regularizers;

public sealed class GradientPenaltyTests
{
    private static readonly Tensor W = tensor(new[] { 3.0, -4, 12 }).view(3, 1).DetachFromDisposeScope(); // |w| = 13

    public static TheoryData<IDiscriminatorPenalty> All =>
        [new GradientPenalty(2), ZeroCenteredGradientPenalty.R1(2), ZeroCenteredGradientPenalty.R2(2), ZeroCenteredGradientPenalty.Both(2),
            new ZeroCenteredGradientPenalty(1, 3), new DraganPenalty(2)];

    [Fact]
    public void GradientPenalty_LinearCritic_IsLambdaTimesNormMinusOneSquared() =>
        Assert.Equal(10 * 144, Value(new GradientPenalty(10), x => x.mm(W)), 9);

    // x̂ − x is ½ std(x) u in direction, and one factor of [0, 1] for each sample in length.
    [Fact]
    public void Dragan_PointsOfThePenalty_LieBetweenTheDataAndThePerturbedBatch()
    {
        using var scope = NewDisposeScope();
        var x = randn(6, 5, dtype: float64, generator: new Generator(1));
        Tensor? points = null;
        new DraganPenalty(1).Value(at =>
        {
            points = at.detach();
            return at.sum(1, keepdim: true);
        }, x, x, new Generator(2));
        var delta = 0.5 * x.std(unbiased: false) * empty_like(x).FillUniform(0, 1, new Generator(2));
        var factors = (points! - x) / delta; // [6, 5]
        Assert.Equal(0, (factors - factors.mean([1], keepdim: true)).abs().max().item<double>(), 1e-9);
        Assert.InRange(factors.min().item<double>(), 0, 1);
        Assert.InRange(factors.max().item<double>(), 0, 1);
        Assert.True(factors.std().item<double>() > 0.05);
    }

    [Fact]
    public void Dragan_LinearCritic_IsLambdaTimesNormMinusOneSquared() =>
        Assert.Equal(5 * 144, Value(new DraganPenalty(5), x => x.mm(W)), 9);

    [Fact]
    public void R1Penalty_LinearCritic_EqualsHalfGammaNormSquared()
    {
        Assert.Equal(0.7 / 2 * 169, Value(ZeroCenteredGradientPenalty.R1(0.7), x => x.mm(W)), 9);
        Assert.Equal(0.7 / 2 * 169, Value(ZeroCenteredGradientPenalty.R2(0.7), x => x.mm(W)), 9);
        Assert.Equal(0.7 * 169, Value(ZeroCenteredGradientPenalty.Both(0.7), x => x.mm(W)), 9);
        Assert.Equal((0.2 + 0.5) / 2 * 169, Value(new ZeroCenteredGradientPenalty(0.2, 0.5), x => x.mm(W)), 9);
    }

    // l = ½|x|² has gradient x: R1 is γ/2 mean|x|² over data, R2 over fakes.
    [Fact]
    public void ZeroCentered_QuadraticCritic_LooksWhereItSays()
    {
        var (real, fake) = (ones(4, 3, float64), 2 * ones(4, 3, float64));
        static Tensor Critic(Tensor x) => 0.5 * x.square().sum(1, keepdim: true);
        using var random = new Generator(1);
        Assert.Equal(3, ZeroCenteredGradientPenalty.R1(2).Value(Critic, real, fake, random).item<double>(), 12);
        Assert.Equal(12, ZeroCenteredGradientPenalty.R2(2).Value(Critic, real, fake, random).item<double>(), 12);
        Assert.Equal(15, ZeroCenteredGradientPenalty.Both(2).Value(Critic, real, fake, random).item<double>(), 12);
    }

    // Between x = 0 and G(z) = 1 in every coordinate, x̂ is 1 − ε in all of them: one ε per sample, uniform, another for each sample.
    [Fact]
    public void GradientPenalty_Interpolation_DrawsOneUniformEpsilonPerSample()
    {
        Tensor? seen = null;
        using var random = new Generator(1);
        new GradientPenalty().Value(x => (seen = x).flatten(1).sum(1, keepdim: true), zeros(2000, 3, 2), ones(2000, 3, 2), random);
        var epsilons = seen!.detach().flatten(1); // [2000, 6]
        Assert.Equal(0, (epsilons - epsilons.narrow(1, 0, 1)).abs().max().item<float>());
        Assert.Equal(0.5, epsilons.mean().item<float>(), 0.026); // s.e. 0.2887/√2000 = 0.0065; four of them
        Assert.Equal(1.0 / 12, epsilons.narrow(1, 0, 1).var().item<float>(), 0.007); // s.e. √(1/180)/√2000 = 0.0017
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Penalties_GradientByFiniteDifference_Agree(IDiscriminatorPenalty penalty)
    {
        const double h = 1e-6; // the penalties are smooth in w here: error about 1e-12 of the difference, 1e-9 of rounding
        double At(double w) => Value(penalty, Critic(tensor(w)));
        var weight = tensor(0.8).requires_grad_(true);
        Penalty(penalty, Critic(weight)).backward();
        Assert.Equal((At(0.8 + h) - At(0.8 - h)) / (2 * h), weight.grad!.item<double>(), 1e-6);
    }

    // A critic that is flat has slope 0, where the norm has a kink: no NaN may come of it (PyTorch-GAN#5, keras-io#143).
    [Theory]
    [MemberData(nameof(All))]
    public void Penalties_FlatCritic_HaveFiniteGradients(IDiscriminatorPenalty penalty)
    {
        var weight = zeros(3, 1, float64).requires_grad_(true);
        Penalty(penalty, x => x.mm(weight)).backward();
        Assert.True(weight.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Penalties_RealDiscriminator_ReachItsParameters(IDiscriminatorPenalty penalty)
    {
        var critic = new MultilayerPerceptron(3, [8], [1]).to(float64);
        Penalty(penalty, critic.call).backward();
        Assert.True(critic.parameters().First().grad!.abs().sum().item<double>() > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Penalties_OtherShapes_AreRefusedWithBoth(IDiscriminatorPenalty penalty)
    {
        using var random = new Generator(1);
        var error = Assert.Throws<ArgumentException>(() => penalty.Value(x => x, zeros(4, 3), zeros(4, 2), random));
        Assert.Contains("[4, 3] and [4, 2]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => penalty.Value(x => x, zeros(4, 3), zeros(4, 3), random)); // not a column of logits
    }

    private static Func<Tensor, Tensor> Critic(Tensor w) => x => (w * x).square().sum(1, keepdim: true) + (w * x).narrow(1, 0, 1).sin();

    private static double Value(IDiscriminatorPenalty penalty, Func<Tensor, Tensor> critic) => Penalty(penalty, critic).item<double>();

    private static Tensor Penalty(IDiscriminatorPenalty penalty, Func<Tensor, Tensor> critic)
    {
        using var random = new Generator(7);
        var real = arange(12, float64).view(4, 3) / 10;
        return penalty.Value(critic, real, real.flip(0) * 0.5, random);
    }
}
