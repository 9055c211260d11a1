using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// Probabilistic PCA (Tipping and Bishop 1999): z ~ N(0, I), x = W z + m + σ ε, so that x ~ N(m, W Wᵀ + σ² I). It is a generator whose
/// density is known exactly. A linear variational autoencoder with a Gaussian decoder is the same model. All numbers are float64.
/// </summary>
public sealed class ProbabilisticPca : IDisposable
{
    private readonly Tensor inverse; // M⁻¹, [q, q], M = WᵀW + σ²I
    private readonly double logNormaliser;

    /// <summary>Creates a model. <see cref="PrincipalComponents.Fit"/> returns the one of highest likelihood.</summary>
    /// <param name="mean">m, [D]. It is copied.</param>
    /// <param name="weights">W, [D, q]; q may be 0. They are copied.</param>
    /// <param name="noiseVariance">σ².</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or σ² is not positive.</exception>
    public ProbabilisticPca(Tensor mean, Tensor weights, double noiseVariance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(weights);
        if (mean.dim() != 1 || weights.dim() != 2 || weights.size(0) != mean.size(0))
        {
            throw new ArgumentException($"expected a mean [D] and weights [D, q], got {Shape.Text(mean.shape)} and "
                + Shape.Text(weights.shape));
        }
        if (!(noiseVariance > 0) || !double.IsFinite(noiseVariance))
            throw new ArgumentException($"the noise variance must be positive, got {noiseVariance}", nameof(noiseVariance));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        NoiseVariance = noiseVariance;
        Mean = mean.detach().cpu().to(float64, copy: true).DetachFromDisposeScope();
        Weights = weights.detach().cpu().to(float64, copy: true).DetachFromDisposeScope();
        (Dimension, Latent) = ((int)weights.size(0), (int)weights.size(1));
        var inner = Weights.t().matmul(Weights) + noiseVariance * eye(Latent, dtype: float64);
        var root = Latent == 0 ? inner : linalg.cholesky(inner);
        inverse = (Latent == 0 ? inner.clone() : root.cholesky_inverse()).DetachFromDisposeScope();
        double logDeterminant = (Dimension - Latent) * Math.Log(noiseVariance)
            + (Latent == 0 ? 0 : 2 * root.diagonal().log().sum().item<double>());
        logNormaliser = -0.5 * (Dimension * Math.Log(2 * Math.PI) + logDeterminant);
    }

    /// <summary>m, [D].</summary>
    public Tensor Mean { get; }

    /// <summary>W, [D, q].</summary>
    public Tensor Weights { get; }

    /// <summary>σ².</summary>
    public double NoiseVariance { get; }

    /// <summary>Number of coordinates of a sample, D.</summary>
    public int Dimension { get; }

    /// <summary>Number of latent dimensions, q, including those whose column of W is zero.</summary>
    public int Latent { get; }

    /// <summary>
    /// Computes the exact log density of samples. The covariance matrix [D, D] is never formed: with M = WᵀW + σ²I, [q, q], the quadratic
    /// form is (‖x − m‖² − (x − m)ᵀ W M⁻¹ Wᵀ (x − m))/σ² (Woodbury), and the determinant is σ^(2(D − q)) det M.
    /// </summary>
    /// <param name="samples">[N, D].</param>
    /// <returns>log p(x) in nats, N numbers. They depend on the unit of x: pixels in [0, 1] or in [-1, 1].</returns>
    public double[] LogDensities(Tensor samples)
    {
        RequireSamples(samples);
        using var noGradient = no_grad();
        var result = new List<double>((int)samples.size(0));
        foreach (var block in PrincipalComponents.Blocks(samples))
        {
            using var scope = NewDisposeScope();
            var centred = block - Mean; // [B, D]
            var squares = centred.square().sum(1);
            var projected = centred.matmul(Weights); // [B, q]
            squares -= (projected.matmul(inverse) * projected).sum(1);
            result.AddRange((logNormaliser - squares / (2 * NoiseVariance)).data<double>().ToArray());
        }
        return [.. result];
    }

    /// <summary>Computes the posterior of the latent variables, N(M⁻¹ Wᵀ (x − m), σ² M⁻¹).</summary>
    /// <param name="samples">[N, D].</param>
    /// <returns>Means [N, q], and the covariance [q, q] that all samples share. The caller disposes both.</returns>
    public (Tensor Mean, Tensor Covariance) Posterior(Tensor samples)
    {
        RequireSamples(samples);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var mean = (samples.detach().cpu().to(float64) - Mean).matmul(Weights).matmul(inverse);
        return (mean.MoveToOuterDisposeScope(), (NoiseVariance * inverse).MoveToOuterDisposeScope());
    }

    /// <summary>Draws samples.</summary>
    /// <param name="count">Number of samples, N.</param>
    /// <param name="random">Source of randomness.</param>
    /// <param name="noise">Whether to add the noise σ ε; without it the samples are the means W z + m, which look better and are no
    /// samples of the model.</param>
    /// <returns>[N, D], float32. The caller disposes them.</returns>
    public Tensor Sample(int count, Generator random, bool noise = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var z = empty([count, Latent], float64).FillNormal(0, 1, random);
        var samples = z.matmul(Weights.t()) + Mean;
        if (noise)
            samples.add_(empty(samples.shape, float64).FillNormal(0, Math.Sqrt(NoiseVariance), random));
        return samples.to(float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Weights.Dispose();
        inverse.Dispose();
    }

    private void RequireSamples(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() != 2 || samples.size(1) != Dimension)
            throw new ArgumentException($"expected samples [N, {Dimension}], got {Shape.Text(samples.shape)}", nameof(samples));
    }
}
