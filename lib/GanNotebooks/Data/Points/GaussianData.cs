using TorchSharp;

namespace GanNotebooks.Data;

/// <summary>Samples <c>[N, 1]</c> from one Gaussian on the line, N(mean, std²).</summary>
/// <param name="mean">The mean of the Gaussian.</param>
/// <param name="std">The standard deviation of the Gaussian, positive.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class GaussianData(double mean = 0, double std = 1, long seed = 0, torch.Device? device = null)
    : GaussianModesData(FormattableString.Invariant($"Gaussian, mean {mean}, std {std}"), [new(1, [mean], std)], seed, device);
