using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The squared maximum mean discrepancy with the kernel k(x, y) = (x·y/d + 1)³ (Binkowski et al. 2018; KID in the features of Inception):
/// mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y) over all pairs of different samples. Unbiased at every N, so it can be negative: nobody has to
/// be compared at the same N. float64.
/// </summary>
/// <param name="Value">
/// The estimate from all pairs, with the standard error of a jackknife that leaves out one of <see cref="Subsets"/> parts of both samples at a time.
/// </param>
/// <param name="Count1">Samples in the first set.</param>
/// <param name="Count2">Samples in the second.</param>
/// <param name="Space">The feature space.</param>
public sealed record KernelDistance(Uncertain Value, int Count1, int Count2, string Space)
{
    /// <summary>Into how many parts the samples are cut for the error.</summary>
    public const int Subsets = 20;

    /// <summary>Measures two samples, which should be in random order.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces or have fewer than 2 points in each part.</exception>
    public static KernelDistance Between(FeatureSet first, FeatureSet second)
    {
        FeatureSet.DemandSameSpace(first, second);
        if (Math.Min(first.Count, second.Count) < 2 * Subsets)
            throw new ArgumentException($"expected at least {2 * Subsets} points in each set, got {first.Count} and {second.Count}");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (x, y) = (Parts(first), Parts(second));
        var (xx, yy, xy) = (PairSums(x, x), PairSums(y, y), PairSums(x, y));
        int[] sizes1 = [.. x.Select(p => (int)p.shape[0])], sizes2 = [.. y.Select(p => (int)p.shape[0])];
        double Without(int left) => Sum(xx, left) / Pairs(sizes1, left) + Sum(yy, left) / Pairs(sizes2, left) - 2 * Sum(xy, left) / Products(sizes1, sizes2, left);
        double[] shorter = [.. Enumerable.Range(0, Subsets).Select(Without)];
        double mean = shorter.Average(), error = Math.Sqrt(shorter.Sum(v => (v - mean) * (v - mean)) * (Subsets - 1) / Subsets);
        return new KernelDistance(new Uncertain(Without(-1), error), first.Count, second.Count, first.Space);
    }

    /// <summary>"0.0123 ± 0.0004, N = 10000 and 10000, in ...".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value}, N = {Count1} and {Count2}, in {Space}");

    private static Tensor[] Parts(FeatureSet set)
    {
        var rows = set.Rows.to(float64) / Math.Sqrt(set.Dimension); // so that a product of rows is x·y/d
        return rows.tensor_split(Subsets, 0);
    }

    // Sums of k over the pairs of part i of a and part j of b; within one set, over different points only, and each unordered pair of parts once.
    private static double[,] PairSums(Tensor[] a, Tensor[] b)
    {
        var sums = new double[Subsets, Subsets];
        bool same = ReferenceEquals(a, b);
        for (int i = 0; i < Subsets; i++)
        {
            for (int j = same ? i : 0; j < Subsets; j++)
            {
                using var block = NewDisposeScope();
                var k = a[i].matmul(b[j].t()).add_(1); // [n, m]
                k = k.square().mul_(k);
                sums[i, j] = (same && i == j ? k.sum() - k.diagonal().sum() : same ? 2 * k.sum() : k.sum()).item<double>();
            }
        }
        return sums;
    }

    private static double Sum(double[,] sums, int left)
    {
        double total = 0;
        for (int i = 0; i < Subsets; i++)
            for (int j = 0; j < Subsets; j++)
                total += i == left || j == left ? 0 : sums[i, j];
        return total;
    }

    private static double Pairs(int[] sizes, int left)
    {
        double n = sizes.Where((_, i) => i != left).Sum();
        return n * (n - 1);
    }

    private static double Products(int[] sizes1, int[] sizes2, int left) =>
        (double)sizes1.Where((_, i) => i != left).Sum() * sizes2.Where((_, i) => i != left).Sum();
}
