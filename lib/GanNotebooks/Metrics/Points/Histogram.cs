using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>A histogram of numbers as an estimate of their density: each bin's height is its share of the samples over its width.</summary>
public sealed class Histogram
{
    private Histogram(double from, double width, double[] heights, long count) =>
        (From, Width, Heights, Count) = (from, width, heights, count);

    /// <summary>Left end of the first bin.</summary>
    public double From { get; }

    /// <summary>Width of a bin.</summary>
    public double Width { get; }

    /// <summary>Estimated density in each bin, [bins], in 1 / unit of the samples.</summary>
    public IReadOnlyList<double> Heights { get; }

    /// <summary>Samples counted, those outside the range included.</summary>
    public long Count { get; }

    /// <summary>The middle of each bin, [bins].</summary>
    public IReadOnlyList<double> Middles => [.. Enumerable.Range(0, Heights.Count).Select(i => From + (i + 0.5) * Width)];

    /// <summary>Counts samples into equally wide bins.</summary>
    /// <param name="samples">Any number of samples, at least one.</param>
    /// <param name="from">Left end of the first bin.</param>
    /// <param name="to">Right end of the last bin.</param>
    /// <param name="bins">Number of bins.</param>
    /// <exception cref="ArgumentException">There is no sample, or no bin, or the range is empty or infinite, or
    /// a sample is not finite.</exception>
    public static Histogram Of(IEnumerable<double> samples, double from, double to, int bins)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (bins < 1 || !(from < to) || !double.IsFinite(to - from))
            throw new ArgumentException($"a histogram needs bins ≥ 1 and from < to, got {bins} bins from {from} to {to}");
        var (counts, width, n) = (new long[bins], (to - from) / bins, 0L);
        var (wrong, first) = (0L, 0L);
        foreach (double x in samples)
        {
            if (!double.IsFinite(x) && wrong++ == 0)
                first = n;
            n++;
            if (x >= from && x < to)
                counts[Math.Min((int)((x - from) / width), bins - 1)]++;
        }
        if (wrong > 0)
            throw NonFiniteSamples.Exception(wrong, n, first, nameof(samples));
        return n > 0
            ? new Histogram(from, width, [.. counts.Select(c => c / (n * width))], n)
            : throw new ArgumentException("a histogram needs at least one sample", nameof(samples));
    }

    /// <inheritdoc cref="Of(IEnumerable{double}, double, double, int)"/>
    public static Histogram Of(double[] samples, double from, double to, int bins) => Of((IEnumerable<double>)samples, from, to, bins);

    /// <summary>Counts the numbers in a tensor of any shape.</summary>
    /// <inheritdoc cref="Of(IEnumerable{double}, double, double, int)"/>
    public static Histogram Of(Tensor samples, double from, double to, int bins)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        return Of(samples.detach().cpu().to(float32).reshape(-1).data<float>().Select(v => (double)v), from, to, bins);
    }

    /// <summary>
    /// Total variation to a density, ½ Σ |share of the bin − mass of the bin|, in [0, 1], with all that lies outside as one more bin. Even
    /// for samples from the density itself it is not 0: of N samples it is about ½ Σ √(2 mᵢ / (π N)) over the bins' masses mᵢ.
    /// </summary>
    /// <param name="pdf">The density.</param>
    public double TotalVariation(Func<double, double> pdf)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        double inside = 0, shares = 0, masses = 0;
        for (int i = 0; i < Heights.Count; i++)
        {
            var (share, mass) = (Heights[i] * Width, Mass(pdf, From + i * Width));
            inside += Math.Abs(share - mass);
            (shares, masses) = (shares + share, masses + mass);
        }
        return (inside + Math.Abs(shares - masses)) / 2;
    }

    // Simpson's rule: bins are narrow, densities smooth.
    private double Mass(Func<double, double> pdf, double left) =>
        (pdf(left) + 4 * pdf(left + Width / 2) + pdf(left + Width)) * Width / 6;
}
