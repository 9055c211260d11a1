using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// A discriminator's logits on its training images, on held-out images of the same law and on generated images. A D that has learned the
/// law gives the first two alike. A D that has learned its images by heart gives the first higher logits than the second.
/// </summary>
/// <param name="Training">Mean logit on training images.</param>
/// <param name="HeldOut">Mean logit on held-out images.</param>
/// <param name="Generated">Mean logit on generated images.</param>
/// <param name="TrainingSign">r_t of ADA: mean sign of the logit on training images, in [−1, 1] (Karras et al. 2020, equation 1).</param>
/// <param name="HeldOutShare">r_v of ADA: (training − held-out)/(training − generated), of the means. It is 0 if D treats held-out images
/// as training images, and 1 if it treats them as generated ones.</param>
/// <param name="MembershipAuc">Probability that a training image has a higher logit than a held-out image: ½ for a D that has learned
/// nothing by heart, 1 for one that tells every training image.</param>
public sealed record LogitComparison(MeanWithError Training, MeanWithError HeldOut, MeanWithError Generated, MeanWithError TrainingSign,
    MeanWithError HeldOutShare, MeanWithError MembershipAuc)
{
    /// <summary>Compares three samples of logits.</summary>
    /// <param name="training">Logits on training images, at least 2, all finite.</param>
    /// <param name="heldOut">Logits on held-out images.</param>
    /// <param name="generated">Logits on generated images.</param>
    /// <exception cref="ArgumentException">A sample has fewer than 2 logits, or a logit is not finite.</exception>
    public static LogitComparison Of(IReadOnlyCollection<double> training, IReadOnlyCollection<double> heldOut,
        IReadOnlyCollection<double> generated)
    {
        ArgumentNullException.ThrowIfNull(training);
        var auc = MannWhitney.ShareAbove(training, heldOut);
        var (t, v, g) = (MeanWithError.Mean(training), MeanWithError.Mean(heldOut), MeanWithError.Mean(generated));
        return new LogitComparison(t, v, g, MeanWithError.Mean([.. training.Select(l => (double)Math.Sign(l))]), Share(t, v, g), auc);
    }

    /// <summary>Reads logits into plain numbers.</summary>
    /// <param name="logits">[N, 1].</param>
    /// <exception cref="ArgumentException">A logit is not finite.</exception>
    public static IReadOnlyList<double> Numbers(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        NonFiniteSamples.ThrowIfAny(logits, nameof(logits));
        using var scope = NewDisposeScope();
        return [.. logits.detach().cpu().to(float64).reshape(-1).data<double>()];
    }

    // The error to first order in those of the three means.
    private static MeanWithError Share(MeanWithError t, MeanWithError v, MeanWithError g)
    {
        double range = t.Value - g.Value, share = (t.Value - v.Value) / range;
        double variance = Math.Pow((1 - share) * t.StandardError, 2) + Math.Pow(v.StandardError, 2)
            + Math.Pow(share * g.StandardError, 2);
        return new MeanWithError(share, Math.Sqrt(variance) / Math.Abs(range));
    }
}
