
namespace GanNotebooks.Metrics;

/// <summary>One number of an <see cref="ImageReport"/>.</summary>
/// <param name="Name">The name of the measured quantity.</param>
/// <param name="Value">The value with its standard error.</param>
/// <param name="HigherIsBetter">Whether a larger value is better.</param>
public sealed record Measure(string Name, MeanWithError Value, bool HigherIsBetter)
{
    /// <summary>The number of standard errors that count as a difference.</summary>
    public const double Significance = 3;

    /// <summary>Compares with the same measure of real data of the same N.</summary>
    public Verdict Against(Measure real)
    {
        ArgumentNullException.ThrowIfNull(real);
        double difference = (Value.Value - real.Value.Value) * (HigherIsBetter ? 1 : -1);
        double error = Math.Sqrt(Value.StandardError * Value.StandardError + real.Value.StandardError * real.Value.StandardError);
        if (Math.Abs(difference) <= Significance * error)
            return Verdict.Alike;
        return difference > 0 ? Verdict.Better : Verdict.Worse;
    }
}

/// <summary>The value of a measure for a sample, compared with its value for real data.</summary>
public enum Verdict
{
    /// <summary>Significantly worse than real data.</summary>
    Worse,

    /// <summary>Not distinguishable from real data.</summary>
    Alike,

    /// <summary>Significantly better than real data: the measure prefers the sample.</summary>
    Better,
}
