namespace GanNotebooks.Theory;

/// <summary>Breakpoints for integrals over densities: ends of supports, kinks, and points near the mass.</summary>
internal static class Partition
{
    /// <summary>Ascending breakpoints over the hull of all supports, infinite ends included.</summary>
    public static double[] Of(params Density[] densities) =>
        Within(densities.Min(p => p.Support.Lo), densities.Max(p => p.Support.Hi), densities);

    /// <summary>Ascending breakpoints over [from, to], infinite ends included; empty when from ≥ to.</summary>
    public static double[] Within(double from, double to, params Density[] densities)
    {
        if (from >= to)
            return [];
        var inner = densities.SelectMany(p => p.SplitPoints.Concat(p.Landmarks)).Where(x => double.IsFinite(x) && x > from && x < to);
        return [.. inner.Append(from).Append(to).Distinct().Order()];
    }
}
