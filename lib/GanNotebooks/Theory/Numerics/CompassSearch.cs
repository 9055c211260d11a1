namespace GanNotebooks.Theory;

/// <summary>
/// Minimises a function of two variables without derivatives: try a step in the four directions of the compass, halve it when none helps.
/// </summary>
/// <remarks>Finds the bottom of the valley that it starts in, which need not be the deepest one. Source: Kolda, Lewis and Torczon 2003,
/// "Optimization by Direct Search", section 1.1.</remarks>
public static class CompassSearch
{
    /// <summary>The lowest point found from a start.</summary>
    /// <param name="f">The function; +∞ or NaN means "not here".</param>
    /// <param name="start">A point at which f is finite.</param>
    /// <param name="step">The first step &gt; 0, in the unit of both variables.</param>
    /// <param name="tolerance">Stop when the step is below this.</param>
    /// <exception cref="ArgumentException">f is not finite at the start.</exception>
    public static (double X, double Y, double Value) Minimise(
        Func<double, double, double> f, (double X, double Y) start, double step = 0.5, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(f);
        Require.Positive(tolerance);
        var (x, y, value) = (start.X, start.Y, f(start.X, start.Y));
        if (!double.IsFinite(value))
            throw new ArgumentException(Text.Of($"the search must start where f is finite, but f({x}, {y}) is {value}."), nameof(start));
        for (double h = Require.Positive(step); h >= tolerance;)
        {
            var (bestX, bestY) =
                new[] { (x + h, y), (x - h, y), (x, y + h), (x, y - h) }.MinBy(p => f(p.Item1, p.Item2) is var v && double.IsNaN(v)
                    ? double.PositiveInfinity
                    : v);
            if (f(bestX, bestY) is var best && best < value)
                (x, y, value) = (bestX, bestY, best);
            else
                h *= 0.5;
        }
        return (x, y, value);
    }
}
