
namespace GanNotebooks.Metrics;

/// <summary>
/// Improved precision and recall (Kynkäänniemi et al. 2019): the share of generated samples inside the union of the real points' balls, and
/// the share of real points inside the union of the generated samples' balls; a ball reaches to the k-th nearest neighbour in its own set.
/// </summary>
/// <param name="Precision">The share of generated samples that look real; binomial standard error, given the balls.</param>
/// <param name="Recall">The share of real samples that can be generated; the same standard error.</param>
/// <param name="Neighbour">The number k of the neighbour that a ball reaches to.</param>
/// <param name="RealCount">Real points.</param>
/// <param name="GeneratedCount">Generated samples.</param>
/// <param name="Space">The feature space.</param>
public sealed record PrecisionRecall(MeanWithError Precision, MeanWithError Recall, int Neighbour, int RealCount, int GeneratedCount,
    string Space)
{
    /// <summary>k of the paper.</summary>
    public const int UsualNeighbour = 3;

    /// <summary>Measures generated against real samples.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces, or there are not k other points.</exception>
    public static PrecisionRecall Of(FeatureSet real, FeatureSet generated, int neighbour = UsualNeighbour)
    {
        FeatureSet.RequireSameSpace(real, generated);
        using var realBalls = new KnnManifold(real, neighbour);
        using var generatedBalls = new KnnManifold(generated, neighbour);
        return new PrecisionRecall(Share(realBalls, generated), Share(generatedBalls, real), neighbour, real.Count, generated.Count,
            real.Space);
    }

    /// <summary>"precision 0.9 ± ..., recall 0.8 ± ..., k = 3, N = ...".</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"precision {Precision}, recall {Recall}, k = {Neighbour}, N = {RealCount} and {GeneratedCount}, in {Space}");

    private static MeanWithError Share(KnnManifold balls, FeatureSet others) =>
        MeanWithError.Share(balls.CountContaining(others).Count(c => c > 0), others.Count);
}
