using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The squared maximum mean discrepancy with the kernel k(x, y) = (x·y/d + 1)³ (Binkowski et al. 2018; KID in the features of Inception):
/// mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y) over all pairs of different samples. Unbiased at every N, so it can be negative, and
/// samples of different sizes can be compared. float64.
/// </summary>
/// <param name="Value">
/// The estimate from all pairs, with the standard error of a jackknife that leaves out one of <see cref="Subsets"/> parts of both samples
/// at a time.
/// </param>
/// <param name="Count1">Samples in the first set.</param>
/// <param name="Count2">Samples in the second.</param>
/// <param name="Space">The feature space.</param>
public sealed record KernelDistance(MeanWithError Value, int Count1, int Count2, string Space)
{
    /// <summary>Into how many parts the samples are cut for the error.</summary>
    public const int Subsets = 20;

    private const int BlockColumns = 1000; // 500 × 1000 numbers stay near the processor

    /// <summary>Measures two samples, which should be in random order.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces or have fewer than 2 points in each part.</exception>
    public static KernelDistance Between(FeatureSet first, FeatureSet second)
    {
        FeatureSet.RequireSameSpace(first, second);
        return Between(first, Within(first), second);
    }

    /// <summary>Measures, when the pairs within the first sample are summed already.</summary>
    internal static KernelDistance Between(FeatureSet first, double[,] xx, FeatureSet second)
    {
        FeatureSet.RequireSameSpace(first, second);
        double[,] yy = Within(second);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (x, y) = (Scaled(first), Scaled(second));
        int[] sizes1 = Sizes(first), sizes2 = Sizes(second);
        double[,] xy = PairSums(x, sizes1, y, sizes2);
        double Without(int left) => Sum(xx, left) / Pairs(sizes1, left) + Sum(yy, left) / Pairs(sizes2, left)
            - 2 * Sum(xy, left) / Products(sizes1, sizes2, left);
        double[] shorter = [.. Enumerable.Range(0, Subsets).Select(Without)];
        double mean = shorter.Average(), error = Math.Sqrt(shorter.Sum(v => (v - mean) * (v - mean)) * (Subsets - 1) / Subsets);
        return new KernelDistance(new MeanWithError(Without(-1), error), first.Count, second.Count, first.Space);
    }

    /// <summary>Sums of the kernel over the pairs of different points of one sample, by parts.</summary>
    internal static double[,] Within(FeatureSet set)
    {
        if (set.Count < 2 * Subsets)
            throw new ArgumentException($"expected at least {2 * Subsets} points, got {set.Count}", nameof(set));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (x, sizes) = (Scaled(set), Sizes(set));
        return PairSums(x, sizes, x, sizes);
    }

    /// <summary>"0.0123 ± 0.0004, N = 10000 and 10000, in ...".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value}, N = {Count1} and {Count2}, in {Space}");

    private static Tensor Scaled(FeatureSet set) => set.Rows.to(float64) / Math.Sqrt(set.Dimension); // so that a product of rows is x·y/d

    private static int[] Sizes(FeatureSet set) =>
        [.. Enumerable.Range(0, Subsets).Select(i => (int)((i + 1L) * set.Count / Subsets - (long)i * set.Count / Subsets))];

    // Sums of k over the pairs of part i of a and part j of b; within one set, over different points only, and each unordered pair of parts
    // once.
    private static double[,] PairSums(Tensor a, int[] sizesA, Tensor b, int[] sizesB)
    {
        double[,] sums = new double[Subsets, Subsets];
        bool same = ReferenceEquals(a, b);
        int[] partOf = [.. sizesB.SelectMany((size, j) => Enumerable.Repeat(j, size))];
        for (int i = 0, row = 0; i < Subsets; row += sizesA[i++])
        {
            var rows = a.narrow(0, row, sizesA[i]);
            for (int start = same ? row : 0; start < partOf.Length; start += BlockColumns)
            {
                using var block = NewDisposeScope();
                double[] columns = KernelSums(rows, b.narrow(0, start, Math.Min(BlockColumns, partOf.Length - start)));
                for (int c = 0; c < columns.Length; c++)
                    sums[i, partOf[start + c]] += (same && partOf[start + c] != i ? 2 : 1) * columns[c];
            }
            if (same)
                sums[i, i] -= Cube(rows.square().sum(1).add_(1)).sum().item<double>(); // no point is paired with itself
        }
        return sums;
    }

    // [B]
    private static double[] KernelSums(Tensor rows, Tensor columns) =>
        Cube(rows.matmul(columns.t()).add_(1)).sum([0]).data<double>().ToArray();

    private static Tensor Cube(Tensor k) => k.square().mul_(k);

    private static double Sum(double[,] sums, int left)
    {
        double total = 0;
        for (int i = 0; i < Subsets; i++)
        {
            for (int j = 0; j < Subsets; j++)
                total += i == left || j == left ? 0 : sums[i, j];
        }

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
