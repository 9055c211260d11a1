using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// A Gaussian density over points of many dimensions, such as images, whose covariance is a few wide directions plus equal noise in all
/// others: C = Σᵢ (λᵢ − σ²) uᵢuᵢᵀ + σ² I, i = 1 … k. It is a simple density of images, computed in double precision.
/// </summary>
/// <remarks>
/// The fit by maximum likelihood is the mean, the k largest eigenvalues λᵢ of the data's covariance with their directions uᵢ, and for σ²
/// the mean of the other eigenvalues. Source: Tipping and Bishop 1999, "Probabilistic Principal Component Analysis", equations 3 to 8.
/// </remarks>
public sealed class LowRankGaussian : IDisposable
{
    private readonly Tensor mean, directions, variances; // [d], [d, k], [k]

    private LowRankGaussian(Tensor mean, Tensor directions, Tensor variances, double noiseVariance) =>
        (this.mean, this.directions, this.variances, NoiseVariance) = (mean, directions, variances, noiseVariance);

    /// <summary>d, the number of coordinates of a point.</summary>
    public int Dimension => (int)mean.size(0);

    /// <summary>k, the number of wide directions.</summary>
    public int Rank => (int)variances.size(0);

    /// <summary>σ², the variance in each of the other d − k directions.</summary>
    public double NoiseVariance { get; }

    /// <summary>λ₁ ≥ … ≥ λₖ, the variances along the wide directions.</summary>
    public IReadOnlyList<double> Variances => [.. variances.data<double>()];

    /// <summary>The densest point, [d] float64; a copy.</summary>
    public Tensor Mean => mean.clone();

    /// <summary>The density with the largest likelihood of its rank.</summary>
    /// <param name="data">Points [N, d] on the CPU, N ≥ 2.</param>
    /// <param name="rank">k, from 0 to d − 1.</param>
    /// <exception cref="ArgumentException">The shape or the rank does not fit, the data do not leave any noise (σ² = 0),
    /// or a number is not finite.</exception>
    public static LowRankGaussian Fit(Tensor data, int rank)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.dim() != 2 || data.size(0) < 2 || rank < 0 || rank >= data.size(1))
        {
            throw new ArgumentException(
                $"expected points [N ≥ 2, d] and a rank from 0 to d − 1, got {Shape.Text(data.shape)} and rank {rank}");
        }

        NonFiniteSamples.ThrowIfAny(data, nameof(data));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var mean = data.mean([0], type: float64); // [d]
        var (values, vectors) = linalg.eigh(Covariance(data, mean)); // [d] ascending, [d, d]
        double noise = values.narrow(0, 0, data.size(1) - rank).mean().item<double>();
        if (!(noise > 0))
        {
            throw new ArgumentException($"beyond {rank} directions these points do not vary: their density is infinite (σ² = {noise})",
                nameof(data));
        }

        var variances = values.flip(0).narrow(0, 0, rank).contiguous();
        var directions = vectors.flip(1).narrow(1, 0, rank).contiguous();
        return new(mean.MoveToOuterDisposeScope(), directions.MoveToOuterDisposeScope(), variances.MoveToOuterDisposeScope(), noise);
    }

    /// <summary>
    /// log p(x) = −½ [d log 2π + Σ log λᵢ + (d − k) log σ² + Σ yᵢ²/λᵢ + (‖x − μ‖² − Σ yᵢ²)/σ²], yᵢ = uᵢ·(x − μ); in nats.
    /// </summary>
    /// <param name="points">Points [N, d].</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    public IReadOnlyList<double> LogDensity(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.dim() != 2 || points.size(1) != Dimension)
            throw new ArgumentException($"expected points [N, {Dimension}], got {Shape.Text(points.shape)}", nameof(points));
        NonFiniteSamples.ThrowIfAny(points, nameof(points));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var centred = points.detach().cpu().to(float64) - mean; // [N, d]
        var squares = centred.matmul(directions).square(); // [N, k]
        var distance = (squares / variances).sum(1) + (centred.square().sum(1) - squares.sum(1)) / NoiseVariance; // [N]
        double volume = Dimension * Math.Log(2 * Math.PI) + variances.log().sum().item<double>()
            + (Dimension - Rank) * Math.Log(NoiseVariance);
        return [.. (-0.5 * (distance + volume)).data<double>()];
    }

    /// <summary>Independent samples μ + Σ √(λᵢ − σ²) zᵢ uᵢ + σ ε: noise pushed through an affine generator.</summary>
    /// <param name="count">The number of samples, N.</param>
    /// <param name="generator">The seeded source of z and ε, on the CPU.</param>
    /// <returns>[N, d] float64; the caller disposes it.</returns>
    public Tensor Sample(int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        var z = randn([count, Rank], float64, CPU, generator: generator);
        var noise = randn([count, Dimension], float64, CPU, generator: generator);
        var wide = (z * (variances - NoiseVariance).clamp(min: 0).sqrt()).matmul(directions.t());
        return (mean + wide + noise * Math.Sqrt(NoiseVariance)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mean.Dispose();
        directions.Dispose();
        variances.Dispose();
    }

    // Block by block: the data stay in float32, the sums are float64.
    private static Tensor Covariance(Tensor data, Tensor mean)
    {
        const int blockRows = 5000;
        var sum = zeros([data.size(1), data.size(1)], float64);
        for (long start = 0; start < data.size(0); start += blockRows)
        {
            using var block = NewDisposeScope();
            var centred = data.narrow(0, start, Math.Min(blockRows, data.size(0) - start)).to(float64) - mean;
            sum.add_(centred.t().matmul(centred));
        }
        return sum / data.size(0);
    }
}
