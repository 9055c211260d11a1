using TorchSharp;

namespace GanNotebooks.Data;

/// <summary>
/// Samples <c>[N, 2]</c> from equally weighted Gaussians on a square grid around the origin. Defaults: the 25 modes at -4, -2, 0, 2, 4 of
/// PacGAN (Lin et al. 2018).
/// </summary>
/// <param name="side">The number of modes along each side, at least 1.</param>
/// <param name="step">The distance of neighbours, positive.</param>
/// <param name="sigma">Each mode's standard deviation, positive.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class GridData(int side = 5, double step = 2, double sigma = 0.05, long seed = 0, torch.Device? device = null)
    : GaussianModesData(
        FormattableString.Invariant($"grid of {side} x {side}, step {step}, sigma {sigma}"), ModesOnGrid(side, step, sigma), seed, device)
{
    private static GaussianMode[] ModesOnGrid(int side, double step, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        if (!(step > 0))
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be positive.");
        double weight = 1.0 / (side * side);
        double Along(int k) => step * (k - (side - 1) / 2.0);
        return [.. Enumerable.Range(0, side * side).Select(k => new GaussianMode(weight, [Along(k / side), Along(k % side)], sigma))];
    }
}
