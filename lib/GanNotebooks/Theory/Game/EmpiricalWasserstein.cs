namespace GanNotebooks.Theory;

/// <summary>
/// W1 between two independent samples of one law on the line: what an unrestricted critic sees where there is nothing to see.
/// </summary>
public static class EmpiricalWasserstein
{
    private const double Negligible = 1e-18;

    /// <summary>W1 of two samples of equal size: the mean distance of the sorted values.</summary>
    /// <param name="first">n numbers.</param>
    /// <param name="second">n numbers.</param>
    /// <exception cref="ArgumentException">The samples are empty or differ in size.</exception>
    public static double Between(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || first.Count != second.Count)
            throw new ArgumentException($"expected two samples of equal size, got {first.Count} and {second.Count} numbers.");
        return first.Order().Zip(second.Order(), (a, b) => Math.Abs(a - b)).Average();
    }

    /// <summary>
    /// E W1 = ∫ E|F_n(x) − G_n(x)| dx for two samples of n numbers with distribution function F. At each x the counts n F_n(x) and n G_n(x)
    /// are independent and binomial, and E|X − Y| = 2 Σₖ P(X ≤ k) P(X > k) for independent X, Y of one law.
    /// </summary>
    /// <param name="cdf">F.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <param name="from">Lower end of the integral, where F is negligible.</param>
    /// <param name="to">Upper end, where 1 − F is negligible.</param>
    /// <param name="quadrature">The quadrature; by default to 1e-9.</param>
    public static Estimate Expected(Func<double, double> cdf, int count, double from, double to, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(cdf);
        Require.AtLeast(count, 1);
        quadrature ??= Quadrature.Default with { AbsoluteTolerance = 1e-9, RelativeTolerance = 1e-9 };
        return quadrature.Integrate(x => MeanDifference(cdf(x), count) / count, from, to);
    }

    /// <summary>The factor of n^(−1/2) in E W1 for large n: (2/√π) ∫ √(F (1 − F)) dx, by the central limit theorem at each x.</summary>
    /// <param name="cdf">F.</param>
    /// <param name="from">Lower end of the integral, where F is negligible.</param>
    /// <param name="to">Upper end, where 1 − F is negligible.</param>
    public static Estimate Factor(Func<double, double> cdf, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(cdf);
        return Quadrature.Default.Integrate(x => 2 / Math.Sqrt(Math.PI) * Math.Sqrt(Math.Max(0, cdf(x) * (1 - cdf(x)))), from, to);
    }

    // E|X − Y| for independent binomial X, Y: the probabilities outwards from the mode, by their ratio, until they are negligible.
    private static double MeanDifference(double p, int n)
    {
        if (p <= 0 || p >= 1)
            return 0;
        int mode = Math.Min(n, (int)((n + 1) * p));
        var (below, above) = (new List<double>(), new List<double>());
        double odds = p / (1 - p), weight = 1;
        for (int k = mode; k > 0 && weight > Negligible; k--)
            below.Add(weight *= k / ((n - k + 1) * odds));
        weight = 1;
        for (int k = mode; k < n && weight > Negligible; k++)
            above.Add(weight *= (n - k) * odds / (k + 1));
        below.Reverse();
        double[] weights = [.. below, 1, .. above];
        double total = weights.Sum(), cumulative = 0, sum = 0;
        foreach (double w in weights)
        {
            cumulative += w / total;
            sum += 2 * cumulative * Math.Max(0, 1 - cumulative);
        }
        return sum;
    }
}
