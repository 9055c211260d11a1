using TorchSharp;

namespace GanNotebooks.Data;

/// <summary>
/// Samples <c>[N, 2]</c> from equally weighted Gaussians on a circle, at the angles 2πk/K, k = 0 ... K - 1, the end point not included: a
/// well-known public demo includes it, so that two of its "8" modes coincide. Defaults: the ring that public
/// configurations of Unrolled GAN (Metz et al. 2016) use.
/// </summary>
/// <param name="modes">The number of modes, K, at least 1.</param>
/// <param name="radius">The radius of the circle, positive.</param>
/// <param name="sigma">Each mode's standard deviation, positive.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class RingData(int modes = 8, double radius = 2, double sigma = 0.02, long seed = 0, torch.Device? device = null)
    : GaussianModesData(
        FormattableString.Invariant($"ring of {modes}, radius {radius}, sigma {sigma}"), ModesOnCircle(modes, radius, sigma), seed, device)
{
    private static GaussianMode[] ModesOnCircle(int modes, double radius, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modes, 1);
        if (!(radius > 0))
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius must be positive.");
        return [.. Enumerable.Range(0, modes).Select(k => new GaussianMode(1.0 / modes, PointAt(Math.Tau * k / modes, radius), sigma))];
    }

    private static double[] PointAt(double angle, double radius) => [radius * Math.Cos(angle), radius * Math.Sin(angle)];
}
