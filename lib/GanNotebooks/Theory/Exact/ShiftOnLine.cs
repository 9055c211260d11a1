namespace GanNotebooks.Theory;

/// <summary>
/// A shift by −r, …, r pixels, all equally likely, of a position on a line without ends. It multiplies the polynomial of the law by
/// (1 + x + … + x²ʳ)/(2r + 1), and a product of polynomials is zero only if a factor is: no two laws become the same, for any r.
/// </summary>
public static class ShiftOnLine
{
    /// <summary>The law of the moved position on n + 2 r points, the first of them r to the left.</summary>
    /// <param name="law">The law on n points.</param>
    /// <param name="largest">r ≥ 0.</param>
    public static RationalDistribution Apply(RationalDistribution law, int largest)
    {
        ArgumentNullException.ThrowIfNull(law);
        int width = 2 * Require.AtLeast(largest, 0) + 1;
        var moved = new Rational[law.Count + width - 1];
        for (int i = 0; i < law.Count; i++)
        {
            for (int d = 0; d < width; d++)
                moved[i + d] += law[i] / width;
        }
        return new(moved);
    }

    /// <summary>Divides by the polynomial of the shift, from the left end on: the law before the shift, exactly.</summary>
    /// <param name="moved">A law that <see cref="Apply"/> made.</param>
    /// <param name="largest">r ≥ 0.</param>
    /// <exception cref="ArgumentException">The law has too few points, or it is not one of a shifted position.</exception>
    public static RationalDistribution Recover(RationalDistribution moved, int largest)
    {
        ArgumentNullException.ThrowIfNull(moved);
        int width = 2 * Require.AtLeast(largest, 0) + 1;
        if (moved.Count < width)
            throw new ArgumentException($"a law after a shift by up to {largest} has at least {width} points, not {moved.Count}.");
        var law = new Rational[moved.Count - width + 1];
        for (int i = 0; i < law.Length; i++)
        {
            law[i] = width * moved[i];
            for (int d = 1; d < width && d <= i; d++)
                law[i] -= law[i - d];
        }
        return new(law);
    }
}
