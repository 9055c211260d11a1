using GanNotebooks.Data;

namespace GanNotebooks.Metrics;

/// <summary>The number of samples that a classifier, or a person, put into each class.</summary>
/// <param name="Counts">The number of samples of each class, 0 to K − 1.</param>
public sealed record LabelHistogram(IReadOnlyList<int> Counts)
{
    /// <summary>The number of samples, N.</summary>
    public int Count => Counts.Sum();

    /// <summary>Share of each class.</summary>
    public IReadOnlyList<double> Shares => [.. Counts.Select(c => (double)c / Count)];

    /// <summary>The true labels of a data set.</summary>
    public static LabelHistogram Of(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new LabelHistogram(data.CountByLabel());
    }

    /// <summary>
    /// ½ Σ |s − r|, the total variation between the shares here and there, from 0 to 1; delta method. Never below 0, so see
    /// <see cref="Floor"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of classes differ.</exception>
    public MeanWithError TotalVariation(LabelHistogram reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Counts.Count != Counts.Count)
            throw new ArgumentException($"{Counts.Count} classes here and {reference.Counts.Count} there", nameof(reference));
        double[] signs = [.. Shares.Zip(reference.Shares, (s, r) => (double)Math.Sign(s - r))];
        double variance = Spread(Shares, signs) / Count + Spread(reference.Shares, signs) / reference.Count;
        return new MeanWithError(Shares.Zip(reference.Shares, (s, r) => Math.Abs(s - r)).Sum() / 2, Math.Sqrt(variance) / 2);
    }

    /// <summary>
    /// The total variation to expect from a perfect sampler: each share errs by a normal variable, whose mean size is √(2/π) standard
    /// deviations.
    /// </summary>
    public double Floor(LabelHistogram reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        double unit = 1.0 / Count + 1.0 / reference.Count;
        return reference.Shares.Sum(r => Math.Sqrt(2 / Math.PI * r * (1 - r) * unit)) / 2;
    }

    private static double Spread(IReadOnlyList<double> shares, double[] values)
    {
        double mean = shares.Zip(values, (s, v) => s * v).Sum();
        return shares.Zip(values, (s, v) => s * (v - mean) * (v - mean)).Sum();
    }
}
