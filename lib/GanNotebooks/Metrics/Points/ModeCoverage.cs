using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The coverage of the modes of a known mixture by samples. A sample belongs to its nearest mode; it is of high quality within 3 standard
/// deviations of it (definitions of VEEGAN, Srivastava et al. 2017, which PacGAN adopted). The numbers belong together: noise reaches every
/// mode, and a point mass on one centre is of perfect quality.
/// </summary>
/// <param name="Captured">Modes that are nearest to at least one high-quality sample.</param>
/// <param name="Occupied">Modes that are nearest to at least <see cref="OccupiedShare"/> of the samples, of any quality.</param>
/// <param name="HighQuality">Share of high-quality samples, with its standard error.</param>
/// <param name="ReverseKL">KL(shares of the modes ‖ their weights), in nats, of all samples, not corrected for its
/// <see cref="ReverseKLFloor"/>.</param>
/// <param name="GoodReverseKL">The same of the high-quality samples alone, as PacGAN's program counts; NaN if there are none.</param>
/// <param name="Shares">Share of the samples that is nearest to each mode.</param>
/// <param name="Count">Number of samples, N.</param>
/// <param name="Dimension">Coordinates of a sample.</param>
public sealed record ModeCoverage(
    int Captured, int Occupied, MeanWithError HighQuality, MeanWithError ReverseKL, MeanWithError GoodReverseKL,
    IReadOnlyList<double> Shares, int Count, int Dimension)
{
    /// <summary>Within how many standard deviations a sample is of high quality.</summary>
    public const double QualityRadius = 3;

    /// <summary>Share of the samples from which on a mode counts as occupied.</summary>
    public const double OccupiedShare = 0.02;

    /// <summary>Number of modes, K.</summary>
    public int Modes => Shares.Count;

    /// <summary>Expected reverse KL of a perfect sampler, (K − 1)/(2N); even real data do not score 0.</summary>
    public double ReverseKLFloor => (Modes - 1) / (2.0 * Count);

    /// <summary>Expected high-quality share of a perfect sampler; a larger one is a sign of too little spread.</summary>
    public double HighQualityCeiling => MassWithin(QualityRadius, Dimension);

    /// <summary>Assigns each sample to its nearest mode and counts.</summary>
    /// <param name="samples">[N, d], N at least 1.</param>
    /// <param name="modes">The mixture.</param>
    /// <exception cref="ArgumentException">The samples have another dimension than the modes, or a coordinate is not finite.</exception>
    public static ModeCoverage Of(Tensor samples, IReadOnlyList<GaussianMode> modes)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(modes);
        int dimension = modes[0].Centre.Length;
        if (samples.shape is not [> 0, var d] || d != dimension)
            throw new ArgumentException($"expected samples [N, {dimension}], got {Shape.Text(samples.shape)}", nameof(samples));
        NonFiniteSamples.ThrowIfAny(samples, nameof(samples));
        using var scope = NewDisposeScope();
        double[] points = samples.detach().cpu().to(float64).contiguous().data<double>().ToArray();
        int n = points.Length / dimension, good = 0;
        var (nearest, goodByMode) = (new int[modes.Count], new int[modes.Count]);
        for (int i = 0; i < n; i++)
        {
            var (mode, distance) = Nearest(points.AsSpan(i * dimension, dimension), modes);
            nearest[mode]++;
            if (distance <= QualityRadius * modes[mode].Sigma)
            {
                good++;
                goodByMode[mode]++;
            }
        }
        double[] shares = [.. nearest.Select(c => (double)c / n)];
        return new ModeCoverage(
            goodByMode.Count(c => c > 0), shares.Count(s => s >= OccupiedShare), MeanWithError.Share(good, n),
            ReverseKLOf(shares, modes, n), ReverseKLOf([.. goodByMode.Select(c => (double)c / good)], modes, good), shares, n, dimension);
    }

    /// <summary>P(|x| ≤ r) for x ~ N(0, I) in d dimensions: the χ² distribution with d degrees of freedom at r².</summary>
    public static double MassWithin(double radius, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        double half = radius * radius / 2;
        bool even = dimension % 2 == 0;
        double mass = even ? 1 - Math.Exp(-half) : MassOnTheLine(radius);
        double gamma = even ? 1 : Math.Sqrt(Math.PI) / 2; // Γ(d/2 + 1), starting at d = 0 + 2 or 1
        for (int k = even ? 2 : 1; k < dimension; k += 2)
        {
            mass -= Math.Pow(half, k / 2.0) * Math.Exp(-half) / gamma; // F(d + 2) = F(d) − (r²/2)^(d/2) e^(−r²/2) / Γ(d/2 + 1)
            gamma *= k / 2.0 + 1;
        }
        return mass;
    }

    // erf(r/√2) = √(2/π) e^(−r²/2) Σ r^(2k+1) / (1 · 3 · 5 ⋯ (2k+1)): all terms positive, so nothing cancels.
    private static double MassOnTheLine(double radius)
    {
        double term = radius, sum = term;
        for (int k = 1; term > sum * 1e-17; k++)
            sum += term *= radius * radius / (2 * k + 1);
        return Math.Sqrt(2 / Math.PI) * Math.Exp(-radius * radius / 2) * sum;
    }

    /// <summary>One line for tables and titles.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Captured} of {Modes} modes captured, {Occupied} occupied, high quality {HighQuality}, reverse KL {ReverseKL}, N = {Count}");

    private static (int Mode, double Distance) Nearest(ReadOnlySpan<double> point, IReadOnlyList<GaussianMode> modes)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (int k = 0; k < modes.Count; k++)
        {
            double squared = 0;
            for (int j = 0; j < point.Length; j++)
                squared += (point[j] - modes[k].Centre[j]) * (point[j] - modes[k].Centre[j]);
            if (squared < least)
                (best, least) = (k, squared);
        }
        return (best, Math.Sqrt(least));
    }

    // Delta method: the variance of Σ ŝ log(ŝ/w) is the variance of log(ŝ/w) under ŝ, over N; where that vanishes, the second order,
    // √(2(K−1))/(2N), remains.
    private static MeanWithError ReverseKLOf(double[] shares, IReadOnlyList<GaussianMode> modes, int n)
    {
        if (n == 0)
            return new MeanWithError(double.NaN, double.NaN);
        double[] logs = shares.Select((s, k) => s > 0 ? Math.Log(s / modes[k].Weight) : 0).ToArray();
        double kl = shares.Zip(logs, (s, log) => s * log).Sum();
        double variance = shares.Zip(logs, (s, log) => s * (log - kl) * (log - kl)).Sum() / n;
        double secondOrder = (modes.Count - 1) / (2.0 * n * n);
        return new MeanWithError(kl, Math.Sqrt(variance + secondOrder));
    }
}
