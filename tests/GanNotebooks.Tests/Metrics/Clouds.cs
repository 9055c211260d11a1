using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

/// <summary>Seeded points for the tests of metrics, float64.</summary>
internal static class Clouds
{
    public const string Space = "test points";

    public static FeatureSet Set(Tensor rows, string space = Space) => new(rows, space);

    /// <summary>N(shift, diag(scales²)).</summary>
    public static FeatureSet Normal(int count, int seed, double shift, params double[] scales)
    {
        using var scope = NewDisposeScope();
        return Set(randn([count, scales.Length], float64, CPU, generator: new Generator((ulong)seed)) * tensor(scales) + shift);
    }

    public static double[] Ones(int dimension) => [.. Enumerable.Repeat(1.0, dimension)];

    /// <summary>Rows as arrays, for double loops.</summary>
    public static double[][] Rows(FeatureSet set) => [.. set.Rows.to(float64).data<double>().ToArray().Chunk(set.Dimension)];

    public static double Squared(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
