using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Do samples lie closer to the training points than to other real points? For each sample the nearest of m training points and m held-out
/// points is found, and the share of samples for which it is a training point is counted. Equal numbers matter: of two pools of one law,
/// the larger one holds the nearest point more often.
/// </summary>
/// <param name="Training">Share of samples whose nearest point is a training point: ½ for samples that know only the law. The error is
/// that of the samples; the pools are fixed, so that small pools add an error of their own.</param>
/// <param name="Samples">Number of samples, N.</param>
/// <param name="Pool">Number of points in each pool, m.</param>
/// <param name="Space">The feature space.</param>
public sealed record NeighbourPreference(MeanWithError Training, int Samples, int Pool, string Space)
{
    /// <summary>Counts the samples that prefer the training points.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="training">m points that the generator was trained on.</param>
    /// <param name="heldOut">m real points that it was not trained on.</param>
    /// <exception cref="ArgumentException">The pools differ in size, or the sets come from different spaces.</exception>
    public static NeighbourPreference Of(FeatureSet samples, FeatureSet training, FeatureSet heldOut)
    {
        FeatureSet.RequireSameSpace(training, heldOut);
        if (training.Count != heldOut.Count)
            throw new ArgumentException($"expected pools of equal size, got {training.Count} and {heldOut.Count} points");
        using var both = new FeatureSet(cat([training.Rows, heldOut.Rows]), training.Space);
        var nearest = NearestNeighbours.Find(samples, both);
        return new NeighbourPreference(MeanWithError.Share(nearest.Indices.Count(i => i < training.Count), samples.Count), samples.Count,
            training.Count, training.Space);
    }
}
