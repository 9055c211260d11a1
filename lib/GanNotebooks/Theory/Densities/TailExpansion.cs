namespace GanNotebooks.Theory;

/// <summary>The leading behaviour log p(x) ≈ −(Quadratic x² + Linear |x| + Logarithmic log|x|) far out on one side.</summary>
internal readonly record struct TailExpansion(double Quadratic, double Linear, double Logarithmic)
{
    /// <summary>exp of this tail is integrable at infinity.</summary>
    public bool IsIntegrable => Quadratic != 0 ? Quadratic > 0 : Linear != 0 ? Linear > 0 : Logarithmic > 1;

    /// <summary>The first non-zero coefficient's power of |x|: 2, 1 or 0.</summary>
    private int Power => Quadratic != 0 ? 2 : Linear != 0 ? 1 : 0;

    /// <summary>The tail of p²/q.</summary>
    public static TailExpansion ChiSquare(TailExpansion p, TailExpansion q) =>
        new(2 * p.Quadratic - q.Quadratic, 2 * p.Linear - q.Linear, 2 * p.Logarithmic - q.Logarithmic);

    /// <summary>p log q is integrable at infinity.</summary>
    public static bool IsLogIntegrable(TailExpansion p, TailExpansion q) =>
        (p with { Logarithmic = p.Logarithmic - q.Power }).IsIntegrable;

    /// <summary>The heavier of two tails (the one that falls more slowly).</summary>
    public static TailExpansion Heavier(TailExpansion a, TailExpansion b) =>
        (a.Quadratic, a.Linear, a.Logarithmic).CompareTo((b.Quadratic, b.Linear, b.Logarithmic)) <= 0 ? a : b;
}
