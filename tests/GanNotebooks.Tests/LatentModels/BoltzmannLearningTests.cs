using GanNotebooks.LatentModels;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

/// <summary>The updates of contrastive divergence and of the centred rule.</summary>
public sealed class BoltzmannLearningTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Backward_ManyDraws_MeanIsTheExpectedField(int sweeps)
    {
        const int draws = 40_000;
        const double margin = 4.5; // standard errors, for eleven components
        using var rbm = EnumeratedRbmTests.Tiny();
        using var states = new EnumeratedRbm(rbm);
        using var learning = new BoltzmannLearning(rbm) { Sweeps = sweeps };
        using var random = new Generator(7);
        var batch = tensor(new double[,] { { 1, 1, 1 }, { 0, 0, 0 } });
        var field = states.DivergenceField(states.Law(batch), sweeps);
        var gradients = zeros(draws / 100, field.shape[0], dtype: float64);
        Zero(rbm);
        for (int i = 0; i < draws / 100; i++)
        {
            using var inner = NewDisposeScope();
            learning.Backward(batch.repeat(100, 1), random);
            gradients[i] = cat([.. rbm.parameters().Select(p => p.grad!.flatten())]);
        }

        var (mean, error) = (gradients.mean([0]), gradients.std(0) / Math.Sqrt(draws / 100.0));
        Assert.True((mean + field).abs().div(error).max().item<double>() < margin, $"{mean + field} at {error}");
        Assert.True(field.abs().max().item<double>() > 20 * error.max().item<double>(), "the check has no power against a flipped sign");
    }

    [Fact]
    public void Ascent_Centred_DoesNotDependOnWhatIsCalledOne()
    {
        var (upright, inverted) = Flipped(centred: true);
        Assert.True(Largest(upright, inverted) < 1e-13);
    }

    [Fact]
    public void Ascent_Plain_DependsOnWhatIsCalledOne()
    {
        var (upright, inverted) = Flipped(centred: false);
        Assert.True(Largest(upright, inverted) > 0.01);
    }

    // With h' = 1 − h the machine is the same with W' = −W, c' = −c and b' = b + W 1.
    [Fact]
    public void Ascent_Centred_DoesNotDependOnWhatIsCalledOneAmongHiddenUnits()
    {
        using var random = new Generator(13);
        Tensor Draw(params long[] shape) => rand(shape, float64, generator: random);
        var (data, samples) = ((V: Draw(6, 4).round(), H: Draw(6, 3)), (V: Draw(5, 4).round(), H: Draw(5, 3)));
        var (mu, lambda) = (Draw(4), Draw(3));
        var upright = BoltzmannLearning.Ascent(data, samples, mu, lambda);
        var inverted = BoltzmannLearning.Ascent((data.V, 1 - data.H), (samples.V, 1 - samples.H), mu, 1 - lambda);
        var mapped = Join(-upright.Weights, upright.VisibleBias + upright.Weights.sum(1), -upright.HiddenBias);
        Assert.True(Largest(mapped, Join(inverted.Weights, inverted.VisibleBias, inverted.HiddenBias)) < 1e-13);
    }

    [Fact]
    public void Backward_Persistent_ContinuesItsChains()
    {
        using var rbm = EnumeratedRbmTests.Tiny();
        using var learning = new BoltzmannLearning(rbm) { Chains = 5 };
        using var random = new Generator(3);
        Zero(rbm);
        learning.Start(random, full(3, 0.5, dtype: float64));
        var before = learning.State.First().Tensor.clone();
        var expected = rbm.Gibbs(before, 1, new Generator(4)).States;
        learning.Backward(ones(2, 3, dtype: float64), new Generator(4));
        Assert.True(learning.State.First().Tensor.Equals(expected));
        Assert.Equal(5, learning.Chains);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Start_Centred_ImagesAndTheirInverseStartAlike(bool centred)
    {
        using var random = new Generator(5);
        var mean = tensor([0.1, 0.9, 0.4, 0.2]);
        using var upright = new BernoulliRbm(4, 3, ScalarType.Float64).Start(random, mean, centred);
        using var inverted = new BernoulliRbm(4, 3, ScalarType.Float64);
        var noGradient = no_grad();
        inverted.Weights.copy_(-upright.Weights); // the same law of weights
        inverted.VisibleBias.copy_((1 - mean).logit());
        if (centred)
        {
            inverted.VisibleBias.sub_(inverted.Weights.sum(1) / 2);
            inverted.HiddenBias.copy_(-(1 - mean).matmul(inverted.Weights));
        }
        noGradient.Dispose();
        var states = RbmPartition.States(4);
        var p = RbmPartition.Of(upright).LogProbability(upright, states);
        var q = RbmPartition.Of(inverted).LogProbability(inverted, 1 - states);
        Assert.Equal(centred, (p - q).abs().max().item<double>() < 1e-12);
    }

    // The same states, once as they are and once with every visible unit inverted, in two machines with the same law.
    private static (Tensor Upright, Tensor Inverted) Flipped(bool centred)
    {
        using var random = new Generator(11);
        var w = randn(4, 3, float64, generator: random);
        var (b, c) = (randn(4, float64, generator: random), randn(3, float64, generator: random));
        var (data, samples) = (rand(6, 4, float64, generator: random).round(), rand(5, 4, float64, generator: random).round());
        double scale = centred ? 1 : 0;
        var (mu, lambda) = (scale * rand(4, float64, generator: random), scale * rand(3, float64, generator: random));
        var upright = BoltzmannLearning.Ascent((data, Hidden(data, w, c)), (samples, Hidden(samples, w, c)), mu, lambda);
        var otherBias = c + w.sum(dim: 0);
        var inverted = BoltzmannLearning.Ascent(
            (1 - data, Hidden(1 - data, -w, otherBias)), (1 - samples, Hidden(1 - samples, -w, otherBias)), scale * (1 - mu), lambda);
        // In the inverted machine W' = −W, b' = −b and c' = c + Wᵀ1, so updates must map in the same way.
        return (Join(-upright.Weights, -upright.VisibleBias, upright.HiddenBias + upright.Weights.sum(dim: 0)),
            Join(inverted.Weights, inverted.VisibleBias, inverted.HiddenBias));
    }

    private static Tensor Hidden(Tensor v, Tensor w, Tensor c) => (v.matmul(w) + c).sigmoid();

    private static Tensor Join(Tensor w, Tensor b, Tensor c) => cat([w.flatten(), b, c]);

    private static double Largest(Tensor a, Tensor b) => (a - b).abs().max().item<double>();

    private static void Zero(BernoulliRbm rbm)
    {
        foreach (var parameter in rbm.parameters())
            parameter.grad = zeros_like(parameter, requires_grad: false);
    }
}
