using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>How far predicted images are from their targets. Brightness is b = (x + 1)/2 in [0, 1].</summary>
/// <param name="SquaredError">Mean over frames of Σ (b - b̂)², summed over the pixels of a frame.</param>
/// <param name="AbsoluteError">Mean over frames of Σ |b - b̂|.</param>
/// <param name="CrossEntropy">Mean over frames of Σ -b log b̂ - (1 - b) log(1 - b̂), in nats for each frame. On grey targets its least
/// value is not 0 but <see cref="Floor"/>.</param>
/// <param name="Ssim">Mean over frames of <see cref="StructuralSimilarity"/>.</param>
/// <param name="Pixels">Number of pixels in a frame.</param>
public sealed record FrameQuality(
    MeanWithError SquaredError, MeanWithError AbsoluteError, MeanWithError CrossEntropy, MeanWithError Ssim, long Pixels)
{
    /// <summary>A prediction is moved into [10⁻⁶, 1 - 10⁻⁶] before its logarithm is taken.</summary>
    public const double LeastPrediction = 1e-6;

    /// <summary>The peak signal-to-noise ratio -10 log₁₀ of the mean squared error per pixel, in dB; infinite for equal images.</summary>
    public double Psnr => -10 * Math.Log10(SquaredError / Pixels);

    /// <summary>Compares predictions with targets.</summary>
    /// <param name="predicted">[N, C, H, W] in [-1, 1], N at least 2.</param>
    /// <param name="target">Images of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a pixel is not finite.</exception>
    public static FrameQuality Of(Tensor predicted, Tensor target)
    {
        RequirePairs(predicted, target);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (guess, truth) = (Brightness(predicted), Brightness(target));
        var safe = guess.clamp(LeastPrediction, 1 - LeastPrediction);
        var nats = -(truth * safe.log() + (1 - truth) * (1 - safe).log());
        return new FrameQuality(PerFrame((guess - truth).square()), PerFrame((guess - truth).abs()), PerFrame(nats),
            MeanWithError.Mean(StructuralSimilarity.Of(predicted, target)), target[0].numel());
    }

    /// <summary>
    /// The least cross entropy that any prediction can have on grey targets: the entropy of the targets with themselves,
    /// mean over frames of Σ -b log b - (1 - b) log(1 - b), in nats for each frame. If the target is random given the condition, put in its
    /// conditional mean: the cross entropy is linear in the target.
    /// </summary>
    /// <param name="target">[N, ...] in [-1, 1], N at least 2.</param>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static MeanWithError Floor(Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        NonFiniteSamples.ThrowIfAny(target, nameof(target));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var b = Brightness(target).clamp(0, 1);
        return PerFrame(-(b.xlogy(b) + (1 - b).xlogy(1 - b)));
    }

    /// <summary>b = (x + 1)/2 in double precision.</summary>
    internal static Tensor Brightness(Tensor images) => (images.detach().to(float64) + 1) / 2;

    internal static void RequirePairs(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.dim() != 4 || !first.shape.SequenceEqual(second.shape))
            throw new ArgumentException($"expected two batches [N, C, H, W], got {Shape.Text(first.shape)} and {Shape.Text(second.shape)}");
        NonFiniteSamples.ThrowIfAny(first, nameof(first));
        NonFiniteSamples.ThrowIfAny(second, nameof(second));
    }

    private static MeanWithError PerFrame(Tensor values) =>
        MeanWithError.Mean(values.flatten(1).sum(dim: 1).cpu().data<double>().ToArray());
}
