using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The Jensen-Shannon divergence between two sets of samples, in nats: 0 for equal distributions, log 2 for disjoint ones.
/// </summary>
/// <param name="Divergence">The estimate.</param>
/// <param name="Floor">The mean of the estimator for two sets from one distribution.</param>
/// <param name="Count">Samples of each kind that the estimate was averaged over, the smaller of the two.</param>
public sealed record JensenShannonEstimate(MeanWithError Divergence, double Floor, long Count)
{
    /// <summary>The value of the game at the best discriminator that this divergence belongs to, C = 2 JSD − log 4.</summary>
    public double VirtualCriterion => 2 * Divergence.Value - 2 * Math.Log(2);

    /// <summary>
    /// Compares two histograms over a common box of equal cells. The estimate is too small because cells blur what happens inside them, and
    /// too large by chance, by about <see cref="Floor"/>.
    /// </summary>
    /// <param name="first">[N, d], d small: there are bins^d cells.</param>
    /// <param name="second">[M, d].</param>
    /// <param name="bins">Cells along each axis of the box that holds all samples.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is not finite.</exception>
    public static JensenShannonEstimate ByHistogram(Tensor first, Tensor second, int bins = 30)
    {
        RequireRows(first, second);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        using var scope = NewDisposeScope();
        var all = cat([first.detach(), second.detach()]).cpu().to(float64); // [N + M, d]
        var (low, high) = (all.amin([0]), all.amax([0]));
        if (!(high - low).isfinite().all().item<bool>())
            throw new ArgumentException("the samples are so far apart that their distance is infinite", nameof(first));
        var width = ((high - low) / bins).clamp_min(double.Epsilon);
        var cell = ((all - low) / width).floor().clamp(0, bins - 1).to(int64); // [N + M, d]
        var powers = pow(bins, arange(cell.size(1), float64)).to(int64);
        long[] ids = (cell * powers).sum(1).data<long>().ToArray();
        int n = (int)first.size(0), m = (int)second.size(0);
        var counts = new Dictionary<long, (int First, int Second)>();
        for (int i = 0; i < ids.Length; i++)
        {
            var (a, b) = counts.GetValueOrDefault(ids[i]);
            counts[ids[i]] = i < n ? (a + 1, b) : (a, b + 1);
        }
        return OfShares([.. counts.Values.Select(c => ((double)c.First / n, (double)c.Second / m))], n, m);
    }

    private static JensenShannonEstimate OfShares((double P, double Q)[] cells, int n, int m)
    {
        static double Log(double a, double b) => a > 0 ? Math.Log(2 * a / (a + b)) : 0;
        double kl1 = cells.Sum(c => c.P * Log(c.P, c.Q)), kl2 = cells.Sum(c => c.Q * Log(c.Q, c.P));
        // Delta method, as the derivative of JSD by a share is half the log above; at p = q the second order remains, a multiple of χ² with
        // K − 1 degrees.
        double variance1 = cells.Sum(c => c.P * Math.Pow(Log(c.P, c.Q) - kl1, 2)) / n,
            variance2 = cells.Sum(c => c.Q * Math.Pow(Log(c.Q, c.P) - kl2, 2)) / m;
        double unit = (1.0 / n + 1.0 / m) / 8, degrees = cells.Length - 1;
        double error = Math.Sqrt((variance1 + variance2) / 4 + 2 * degrees * unit * unit);
        return new JensenShannonEstimate(new MeanWithError((kl1 + kl2) / 2, error), degrees * unit, Math.Min(n, m));
    }

    internal static void RequireRows(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.dim() != 2 || second.dim() != 2 || first.size(1) != second.size(1) || first.size(0) < 2 || second.size(0) < 2)
            throw new ArgumentException($"expected [N, d] and [M, d], got {Shape.Text(first.shape)} and {Shape.Text(second.shape)}");
        NonFiniteSamples.ThrowIfAny(first, nameof(first));
        NonFiniteSamples.ThrowIfAny(second, nameof(second));
    }
}
