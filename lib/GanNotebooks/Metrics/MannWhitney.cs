namespace GanNotebooks.Metrics;

/// <summary>
/// Mann and Whitney's statistic: the probability that a number of one sample exceeds a number of another, ties counted half. It is the
/// area under the ROC curve (AUC) of the test that tells the two samples apart by a threshold.
/// </summary>
public static class MannWhitney
{
    /// <summary>Estimates P(a > b) + P(a = b)/2.</summary>
    /// <param name="first">The numbers a, at least 2, all finite.</param>
    /// <param name="second">The numbers b, at least 2, all finite.</param>
    /// <returns>The share, with the standard error after DeLong et al. (1988): the variances of each sample's mean placement in the
    /// other.</returns>
    /// <exception cref="ArgumentException">A sample has fewer than 2 numbers, or a number is not finite.</exception>
    public static MeanWithError ShareAbove(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        double[] a = Ascending(first, nameof(first)), b = Ascending(second, nameof(second));
        double[] ofFirst = [.. a.Select(x => Placement(b, x))], ofSecond = [.. b.Select(x => 1 - Placement(a, x))];
        var (mean, other) = (MeanWithError.Mean(ofFirst), MeanWithError.Mean(ofSecond));
        return new MeanWithError(mean.Value, Math.Sqrt(Math.Pow(mean.StandardError, 2) + Math.Pow(other.StandardError, 2)));
    }

    private static double[] Ascending(IReadOnlyCollection<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Count < 2 || values.Any(v => !double.IsFinite(v)))
            throw new ArgumentException($"expected at least 2 finite numbers, got {values.Count} numbers", name);
        return [.. values.Order()];
    }

    // Share of an ascending array that lies below a number, ties half.
    private static double Placement(double[] ascending, double value)
    {
        int below = LowerBound(ascending, value, orEqual: false), upTo = LowerBound(ascending, value, orEqual: true);
        return (below + upTo) / (2.0 * ascending.Length);
    }

    private static int LowerBound(double[] ascending, double value, bool orEqual)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ascending[middle] < value || orEqual && ascending[middle] <= value ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
