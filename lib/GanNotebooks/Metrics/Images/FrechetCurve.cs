using GanNotebooks.Data;

namespace GanNotebooks.Metrics;

/// <summary>
/// The Fréchet distance against the number of samples. Its bias is c/N to first order, so a straight line in 1/N, continued to 1/N = 0,
/// removes it (Chong and Forsyth 2020). The point at N is the mean over disjoint parts of N samples, so all points rest on the same data.
/// </summary>
/// <param name="Points">For each N the mean distance and the number of parts.</param>
/// <param name="Limit">The distance for N → ∞ with its standard error.</param>
/// <param name="Bias">c: the distance at N is about <paramref name="Limit"/> + c/N.</param>
/// <param name="Space">The feature space.</param>
public sealed record FrechetCurve(IReadOnlyList<(int Count, double Distance, int Parts)> Points, MeanWithError Limit, double Bias,
    string Space)
{
    /// <summary>Measures at several N, both samples with the same.</summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other sample.</param>
    /// <param name="counts">
    /// N, at least three different ones, at most the size of the smaller sample. Below a few times the dimension the bias is no longer c/N.
    /// </param>
    /// <param name="seed">The seed that divides the samples into parts.</param>
    /// <exception cref="ArgumentException">There are too few N, or one is out of range.</exception>
    public static FrechetCurve Of(FeatureSet first, FeatureSet second, IReadOnlyList<int> counts, long seed = 0)
    {
        FeatureSet.RequireSameSpace(first, second);
        ArgumentNullException.ThrowIfNull(counts);
        int most = Math.Min(first.Count, second.Count);
        if (counts.Distinct().Count() < 3 || counts.Any(n => n < 2 || n > most))
        {
            throw new ArgumentException($"expected three or more different counts from 2 to {most}, got {string.Join(", ", counts)}",
                nameof(counts));
        }

        var (order1, order2) =
            (new SeededRandom(seed, 1).NextPermutation(first.Count), new SeededRandom(seed, 2).NextPermutation(second.Count));
        var points = counts.Distinct().Order().Select(n => (n, Mean(first, second, order1, order2, n), most / n)).ToList();
        return Fit(points, FrechetDistance.Between(first, second));
    }

    // The parts share their data, so what is random in the sample moves the whole line: the error of the largest N adds to the scatter
    // around the line.
    private static FrechetCurve Fit(List<(int Count, double Distance, int Parts)> points, FrechetDistance whole)
    {
        double[] x = [.. points.Select(p => 1.0 / p.Count)], y = [.. points.Select(p => p.Distance)];
        double meanX = x.Average(), meanY = y.Average(), sumXX = x.Sum(v => (v - meanX) * (v - meanX));
        double slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / sumXX, limit = meanY - slope * meanX;
        double scatter = x.Zip(y, (a, b) => Math.Pow(b - limit - slope * a, 2)).Sum() / (x.Length - 2);
        double variance = scatter * (1.0 / x.Length + meanX * meanX / sumXX) + whole.Value.StandardError * whole.Value.StandardError;
        return new FrechetCurve(points, new MeanWithError(limit, Math.Sqrt(variance)), slope, whole.Space);
    }

    private static double Mean(FeatureSet first, FeatureSet second, int[] order1, int[] order2, int count)
    {
        int parts = Math.Min(first.Count, second.Count) / count;
        return Enumerable.Range(0, parts).Average(part =>
        {
            using var a = first.Select(order1.AsSpan(part * count, count).ToArray());
            using var b = second.Select(order2.AsSpan(part * count, count).ToArray());
            return FrechetDistance.Between(a, b).Value.Value;
        });
    }
}
