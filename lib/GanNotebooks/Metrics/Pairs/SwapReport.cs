using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>What changed, and what stayed, when images of one class were turned into another.</summary>
/// <param name="Wanted">Share of the results that the classifier reads as the wanted class.</param>
/// <param name="Slant">Correlation of the slant before and after (<see cref="DigitShape"/>).</param>
/// <param name="Ink">Correlation of the ink before and after: how thick the strokes are.</param>
/// <param name="Width">Correlation of the width before and after.</param>
public sealed record SwapReport(MeanWithError Wanted, double Slant, double Ink, double Width)
{
    /// <summary>Compares images before and after.</summary>
    /// <param name="classifier">The network that reads classes.</param>
    /// <param name="before">[N, 1, 28, 28] in [-1, 1].</param>
    /// <param name="after">What each of them became, of the same shape.</param>
    /// <param name="wanted">The class that is wanted afterwards.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a pixel is not finite.</exception>
    public static SwapReport Of(FeatureNetwork classifier, Tensor before, Tensor after, int wanted)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (!before.shape.SequenceEqual(after.shape))
            throw new ArgumentException($"expected images {Shape.Text(before.shape)} as before, got {Shape.Text(after.shape)}");
        using var scope = NewDisposeScope();
        var (old, made) = (DigitShape.Of(before), DigitShape.Of(after));
        double Kept(Func<DigitShape, double> measure) => Correlation.Of([.. old.Select(measure)], [.. made.Select(measure)]);
        int hits = (int)classifier.Logits(after).argmax(1).eq(wanted).sum().item<long>();
        return new SwapReport(MeanWithError.Share(hits, old.Count), Kept(d => d.Slant), Kept(d => d.Ink), Kept(d => d.Width));
    }
}
