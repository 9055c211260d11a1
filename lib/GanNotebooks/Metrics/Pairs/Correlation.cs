namespace GanNotebooks.Metrics;

/// <summary>Pearson's correlation coefficient of paired numbers, r = cov(a, b)/(std(a) std(b)) in [-1, 1].</summary>
public static class Correlation
{
    /// <summary>Computes r.</summary>
    /// <param name="first">a, at least two numbers that are not all equal.</param>
    /// <param name="second">b, as many numbers, not all equal.</param>
    /// <exception cref="ArgumentException">The numbers of numbers differ or are below 2, a number is not finite, or one list is
    /// constant, so that r is not defined.</exception>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count < 2)
            throw new ArgumentException($"expected two lists of the same length of at least 2, got {first.Count} and {second.Count}");
        double[] a = Centred(first, nameof(first)), b = Centred(second, nameof(second));
        double products = a.Zip(b, (x, y) => x * y).Sum(), squares = a.Sum(x => x * x) * b.Sum(y => y * y);
        return squares > 0
            ? Math.Clamp(products / Math.Sqrt(squares), -1, 1) // rounding can lead out by an ulp
            : throw new ArgumentException("the correlation with a constant is not defined");
    }

    private static double[] Centred(IReadOnlyList<double> values, string parameter)
    {
        int wrong = values.Count(v => !double.IsFinite(v));
        if (wrong > 0)
        {
            int first = Enumerable.Range(0, values.Count).First(i => !double.IsFinite(values[i]));
            throw NonFiniteSamples.Exception(wrong, values.Count, first, parameter);
        }

        double mean = values.Average();
        return [.. values.Select(v => v - mean)];
    }
}
