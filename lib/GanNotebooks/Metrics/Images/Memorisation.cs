
namespace GanNotebooks.Metrics;

/// <summary>
/// Does a generator repeat its training data? Its samples' distances to the nearest training point against those of real points that were
/// not trained on. A good sampler is as far from the training set as new real data are; a memoriser is closer.
/// </summary>
/// <param name="Closer">
/// The probability that a sample is closer to the training set than a held-out real point, ties counted half (Mann and Whitney's statistic,
/// as in the data-copying test of Meehan, Chaudhuri and Dasgupta 2020): ½ when nothing is copied, 1 for copies, below ½ when samples lie
/// off the data.
/// </param>
/// <param name="MedianRatio">Median distance of the samples over that of the held-out points.</param>
/// <param name="CopyShare">Share of samples that are closer than the closest percent of the held-out points; 0.01 expected of a good
/// sampler.</param>
/// <param name="Samples">Number of samples, N.</param>
/// <param name="HeldOut">Number of held-out real points.</param>
/// <param name="Training">Number of training points.</param>
/// <param name="Space">The feature space.</param>
public sealed record Memorisation(
    MeanWithError Closer, double MedianRatio, MeanWithError CopyShare, int Samples, int HeldOut, int Training, string Space)
{
    private const double CloseShare = 0.01;

    /// <summary>Measures the distances of samples and of held-out points to the training set.</summary>
    /// <param name="samples">Samples of the generator.</param>
    /// <param name="training">The points that the generator was trained on.</param>
    /// <param name="heldOut">Real points of the same distribution that were not trained on.</param>
    /// <exception cref="ArgumentException">The sets come from different spaces.</exception>
    public static Memorisation Of(FeatureSet samples, FeatureSet training, FeatureSet heldOut) =>
        Of(samples, training, NearestNeighbours.Find(heldOut, training));

    /// <summary>Measures samples against distances that were computed before.</summary>
    /// <param name="samples">Samples of the generator.</param>
    /// <param name="training">The points that the generator was trained on.</param>
    /// <param name="heldOut">The held-out points' neighbours in <paramref name="training"/>.</param>
    internal static Memorisation Of(FeatureSet samples, FeatureSet training, NearestNeighbours heldOut)
    {
        ArgumentNullException.ThrowIfNull(training);
        double[] generated = NearestNeighbours.Find(samples, training).Distances.Order().ToArray();
        double[] real = heldOut.Distances.Order().ToArray();
        double limit = real[(int)(CloseShare * real.Length)];
        var copies = MeanWithError.Share(generated.Count(d => d < limit), generated.Length);
        return new Memorisation(
            MannWhitney.ShareAbove(real, generated), generated[generated.Length / 2] / real[real.Length / 2], copies, generated.Length,
            real.Length, training.Count, training.Space);
    }

    /// <summary>"closer 0.5 ± 0.01, median ratio 1, copies 0.01 ± 0.001, N = ...".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"closer {Closer}, median ratio {MedianRatio:G3}, copies {CopyShare}, {Counts}");

    private string Counts => $"N = {Samples}, {HeldOut} held out, {Training} trained on, in {Space}";
}
