namespace GanNotebooks.Theory;

/// <summary>Breakpoints for integrals over densities: ends of supports, kinks, points near the mass, a ladder out of each core.</summary>
/// <remarks>
/// Between the core of a narrow density and the landmarks of a wide one lie many scales, and the narrow one's tail lives on them. One panel
/// over all of them never sees that tail, and a quadrature rule then reports an error that is far too small. So from each core a ladder
/// leads outwards on both sides, each rung four times as far as the last, until its rungs are as long as the whole. Densities of like scale
/// need no rung.
/// </remarks>
internal static class Partition
{
    private const double Growth = 4;

    /// <summary>Ascending breakpoints over the hull of all supports, infinite ends included.</summary>
    public static double[] Of(params Density[] densities) =>
        Within(densities.Min(p => p.Support.Lo), densities.Max(p => p.Support.Hi), densities);

    /// <summary>Ascending breakpoints over [from, to], infinite ends included; empty when from ≥ to.</summary>
    public static double[] Within(double from, double to, params Density[] densities)
    {
        if (from >= to)
            return [];
        double[] marks = [.. densities.SelectMany(p => p.SplitPoints.Concat(p.Landmarks)).Where(double.IsFinite)];
        var rungs = densities.SelectMany(p => p.Cores).Distinct().SelectMany(core => Ladder(core.Lo, core.Hi, marks));
        return [.. marks.Concat(rungs).Where(x => x > from && x < to).Append(from).Append(to).Distinct().Order()];
    }

    private static IEnumerable<double> Ladder(double lo, double hi, double[] marks)
    {
        // Beyond the outermost mark the rule's own map takes over, whose scale is the span of all marks: the ladder must come near it.
        var (core, first, last) = (hi - lo, marks.Min(), marks.Max());
        double near = (last - first) / Growth;
        for (double step = core; step > 0 && (hi + step < last || step < near); step *= Growth)
            yield return hi + step;
        for (double step = core; step > 0 && (lo - step > first || step < near); step *= Growth)
            yield return lo - step;
    }
}
