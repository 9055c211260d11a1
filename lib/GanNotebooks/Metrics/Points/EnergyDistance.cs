using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The energy distance 2 E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖ (Székely and Rizzo 2013), over all pairs of different samples. It is 0 for equal
/// laws and positive for all others. Unbiased at every N, so it can be negative. float64.
/// </summary>
/// <param name="Value">The estimate, in units of the coordinates.</param>
/// <param name="Count1">Samples in the first set, N₁.</param>
/// <param name="Count2">Samples in the second, N₂.</param>
/// <param name="Space">The feature space.</param>
public sealed record EnergyDistance(double Value, int Count1, int Count2, string Space)
{
    private const int BlockRows = 500;

    /// <summary>Measures two samples.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces.</exception>
    public static EnergyDistance Between(FeatureSet first, FeatureSet second)
    {
        FeatureSet.RequireSameSpace(first, second);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (x, y) = (first.Rows.to(float64), second.Rows.to(float64));
        double n = first.Count, m = second.Count;
        return new EnergyDistance(
            2 * Sum(x, y) / (n * m) - Sum(x, x) / (n * (n - 1)) - Sum(y, y) / (m * (m - 1)), first.Count, second.Count, first.Space);
    }

    /// <summary>"0.0123, N = 1000 and 1000, in ...".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:G4}, N = {Count1} and {Count2}, in {Space}");

    // Sum of the distances of all pairs; a point has the distance 0 to itself. Without the product of matrices, which cancels.
    private static double Sum(Tensor a, Tensor b)
    {
        double sum = 0;
        foreach (var rows in a.split(BlockRows))
        {
            using var block = NewDisposeScope();
            sum += cdist(rows, b, 2, compute_mode.donot_use_mm_for_euclid_dist).sum().item<double>();
        }
        return sum;
    }
}
