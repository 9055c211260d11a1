using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The colours of generated digits: the share of images whose ink is mostly red or mostly blue, the share without a clear colour, and the
/// mean colour of all ink. Ink of a channel is its brightness, (x + 1)/2, at pixels where a channel is brighter than <see
/// cref="Ground"/>; the rest is ground.
/// </summary>
/// <param name="Red">Share of images with more ink in the red channel than in each of the others.</param>
/// <param name="Blue">Share of images with more ink in the blue channel than in each of the others.</param>
/// <param name="Mixed">Share of images without a channel that has <see cref="Clear"/> of their ink.</param>
/// <param name="MeanColour">Shares of the three channels in the ink of all images together; they sum to 1.</param>
/// <param name="Count">Number of images.</param>
public sealed record ColourLaw(
    MeanWithError Red, MeanWithError Blue, MeanWithError Mixed, IReadOnlyList<double> MeanColour, int Count)
{
    /// <summary>Share of an image's ink from which on its colour is called clear: 0.8.</summary>
    public const double Clear = 0.8;

    /// <summary>Brightness in [0, 1] up to which a pixel belongs to the ground: 0.25.</summary>
    public const double Ground = 0.25;

    /// <summary>Share of red ones among the images of a clear colour; NaN if there is none.</summary>
    public double RedOfClear { get; private init; }

    private const int Channels = 3;
    private const double Tiny = 1e-9;

    /// <summary>Measures images.</summary>
    /// <param name="images">[N, 3, H, W] in [-1, 1], N at least 1.</param>
    /// <exception cref="ArgumentException">The images have another shape, or a pixel is not finite.</exception>
    public static ColourLaw Of(Tensor images)
    {
        using var scope = NewDisposeScope();
        var bright = Brightness(images, nameof(images));
        var ink = (bright * bright.amax([1L], keepdim: true).gt(Ground)).sum([2L, 3L]); // [N, 3]
        int count = (int)ink.size(0);
        var shares = ink / ink.sum(1, keepdim: true).clamp_min(Tiny);
        var most = ink.argmax(1);
        var clear = shares.amax([1L]).ge(Clear);
        MeanWithError Share(Tensor which) => MeanWithError.Share((int)which.sum().item<long>(), count);
        var total = ink.sum(dim: 0) / ink.sum().clamp_min(Tiny); // [3]
        return new(Share(most.eq(0)), Share(most.eq(Channels - 1)), Share(clear.logical_not()), total.data<double>().ToArray(), count)
        {
            RedOfClear = (double)clear.logical_and(most.eq(0)).sum().item<long>() / clear.sum().item<long>(),
        };
    }

    /// <summary>
    /// Errors of predicted images against real ones in units of the ink, so that they compare with the error at a pixel of full ink:
    /// Σ (x − x̂)² / Σ g² and Σ |x − x̂| / Σ g, brightness in [0, 1] and g the brightness of the ink.
    /// </summary>
    /// <param name="predicted">[N, 3, H, W] in [-1, 1].</param>
    /// <param name="real">The real images of the same conditions, same shape, each with its ink in one channel.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a pixel is not finite.</exception>
    public static (double Squared, double Absolute) Errors(Tensor predicted, Tensor real)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(real);
        if (!predicted.shape.SequenceEqual(real.shape))
        {
            throw new ArgumentException(
                $"expected predictions {Shape.Text(real.shape)}, got {Shape.Text(predicted.shape)}", nameof(predicted));
        }
        using var scope = NewDisposeScope();
        var (given, truth) = (Brightness(predicted, nameof(predicted)), Brightness(real, nameof(real)));
        var difference = given - truth;
        return ((difference.square().sum() / truth.square().sum()).item<double>(), (difference.abs().sum() / truth.sum()).item<double>());
    }

    private static Tensor Brightness(Tensor images, string name)
    {
        ArgumentNullException.ThrowIfNull(images, name);
        if (images.shape is not [> 0, Channels, _, _])
            throw new ArgumentException($"expected images [N, 3, H, W], got {Shape.Text(images.shape)}", name);
        NonFiniteSamples.ThrowIfAny(images, name);
        return (images.detach().cpu().to(float64) + 1) / 2;
    }
}
