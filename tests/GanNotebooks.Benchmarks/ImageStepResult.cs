namespace GanNotebooks.Benchmarks;

/// <summary>What was measured for one size of DCGAN; times are medians, in microseconds.</summary>
/// <param name="Case">The size.</param>
/// <param name="Textbook">The textbook's step.</param>
/// <param name="Fresh">The trainer's step with fresh noise for G, as in Algorithm 1.</param>
/// <param name="Shared">The trainer's step with <c>ShareFakes</c>.</param>
/// <param name="Rounding">The first with layers in bfloat16.</param>
/// <param name="FreshLimit">The products of the first at the rate of the largest layer's convolution on this machine.</param>
/// <param name="SharedLimit">The products of the second at that rate.</param>
/// <param name="GigaflopsPerSecond">That rate.</param>
internal sealed record ImageStepResult(ImageStepCase Case, double Textbook, double Fresh, double Shared, double Rounding, double FreshLimit,
    double SharedLimit, double GigaflopsPerSecond)
{
    /// <summary>How many times faster than the textbook, with fresh noise.</summary>
    public double FreshRatio => Textbook / Fresh;

    /// <summary>How many times faster than the textbook, with shared fakes.</summary>
    public double SharedRatio => Textbook / Shared;

    /// <summary>How many times faster in bfloat16 than in float32; both with fresh noise.</summary>
    public double RoundingRatio => Fresh / Rounding;

    /// <summary>Images per second, with fresh noise.</summary>
    public double FreshRate => Case.Batch / Fresh * 1e6;

    /// <summary>Images per second, with shared fakes.</summary>
    public double SharedRate => Case.Batch / Shared * 1e6;

    /// <summary>Fraction of the limit that is reached, with fresh noise.</summary>
    public double FreshFraction => FreshLimit / Fresh;

    /// <summary>Fraction of the limit that is reached, with shared fakes.</summary>
    public double SharedFraction => SharedLimit / Shared;
}
