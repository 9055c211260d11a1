using System.Diagnostics;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>What a certified integral costs against the width that is asked for; the benchmarks print it.</summary>
public static class CertifiedCost
{
    public static IReadOnlyList<Row> Measure(Density p, Density q, int repetitions = 1) => [.. Enumerable.Range(6, 8).Select(digits =>
    {
        var (width, criterion) = (Math.Pow(10, -digits), new VirtualCriterion(p, q));
        var result = criterion.Certified(width);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < repetitions; i++)
            criterion.Certified(width);
        return new Row(width, result.Width, result.Panels, result.Evaluations, watch.Elapsed.TotalSeconds / repetitions);
    })];

    /// <summary>One requested width.</summary>
    public sealed record Row(double RequestedWidth, double ReachedWidth, int Panels, long Evaluations, double Seconds);
}
