namespace GanNotebooks.Theory;

/// <summary>
/// A mixture of Gaussians on the line with its score, Σ wₖ N(x; mₖ, sₖ²) / Σ wₖ, safe in the far tails. One component is a Gaussian; many
/// narrow ones are a kernel density.
/// </summary>
public sealed class ScoredMixture : IScoredDensity
{
    private static readonly double HalfLogTau = Math.Log(Math.Tau) / 2;
    private readonly (double LogFactor, double Mean, double Std)[] components;

    /// <summary>Creates the mixture.</summary>
    /// <param name="components">Weight, mean and standard deviation of each; the weights are positive and sum to 1 within 1e-9.</param>
    public ScoredMixture(params IReadOnlyList<(double Weight, double Mean, double Std)> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        double sum = 0.0;
        foreach (var (weight, mean, std) in components)
        {
            if (!(weight > 0) || !double.IsFinite(mean) || !(std > 0) || !double.IsFinite(std))
            {
                throw new ArgumentException(
                    $"Expected weight > 0, a finite mean and a finite std > 0, got {weight}, {mean}, {std}.", nameof(components));
            }

            sum += weight;
        }

        if (!(Math.Abs(sum - 1) <= 1e-9))
            throw new ArgumentException($"The weights must sum to 1, got {sum}.", nameof(components));
        this.components = [.. components.Select(c => (Math.Log(c.Weight) - Math.Log(sum) - Math.Log(c.Std) - HalfLogTau, c.Mean, c.Std))];
    }

    /// <summary>The kernel density estimate of points, (1/n) Σ N(x; xₖ, b²): the points' distribution blurred by b.</summary>
    /// <param name="points">The points.</param>
    /// <param name="bandwidth">b, positive.</param>
    /// <returns>The estimate.</returns>
    public static ScoredMixture Kernel(IReadOnlyList<double> points, double bandwidth)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new([.. points.Select(x => (1.0 / points.Count, x, bandwidth))]);
    }

    /// <inheritdoc/>
    public double LogDensity(double x) => Evaluate(x).LogDensity;

    /// <inheritdoc/>
    public double Score(double x) => Evaluate(x).Score;

    private (double LogDensity, double Score) Evaluate(double x)
    {
        double largest = double.NegativeInfinity;
        foreach (var (logFactor, mean, std) in components)
            largest = Math.Max(largest, LogPart(x, logFactor, mean, std));
        var (sum, slope) = (0.0, 0.0);
        foreach (var (logFactor, mean, std) in components)
        {
            double part = Math.Exp(LogPart(x, logFactor, mean, std) - largest);
            sum += part;
            slope += part * (mean - x) / (std * std);
        }

        return (largest + Math.Log(sum), slope / sum);
    }

    private static double LogPart(double x, double logFactor, double mean, double std)
    {
        double z = (x - mean) / std;
        return logFactor - z * z / 2;
    }
}

/// <summary>A density on the line that particles can follow: its logarithm and the derivative of that.</summary>
public interface IScoredDensity
{
    /// <summary>log p(x).</summary>
    /// <param name="x">The point.</param>
    /// <returns>-∞ where the density vanishes.</returns>
    double LogDensity(double x);

    /// <summary>The score, d log p / dx.</summary>
    /// <param name="x">The point.</param>
    /// <returns>The slope.</returns>
    double Score(double x);
}
