namespace GanNotebooks.LatentModels;

/// <summary>The distribution p(x|z) of a <see cref="VariationalAutoencoder"/>'s decoder.</summary>
public abstract record DecoderLikelihood;

/// <summary>
/// Independent Bernoulli pixels: the decoder gives their logits, and log p(x|z) = Σ x log π + (1 − x) log(1 − π). On binary pixels it is a
/// log-probability. On grey pixels in [0, 1] it is the usual surrogate (Kingma and Welling 2014, and most programs since), which is no
/// log-likelihood: the distribution over grey levels is not normalised. Numbers for grey and for binary pixels cannot be compared.
/// </summary>
public sealed record BernoulliLikelihood : DecoderLikelihood;

/// <summary>Gaussian coordinates with one variance: x = μ(z) + σ ε. log p(x|z) is a log density.</summary>
/// <param name="Variance">σ²; its initial value if it is learned.</param>
/// <param name="IsLearned">Whether σ² is a parameter. With a fixed σ² a direction whose variance is below it collapses, even at the
/// maximum of the likelihood (Lucas et al. 2019).</param>
public sealed record GaussianLikelihood(double Variance = 1, bool IsLearned = false) : DecoderLikelihood;
