using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Lloyd's algorithm: k centres, each the mean of the points that are closest to it. Here it is the cheat of Theis, van den Oord and Bethge
/// (2016): as "samples", such centres beat real data under a Parzen window.
/// </summary>
/// <param name="Centres">[k, d], in the space of the points; the caller disposes it.</param>
/// <param name="MeanSquares">Mean squared distance of a point to its centre, before each round and after the last; never rises.</param>
public sealed record KMeans(FeatureSet Centres, IReadOnlyList<double> MeanSquares)
{
    /// <summary>Starts from k of the points and iterates for some rounds; a centre without points stays where it is.</summary>
    /// <param name="points">The points.</param>
    /// <param name="k">Centres, 2 to N.</param>
    /// <param name="rounds">The number of rounds, at least 1.</param>
    /// <param name="seed">The seed that chooses the first centres.</param>
    public static KMeans Fit(FeatureSet points, int k, int rounds, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var centres = points.Sample(k, seed);
        var squares = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            using var old = centres;
            var found = NearestNeighbours.Find(points, old);
            squares.Add(found.Distances.Average(d => d * d));
            centres = Means(points, [.. found.Indices], old);
        }
        squares.Add(NearestNeighbours.Find(points, centres).Distances.Average(d => d * d));
        return new KMeans(centres, squares);
    }

    private static FeatureSet Means(FeatureSet points, long[] nearest, FeatureSet old)
    {
        using var scope = NewDisposeScope();
        var index = tensor(nearest);
        var sums = zeros([old.Count, old.Dimension], float64).index_add_(0, index, points.Rows.to(float64), 1);
        var counts = index.bincount(null, minlength: old.Count).to(float64).unsqueeze(1); // [k, 1]
        var means = where(counts > 0, sums / counts, old.Rows.to(float64));
        return new FeatureSet(means.to(old.Rows.dtype), old.Space);
    }
}
