using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The gradients that a discriminator gives to a generator: the norms of the gradients of its two losses with respect to the generator's
/// parameters θ, on one batch of N noise vectors, and the bound of theorem 2.4 of Arjovsky and Bottou (2017) in the form that can be
/// evaluated.
/// </summary>
/// <param name="Saturating">‖∇_θ mean log(1 − D(g_θ(z)))‖.</param>
/// <param name="NonSaturating">‖∇_θ mean −log D(g_θ(z))‖.</param>
/// <param name="Epsilon">ε = max over the batch of D(x) + ‖∇ₓD(x)‖ at x = g_θ(z): how far D is from a perfect one on fakes.</param>
/// <param name="Bound">ε/(1−ε) · √(mean ‖∂g_θ(z)/∂θ‖²_F), which <see cref="Saturating"/> never exceeds; +∞ for ε ≥ 1.</param>
public sealed record GeneratorGradient(double Saturating, double NonSaturating, double Epsilon, double Bound)
{
    private const int ProbeSeed = 2017, Probes = 8;

    /// <summary>
    /// Measures on one batch, both networks in evaluation mode: the theorem is about functions of a single sample. Neither network is
    /// changed. The mean of ‖∂g/∂θ‖² is exact for a plain perceptron; for other generators it is estimated
    /// (<see cref="ParameterJacobian.EstimateMeanSquaredNorm"/>), and four standard errors are added, so that the bound stays one.
    /// </summary>
    /// <param name="generator">g_θ.</param>
    /// <param name="discriminator">The discriminator; it returns logits [N, 1].</param>
    /// <param name="z">Noise, [N, z].</param>
    /// <exception cref="ArgumentException">A number of the noise, of a sample or of a logit is not finite.</exception>
    public static GeneratorGradient Measure(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, Tensor z)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(z);
        NonFiniteSamples.ThrowIfAny(z, nameof(z));
        using var scope = NewDisposeScope();
        using var generatorMode = new EvaluationMode(generator);
        using var discriminatorMode = new EvaluationMode(discriminator);
        var parameters = generator.parameters().Cast<Tensor>().ToList();
        var samples = generator.call(z);
        NonFiniteSamples.ThrowIfAny(samples, nameof(generator));
        var logits = discriminator.call(samples);
        NonFiniteSamples.ThrowIfAny(logits, nameof(discriminator));
        double saturating = Norm(Gradient.Of(-nn.functional.softplus(logits).mean(), parameters, retainGraph: true));
        double nonSaturating = Norm(Gradient.Of(nn.functional.softplus(-logits).mean(), parameters));
        double epsilon = DistanceFromPerfect(discriminator, generator.call(z).detach());
        return new GeneratorGradient(saturating, nonSaturating, epsilon,
            epsilon < 1 ? epsilon / (1 - epsilon) * Math.Sqrt(MeanSquaredJacobian(generator, z)) : double.PositiveInfinity);
    }

    private static double MeanSquaredJacobian(nn.Module<Tensor, Tensor> generator, Tensor z)
    {
        if (generator is MultilayerPerceptron { IsPlain: true } perceptron)
            return ParameterJacobian.SquaredNorm(perceptron, z).mean().item<float>();
        using var random = new Generator(ProbeSeed);
        var (mean, error) = ParameterJacobian.EstimateMeanSquaredNorm(generator, z, random, Probes);
        return mean + 4 * error;
    }

    // ∇ₓσ(l) = σ(l) σ(−l) ∇ₓl.
    private static double DistanceFromPerfect(nn.Module<Tensor, Tensor> discriminator, Tensor samples)
    {
        var x = samples.requires_grad_(true);
        var logits = discriminator.call(x);
        var slope = Gradient.Of(logits.sum(), [x])[0].flatten(1).norm(1); // [N]
        var l = logits.detach().squeeze(1).to(float64);
        return (sigmoid(l) + sigmoid(l) * sigmoid(-l) * slope.to(float64)).max().item<double>();
    }

    private static double Norm(IEnumerable<Tensor> gradients) => Math.Sqrt(gradients.Sum(g => g.to(float64).pow(2).sum().item<double>()));
}
