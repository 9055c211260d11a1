using TorchSharp;

namespace GanNotebooks.Data;

/// <summary>Samples <c>[N, 1]</c> from a mixture of Gaussians on the line.</summary>
/// <param name="components">Weight, mean and standard deviation of each; the weights sum to 1.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class MixtureData1D(
    IReadOnlyList<(double Weight, double Mean, double Std)> components, long seed = 0, torch.Device? device = null)
    : GaussianModesData(
        $"1-D mixture of {components.Count}", [.. components.Select(c => new GaussianMode(c.Weight, [c.Mean], c.Std))], seed, device);
