using System.Globalization;

namespace GanNotebooks.Metrics;

/// <summary>A number that was estimated from samples.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">The standard deviation of the value over repetitions of the sampling.</param>
public readonly record struct MeanWithError(double Value, double StandardError)
{
    /// <summary>The share of <paramref name="count"/> samples that have a property; binomial standard error.</summary>
    public static MeanWithError Share(int having, int count)
    {
        double share = (double)having / count;
        return new MeanWithError(share, Math.Sqrt(share * (1 - share) / count));
    }

    /// <summary>The mean of independent numbers; n − 1 in the variance. NaN among them gives NaN.</summary>
    public static MeanWithError Mean(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2);
        double mean = values.Average();
        double variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        return new MeanWithError(mean, Math.Sqrt(variance / values.Count));
    }

    /// <summary>The value alone.</summary>
    public static implicit operator double(MeanWithError number) => number.Value;

    /// <summary>The value alone.</summary>
    public double ToDouble() => Value;

    /// <summary>"0.912 ± 0.006".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:G4} ± {StandardError:G2}");
}
