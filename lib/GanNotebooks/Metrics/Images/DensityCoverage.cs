
namespace GanNotebooks.Metrics;

/// <summary>
/// Density and coverage (Naeem et al. 2020). Density: in how many balls of real points a generated sample lies, on average, divided by k;
/// it can exceed 1. Coverage: the share of real points whose ball holds a generated sample. Only real points have balls, so a single
/// outlier among the generated samples no longer buys recall.
/// </summary>
/// <param name="Density">Expected to be 1 when both distributions are the same; standard error of the mean, given the balls.</param>
/// <param name="Coverage">See <see cref="ExpectedCoverage"/>; binomial standard error.</param>
/// <param name="Neighbour">The number k of the neighbour that a ball reaches to.</param>
/// <param name="RealCount">Real points.</param>
/// <param name="GeneratedCount">Generated samples.</param>
/// <param name="Space">The feature space.</param>
public sealed record DensityCoverage(MeanWithError Density, MeanWithError Coverage, int Neighbour, int RealCount, int GeneratedCount,
    string Space)
{
    /// <summary>k of the paper.</summary>
    public const int UsualNeighbour = 5;

    /// <summary>
    /// What a perfect sampler scores: of a real point's other N − 1 + M candidates, the k nearest are all real with the probability
    /// ∏ (N − 1 − i)/(N + M − 1 − i), i = 0 … k − 1, and coverage is what is left; about 1 − 2⁻ᵏ for N = M. Not 1.
    /// </summary>
    public double ExpectedCoverage =>
        1 - Enumerable.Range(0, Neighbour).Aggregate(1.0, (p, i) => p * (RealCount - 1 - i) / (RealCount + GeneratedCount - 1 - i));

    /// <summary>Measures generated against real samples.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces, or there are not k other points.</exception>
    public static DensityCoverage Of(FeatureSet real, FeatureSet generated, int neighbour = UsualNeighbour)
    {
        FeatureSet.RequireSameSpace(real, generated);
        using var balls = new KnnManifold(real, neighbour);
        var density = MeanWithError.Mean([.. balls.CountContaining(generated).Select(c => (double)c / neighbour)]);
        var coverage = MeanWithError.Share(balls.AreReached(generated).Count(r => r), real.Count);
        return new DensityCoverage(density, coverage, neighbour, real.Count, generated.Count, real.Space);
    }

    /// <summary>"density 1.0 ± ..., coverage 0.97 ± ..., k = 5, N = ...".</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"density {Density}, coverage {Coverage}, k = {Neighbour}, N = {RealCount} and {GeneratedCount}, in {Space}");
}
