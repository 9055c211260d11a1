namespace GanNotebooks.Theory;

/// <summary>Decides from supports, edges and tails which divergences are infinite; numbers alone cannot.</summary>
internal static class AbsoluteContinuity
{
    /// <summary>p has mass where q has none, or log(p/q) is not integrable under p's tail.</summary>
    public static bool IsKullbackLeiblerInfinite(Density p, Density q) =>
        Escapes(p, q) || Sides(p, q).Any(t => !TailExpansion.IsLogIntegrable(t.P, t.Q));

    /// <summary>p²/q is not integrable at a point or in a tail.</summary>
    public static bool IsChiSquareInfinite(Density p, Density q) =>
        Escapes(p, q)
        || Edges(p, q).Any(e => double.IsFinite(e.P) && 2 * e.P - e.Q <= -1)
        || Sides(p, q).Any(t => !TailExpansion.ChiSquare(t.P, t.Q).IsIntegrable);

    /// <summary>One of the two has no mean on a side where the other one is not the same.</summary>
    public static bool IsWassersteinInfinite(Density p, Density q) =>
        HasNoMean(p, q) || HasNoMean(q, p);

    private static bool HasNoMean(Density p, Density q) => new[] { -1, 1 }.Any(side =>
        p.Tail(side) is { Quadratic: 0, Linear: 0, Logarithmic: <= 2 } && !ClosedForm.Same(p, q));

    private static bool Escapes(Density p, Density q) =>
        Edges(p, q).Any(e => double.IsFinite(e.P) && double.IsPositiveInfinity(e.Q))
        || p.Support.Lo < q.Support.Lo || p.Support.Hi > q.Support.Hi;

    private static IEnumerable<(double P, double Q)> Edges(Density p, Density q) =>
        from x in p.SplitPoints.Concat(q.SplitPoints).Distinct()
        from side in new[] { -1, 1 }
        select (p.EdgeExponent(x, side), q.EdgeExponent(x, side));

    private static IEnumerable<(TailExpansion P, TailExpansion Q)> Sides(Density p, Density q)
    {
        foreach (int side in new[] { -1, 1 })
        {
            if (p.Tail(side) is { } a && q.Tail(side) is { } b)
                yield return (a, b);
        }
    }
}
