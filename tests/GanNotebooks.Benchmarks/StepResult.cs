namespace GanNotebooks.Benchmarks;

/// <summary>What was measured for one size; times are medians, in microseconds.</summary>
/// <param name="Case">The size.</param>
/// <param name="Textbook">The textbook's step.</param>
/// <param name="Ours">The trainer's step.</param>
/// <param name="Limit">The matrix products of a step at the rate of a plain product on this machine, one thread.</param>
/// <param name="GigaflopsPerSecond">That rate.</param>
/// <param name="Weights">Weights of both networks.</param>
internal sealed record StepResult(StepCase Case, double Textbook, double Ours, double Limit, double GigaflopsPerSecond, long Weights)
{
    /// <summary>How many times faster than the textbook.</summary>
    public double Ratio => Textbook / Ours;

    /// <summary>Fraction of the limit that is reached.</summary>
    public double Fraction => Limit / Ours;
}
