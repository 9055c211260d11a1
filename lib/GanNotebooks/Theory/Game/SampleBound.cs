namespace GanNotebooks.Theory;

/// <summary>What N real and M generated samples prove about JSD(p, q), with the help of a discriminator that has not seen them.</summary>
/// <remarks>
/// With logits in [−B, B] the summands log σ(l) and log σ(−l) lie in an interval of length log(1 + e^B) − log(1 + e^−B) = B. By Hoeffding's
/// inequality V̂ exceeds V(D) by s = B √(½ (1/N + 1/M) log(1/α)) with probability at most α, and V(D) ≤ C = −log 4 + 2 JSD. Source:
/// Hoeffding 1963, theorem 2; the bound is derived in notebook 04.
/// </remarks>
/// <param name="Value">V̂ = mean log σ(l) over the real samples + mean log σ(−l) over the generated ones, in nats.</param>
/// <param name="Margin">s, in nats.</param>
public sealed record SampleBound(double Value, double Margin)
{
    /// <summary>V̂ − s ≤ V(D), with probability at least 1 − α.</summary>
    public double ValueAtLeast => Value - Margin;

    /// <summary>½ (log 4 + V̂ − s), or 0 where that is negative: JSD(p, q) is at least this, with probability at least 1 − α.</summary>
    public double JensenShannonAtLeast => Math.Max(0, 0.5 * (Constants.Log4 + ValueAtLeast));

    /// <summary>The bound from the logits of both kinds of samples, clipped to [−B, B].</summary>
    /// <param name="realLogits">The logits of N real samples, which the discriminator has not seen before.</param>
    /// <param name="fakeLogits">The logits of M generated samples, which the discriminator has not seen before.</param>
    /// <param name="clip">B &gt; 0, chosen before the samples are seen.</param>
    /// <param name="alpha">α in (0, 1), the probability that the bound may be wrong.</param>
    /// <exception cref="ArgumentException">There is no sample of a kind, or a logit is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">B is not positive, or α is not in (0, 1).</exception>
    public static SampleBound Of(IReadOnlyCollection<double> realLogits, IReadOnlyCollection<double> fakeLogits, double clip, double alpha)
    {
        double margin = MarginOf(Count(realLogits), Count(fakeLogits), clip, alpha);
        double Mean(IReadOnlyCollection<double> logits, int sign) =>
            logits.Average(l => -LogSpace.Softplus(-sign * Math.Clamp(l, -clip, clip)));
        return new(Mean(realLogits, 1) + Mean(fakeLogits, -1), margin);
    }

    /// <summary>s = B √(½ (1/N + 1/M) log(1/α)); B √(log(1/α)/N) for N = M.</summary>
    /// <param name="real">N.</param>
    /// <param name="fake">M.</param>
    /// <param name="clip">B &gt; 0.</param>
    /// <param name="alpha">α in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">N or M is below 1, B is not positive, or α is not in (0, 1).</exception>
    public static double MarginOf(int real, int fake, double clip, double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, Text.Of($"alpha must lie in (0, 1), but was {alpha}."));
        double inverse = 1.0 / Require.AtLeast(real, 1) + 1.0 / Require.AtLeast(fake, 1);
        return Require.Positive(clip) * Math.Sqrt(0.5 * inverse * Math.Log(1 / alpha));
    }

    private static int Count(IReadOnlyCollection<double> logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.Count > 0 && !logits.Any(double.IsNaN)
            ? logits.Count
            : throw new ArgumentException("logits must be at least one number, and none may be NaN.", nameof(logits));
    }
}
