using System.Diagnostics;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>
/// Seconds that the metrics take for 10,000 against 10,000 points with 84 features, and the memory of the process at its peak.
/// </summary>
internal static class MetricsCost
{
    private const int Count = 10_000, Features = 84;

    public static void Write(int threads)
    {
        set_num_threads(threads);
        using var first = new FeatureSet(randn([Count, Features], generator: new Generator(1)), "noise");
        using var second = new FeatureSet(randn([Count, Features], generator: new Generator(2)), "noise");
        double total = Seconds("Fréchet distance", () => FrechetDistance.Between(first, second))
            + Seconds("kernel distance", () => KernelDistance.Between(first, second))
            + Seconds("precision and recall", () => PrecisionRecall.Of(first, second));
        Console.WriteLine($"the three together: {total:F2} s with {threads} threads");
        Seconds("density and coverage", () => DensityCoverage.Of(first, second));
        Console.WriteLine($"peak memory of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
    }

    private static double Seconds(string name, Func<object> measure)
    {
        double cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        var clock = Stopwatch.StartNew();
        object result = measure();
        double seconds = clock.Elapsed.TotalSeconds;
        double processor = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds - cpu;
        Console.WriteLine($"{name}: {seconds:F2} s, {processor:F2} s of processor time: {result}");
        return seconds;
    }
}
