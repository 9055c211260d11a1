using GanNotebooks.Metrics;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// The principal components of a data set: eigenvalues and eigenvectors of its covariance matrix, in float64. The covariance divides by the
/// number of samples, as maximum likelihood does.
/// </summary>
public sealed class PrincipalComponents : IDisposable
{
    private const int BlockRows = 2000;

    private PrincipalComponents(Tensor mean, Tensor directions, IReadOnlyList<double> eigenvalues, long count) =>
        (Mean, Directions, Eigenvalues, Count) = (mean, directions, eigenvalues, count);

    /// <summary>The mean of the data, [D], float64.</summary>
    public Tensor Mean { get; }

    /// <summary>The directions as columns, [D, D], orthonormal, in the order of the eigenvalues, float64.</summary>
    public Tensor Directions { get; }

    /// <summary>Variances of the data along the directions, from the largest to the smallest; none is negative.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>Number of samples, N.</summary>
    public long Count { get; }

    /// <summary>Number of coordinates, D.</summary>
    public int Dimension => Eigenvalues.Count;

    /// <summary>Computes the components of a data set.</summary>
    /// <param name="data">[N, D] with N at least 2, float32 or float64. It is read in blocks.</param>
    /// <exception cref="ArgumentException">The data have another shape, or a number is not finite.</exception>
    public static PrincipalComponents Of(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.dim() != 2 || data.size(0) < 2 || data.size(1) < 1)
            throw new ArgumentException($"expected samples [N ≥ 2, D ≥ 1], got {Shape.Text(data.shape)}", nameof(data));
        NonFiniteSamples.ThrowIfAny(data, nameof(data));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (count, dimension) = (data.size(0), data.size(1));
        var mean = zeros(dimension, float64);
        foreach (var block in Blocks(data))
            mean.add_(block.sum(dim: 0) / count);
        var covariance = zeros(dimension, dimension, float64);
        foreach (var block in Blocks(data))
        {
            using var inner = NewDisposeScope();
            var centred = block - mean;
            covariance.add_(centred.t().matmul(centred) / count);
        }

        var (values, vectors) = linalg.eigh(covariance); // ascending
        double[] eigenvalues = [.. values.data<double>().ToArray().Reverse().Select(v => Math.Max(0, v))];
        return new PrincipalComponents(mean.DetachFromDisposeScope(), vectors.flip(1).contiguous().DetachFromDisposeScope(), eigenvalues,
            count);
    }

    /// <summary>Returns the coordinates of samples along the first directions.</summary>
    /// <param name="samples">[N, D].</param>
    /// <param name="components">Number of directions, q.</param>
    /// <returns>[N, q], float64. The caller disposes them.</returns>
    public Tensor Project(Tensor samples, int components)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        return (samples.detach().to(float64) - Mean).matmul(First(components)).MoveToOuterDisposeScope();
    }

    /// <summary>Projects samples onto the plane of the first directions.</summary>
    /// <param name="samples">[N, D].</param>
    /// <param name="components">Number of directions, q.</param>
    /// <returns>[N, D], float64. The caller disposes them.</returns>
    public Tensor Reconstruct(Tensor samples, int components)
    {
        using var scope = NewDisposeScope();
        return (Project(samples, components).matmul(First(components).t()) + Mean).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Computes the mean squared error per coordinate of the projection. No linear autoencoder with q units in its code has a smaller one
    /// on the data of the components (Baldi and Hornik 1989).
    /// </summary>
    /// <param name="samples">[N, D], the data of the components or others.</param>
    /// <param name="components">Number of directions, q.</param>
    public double ReconstructionError(Tensor samples, int components)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        double sum = 0;
        foreach (var block in Blocks(samples))
        {
            using var inner = NewDisposeScope();
            // Pythagoras: the length of a centred sample minus that of its projection.
            sum += (block - Mean).square().sum().item<double>() - Project(block, components).square().sum().item<double>();
        }
        return sum / samples.numel();
    }

    /// <summary>Returns the noise variance of the probabilistic PCA of highest likelihood: the mean of the discarded eigenvalues.</summary>
    /// <param name="components">Number of latent dimensions, q, less than D.</param>
    public double NoiseVariance(int components)
    {
        RequireComponents(components, Dimension - 1);
        return Eigenvalues.Skip(components).Average();
    }

    /// <summary>
    /// Returns the probabilistic PCA of highest likelihood, W = U (L − σ²I)^(1/2) (Tipping and Bishop 1999, equation 7). A direction is
    /// kept if its eigenvalue exceeds σ²; the columns of W for all others are zero.
    /// </summary>
    /// <param name="components">Number of latent dimensions, q, less than D.</param>
    /// <param name="noiseVariance">σ², fixed; by default that of highest likelihood.</param>
    /// <returns>The model. The caller disposes it.</returns>
    public ProbabilisticPca Fit(int components, double? noiseVariance = null)
    {
        using var scope = NewDisposeScope();
        double noise = noiseVariance ?? NoiseVariance(components);
        RequireComponents(components, Dimension - 1);
        var scales = tensor(Eigenvalues.Take(components).Select(l => Math.Sqrt(Math.Max(0, l - noise))).ToArray(), float64);
        return new ProbabilisticPca(Mean, First(components) * scales, noise);
    }

    /// <summary>Returns the number of directions that <see cref="Fit"/> keeps with a fixed noise variance.</summary>
    /// <param name="components">Number of latent dimensions, q.</param>
    /// <param name="noiseVariance">σ².</param>
    public int Kept(int components, double noiseVariance) => Eigenvalues.Take(components).Count(l => l > noiseVariance);

    /// <summary>
    /// Returns the mean log-likelihood that <see cref="Fit"/> has on the data of the components, from the eigenvalues alone: −½ [D log 2π +
    /// Σ log lᵢ + (D − k) log σ² + k + Σ lⱼ/σ²], with i over the k kept directions and j over all others. In nats for each sample.
    /// </summary>
    /// <param name="components">Number of latent dimensions, q, less than D.</param>
    /// <param name="noiseVariance">σ², fixed; by default that of highest likelihood.</param>
    public double LogLikelihood(int components, double? noiseVariance = null)
    {
        double noise = noiseVariance ?? NoiseVariance(components);
        int kept = Kept(components, noise);
        return -0.5 * (Dimension * Math.Log(2 * Math.PI) + Eigenvalues.Take(kept).Sum(Math.Log) + (Dimension - kept) * Math.Log(noise)
            + kept + Eigenvalues.Skip(kept).Sum() / noise);
    }

    /// <summary>
    /// Computes the principal angles between two subspaces: 0 for directions that both have, π/2 for a direction of the one that is
    /// orthogonal to the other. Small angles come from sines, so that they are exact to rounding.
    /// </summary>
    /// <param name="first">[D, q] with columns that span the first subspace.</param>
    /// <param name="second">[D, r] with columns that span the second one.</param>
    /// <returns>min(q, r) angles in radians, from the smallest to the largest.</returns>
    public static IReadOnlyList<double> PrincipalAngles(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (a, _) = linalg.qr(first.detach().to(float64));
        var (b, _) = linalg.qr(second.detach().to(float64));
        if (a.size(1) < b.size(1))
            (a, b) = (b, a);
        double[] cosines = linalg.svdvals(a.t().matmul(b)).data<double>().ToArray(); // falling
        double[] sines = [.. linalg.svdvals(b - a.matmul(a.t().matmul(b))).data<double>().ToArray().Reverse()]; // rising
        return [.. cosines.Zip(sines, (cos, sin) => Math.Atan2(sin, Math.Max(0, cos)))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Directions.Dispose();
    }

    /// <summary>The data in float64, block by block. A block is disposed before the next one is made.</summary>
    internal static IEnumerable<Tensor> Blocks(Tensor data)
    {
        for (long start = 0; start < data.size(0); start += BlockRows)
        {
            using var rows = data.narrow(0, start, Math.Min(BlockRows, data.size(0) - start));
            using var block = rows.detach().cpu().to(float64, copy: true);
            yield return block;
        }
    }

    private Tensor First(int components)
    {
        RequireComponents(components, Dimension);
        return Directions.narrow(1, 0, components);
    }

    private static void RequireComponents(int components, int most)
    {
        if (components < 0 || components > most)
            throw new ArgumentOutOfRangeException(nameof(components), components, $"expected a number from 0 to {most}");
    }
}
