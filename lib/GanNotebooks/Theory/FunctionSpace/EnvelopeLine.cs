namespace GanNotebooks.Theory;

/// <summary>V(D, q) for one fixed D along a segment q(t) = (1 - t) q₀ + t q₁: a straight line.</summary>
/// <param name="OptimalAt">The t whose D* this D is, where the line touches C.</param>
/// <param name="AtZero">V(D, q₀).</param>
/// <param name="AtOne">V(D, q₁).</param>
public readonly record struct EnvelopeLine(double OptimalAt, double AtZero, double AtOne)
{
    /// <summary>The line's value.</summary>
    /// <param name="t">Where, 0 to 1.</param>
    /// <returns>(1 - t) V(D, q₀) + t V(D, q₁).</returns>
    public double At(double t) => ((1 - t) * AtZero) + (t * AtOne);
}
