using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The squared Fréchet distance of two samples as if both were Gaussian, ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½) (Heusel et al. 2017;
/// the squared 2-Wasserstein distance of the Gaussians, Dowson and Landau 1982). In the features of Inception it is called FID; in other
/// features it is another scale. Biased upwards by O(1/N), see <see cref="FrechetCurve"/>. float64.
/// </summary>
/// <param name="Value">The distance and, by the delta method, its standard error; the bias is not in it.</param>
/// <param name="MeanTerm">‖μ₁ − μ₂‖².</param>
/// <param name="CovarianceTerm">tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½).</param>
/// <param name="Count1">Samples in the first set, N₁.</param>
/// <param name="Count2">Samples in the second, N₂.</param>
/// <param name="Space">The feature space.</param>
public sealed record FrechetDistance(MeanWithError Value, double MeanTerm, double CovarianceTerm, int Count1, int Count2, string Space)
{
    private const double RelativeRank = 1e-10; // an eigenvalue below this share of the largest counts as zero where it is divided by

    /// <summary>Measures two samples; covariances with N − 1.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces.</exception>
    public static FrechetDistance Between(FeatureSet first, FeatureSet second)
    {
        FeatureSet.RequireSameSpace(first, second);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (mean1, covariance1) = Moments(first);
        var (mean2, covariance2) = Moments(second);
        var (root1, inverse1) = Roots(covariance1);
        var (root2, inverse2) = Roots(covariance2);
        var (u, s, vt) = linalg.svd(root2.matmul(root1), fullMatrices: false); // AᵀA = Σ₁^½ Σ₂ Σ₁^½ = V S² Vᵀ, its root V S Vᵀ
        double trace = (covariance1.trace() + covariance2.trace() - 2 * s.sum()).item<double>();
        var difference = mean1 - mean2;
        double means = difference.square().sum().item<double>();
        var there = inverse1.matmul((vt.t() * s).matmul(vt)).matmul(inverse1); // optimal transport map from 1 to 2
        var back = inverse2.matmul((u * s).matmul(u.t())).matmul(inverse2);
        double variance = InfluenceVariance(first, mean1, difference, there) + InfluenceVariance(second, mean2, -difference, back);
        return new FrechetDistance(new MeanWithError(means + trace, Math.Sqrt(variance)), means, trace, first.Count, second.Count,
            first.Space);
    }

    /// <summary>The closed form between two given Gaussians.</summary>
    /// <param name="mean1">μ₁, [d].</param>
    /// <param name="covariance1">Σ₁, [d, d], symmetric and positive semi-definite.</param>
    /// <param name="mean2">μ₂.</param>
    /// <param name="covariance2">Σ₂.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static double BetweenGaussians(Tensor mean1, Tensor covariance1, Tensor mean2, Tensor covariance2)
    {
        ArgumentNullException.ThrowIfNull(mean1);
        ArgumentNullException.ThrowIfNull(covariance1);
        ArgumentNullException.ThrowIfNull(mean2);
        ArgumentNullException.ThrowIfNull(covariance2);
        foreach (var (given, name) in new[] { (mean1, nameof(mean1)), (covariance1, nameof(covariance1)), (mean2, nameof(mean2)),
            (covariance2, nameof(covariance2)) })
        {
            NonFiniteSamples.ThrowIfAny(given, name);
        }

        using var scope = NewDisposeScope();
        var s = linalg.svdvals(Roots(covariance2.to(float64)).Root.matmul(Roots(covariance1.to(float64)).Root));
        return ((mean1 - mean2).to(float64).square().sum() + covariance1.trace() + covariance2.trace() - 2 * s.sum()).item<double>();
    }

    /// <summary>"12.3 ± 0.4, N = 10000 and 10000, in ...".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value}, N = {Count1} and {Count2}, in {Space}");

    private static (Tensor Mean, Tensor Covariance) Moments(FeatureSet set)
    {
        var mean = set.Mean();
        var sum = zeros([set.Dimension, set.Dimension], float64);
        foreach (var (_, block) in set.CentredBlocks(mean))
            sum.add_(block.t().matmul(block));
        return (mean, sum / (set.Count - 1));
    }

    // C^½ and the pseudo-inverse of it, by eigen-decomposition.
    private static (Tensor Root, Tensor Inverse) Roots(Tensor covariance)
    {
        var (values, vectors) = linalg.eigh(covariance); // [d] ascending, [d, d]
        var roots = values.clamp(min: 0).sqrt();
        var inverses = where(values > RelativeRank * values[-1].clamp(min: 0), 1 / roots, zeros_like(roots));
        return ((vectors * roots).matmul(vectors.t()), (vectors * inverses).matmul(vectors.t()));
    }

    // One sample more at x changes the distance by [2 (μ₁ − μ₂)·(x − μ₁) + (x − μ₁)ᵀ (I − T) (x − μ₁) − its mean] / N.
    private static double InfluenceVariance(FeatureSet set, Tensor mean, Tensor difference, Tensor map)
    {
        var curvature = eye(set.Dimension, dtype: float64) - map;
        var sums = zeros(2, float64);
        foreach (var (_, x) in set.CentredBlocks(mean))
        {
            var influence = 2 * x.matmul(difference) + (x.matmul(curvature) * x).sum(1); // [B]
            sums.add_(stack([influence.sum(), influence.square().sum()]));
        }
        double n = set.Count, average = sums[0].item<double>() / n;
        return Math.Max(0, sums[1].item<double>() / n - average * average) / n;
    }
}
