using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// How often samples for one condition are the first and how often the second of the two images that can follow. A sample counts as an
/// image if its squared distance to it is below 5 % of that between the two. A mixture with .7 and .3 is 9 % away from the nearer one: it
/// counts as neither.
/// </summary>
/// <param name="Decided">Share of samples that count as one of the two.</param>
/// <param name="First">Share of the first among them; NaN if there are none.</param>
/// <param name="Disagreement">Probability that two samples for the same condition, both decided, show different images: 2p(1 - p) for
/// independent samples with p the same everywhere, 0 if there is one answer for each condition; NaN if no condition has two decided
/// samples.</param>
public sealed record BranchReport(double Decided, double First, double Disagreement)
{
    /// <summary>Largest squared distance of a sample that counts, as a share of that between the two images.</summary>
    public const double Near = 0.05;

    /// <summary>Counts.</summary>
    /// <param name="samples">S samples for each of N conditions, [S, N, ...].</param>
    /// <param name="first">The first image for each condition, [N, ...].</param>
    /// <param name="second">The second one, different from the first, [N, ...].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is not finite.</exception>
    public static BranchReport Of(Tensor samples, Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (samples.dim() < 3 || !samples.shape.Skip(1).SequenceEqual(first.shape) || !first.shape.SequenceEqual(second.shape))
        {
            throw new ArgumentException($"expected samples [S, N, ...] and images [N, ...], got {Shape.Text(samples.shape)}, "
                + $"{Shape.Text(first.shape)} and {Shape.Text(second.shape)}", nameof(samples));
        }
        NonFiniteSamples.ThrowIfAny(samples, nameof(samples));
        NonFiniteSamples.ThrowIfAny(first, nameof(first));
        NonFiniteSamples.ThrowIfAny(second, nameof(second));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor Squared(Tensor difference) => difference.to(float64).flatten(-(int)first.dim() + 1).square().sum(-1);
        var limit = Near * Squared(first - second); // [N]
        Tensor Counts(Tensor image) => Squared(samples - image).lt(limit).to(float64); // [S, N]
        var (isFirst, isSecond) = (Counts(first), Counts(second));
        var (firsts, decided) = (isFirst.sum(dim: 0), (isFirst + isSecond).sum(dim: 0)); // [N]
        double all = decided.sum().item<double>();
        var pairs = decided * (decided - 1); // ordered pairs of decided samples
        var different = 2 * firsts * (decided - firsts);
        return new BranchReport(all / samples.size(0) / samples.size(1), firsts.sum().item<double>() / all,
            different.sum().item<double>() / pairs.sum().item<double>());
    }
}
