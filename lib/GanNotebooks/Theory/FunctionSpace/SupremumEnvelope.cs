namespace GanNotebooks.Theory;

/// <summary>
/// Why C is convex, as a picture: along a segment of distributions, V(D, q(t)) is a straight line for every fixed D, and C(q(t)) is the
/// upper envelope of all these lines; a supremum of linear functions is convex. Source: the proof of Proposition 2, Goodfellow et al. 2014.
/// </summary>
/// <param name="Positions">t, ascending from 0 to 1.</param>
/// <param name="Supremum">C(q(t)) at each.</param>
/// <param name="Lines">One line per chosen discriminator; each touches C where its D is optimal and lies below it elsewhere.</param>
public sealed record SupremumEnvelope(double[] Positions, double[] Supremum, IReadOnlyList<EnvelopeLine> Lines)
{
    /// <summary>Follows C and some of its lines along a segment.</summary>
    /// <param name="p">The data.</param>
    /// <param name="from">q₀, positive wherever p is.</param>
    /// <param name="to">q₁, positive wherever p is.</param>
    /// <param name="lines">The number of discriminators, at least 2; optimal at equally spaced t from 0 to 1.</param>
    /// <param name="samples">The number of values of t, at least 2.</param>
    /// <returns>The data of the picture.</returns>
    public static SupremumEnvelope Along(
        IReadOnlyList<double> p, IReadOnlyList<double> from, IReadOnlyList<double> to, int lines = 5, int samples = 101)
    {
        SimplexCriterion.Check(p, from);
        SimplexCriterion.Check(p, to);
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        double[] positions = Spread(samples);
        return new(
            positions,
            Array.ConvertAll(positions, t => SimplexCriterion.Value(p, Between(from, to, t))),
            [.. Spread(lines).Select(t => LineOf(t, p, from, to))]);
    }

    private static EnvelopeLine LineOf(double t, IReadOnlyList<double> p, IReadOnlyList<double> from, IReadOnlyList<double> to)
    {
        double[] best = SimplexCriterion.OptimalDiscriminator(p, Between(from, to, t));
        return new(t, SimplexCriterion.Objective(best, p, from), SimplexCriterion.Objective(best, p, to));
    }

    private static double[] Between(IReadOnlyList<double> from, IReadOnlyList<double> to, double t)
        => [.. from.Zip(to, (a, b) => (1 - t) * a + t * b)];

    private static double[] Spread(int count) => [.. Enumerable.Range(0, count).Select(k => k / (count - 1.0))];
}

/// <summary>V(D, q) for one fixed D along a segment q(t) = (1 - t) q₀ + t q₁: a straight line.</summary>
/// <param name="OptimalAt">The t whose D* this D is, where the line touches C.</param>
/// <param name="AtZero">V(D, q₀).</param>
/// <param name="AtOne">V(D, q₁).</param>
public readonly record struct EnvelopeLine(double OptimalAt, double AtZero, double AtOne)
{
    /// <summary>The line's value.</summary>
    /// <param name="t">The place on the path, 0 to 1.</param>
    /// <returns>(1 - t) V(D, q₀) + t V(D, q₁).</returns>
    public double At(double t) => (1 - t) * AtZero + t * AtOne;
}
