using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The sliced Wasserstein distance: the mean, over random directions, of the distance W₁ of the two samples' projections (Bonneel et al.
/// 2015; Rabin et al. 2011). On a line W₁ of equal numbers of points is the mean distance of the sorted values. Biased upwards by
/// O(1/√N), so it is compared with two samples of the data. float64.
/// </summary>
/// <param name="Value">The mean over the directions, in units of the coordinates, with the standard error of that mean.</param>
/// <param name="Count">Samples in each set, N.</param>
/// <param name="Directions">Number of directions.</param>
/// <param name="Space">The feature space.</param>
public sealed record SlicedWasserstein(MeanWithError Value, int Count, int Directions, string Space)
{
    /// <summary>Number of directions when none is given.</summary>
    public const int UsualDirections = 200;

    /// <summary>Measures two samples of the same size.</summary>
    /// <param name="first">The first sample.</param>
    /// <param name="second">The second sample.</param>
    /// <param name="directions">Number of directions, at least 2.</param>
    /// <param name="seed">Seed of the directions.</param>
    /// <exception cref="ArgumentException">The samples come from different spaces, or have different sizes.</exception>
    public static SlicedWasserstein Between(FeatureSet first, FeatureSet second, int directions = UsualDirections, int seed = 0)
    {
        FeatureSet.RequireSameSpace(first, second);
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 2);
        if (first.Count != second.Count)
            throw new ArgumentException($"expected samples of one size, got {first.Count} and {second.Count}", nameof(second));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var random = new Generator((ulong)seed);
        var towards = empty([first.Dimension, directions]).FillNormal(0, 1, random).to(float64); // [d, K]
        towards = towards / towards.square().sum(0, keepdim: true).sqrt();
        var (x, y) = (Sorted(first, towards), Sorted(second, towards)); // [N, K]
        double[] distances = [.. (x - y).abs().mean([0]).data<double>()]; // [K]
        return new SlicedWasserstein(MeanWithError.Mean(distances), first.Count, directions, first.Space);
    }

    /// <summary>"0.123 ± 0.004, N = 1000, 200 directions, in ...".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value}, N = {Count}, {Directions} directions, in {Space}");

    private static Tensor Sorted(FeatureSet set, Tensor towards) => set.Rows.to(float64).matmul(towards).sort(0).Values;
}
