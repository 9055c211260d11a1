using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// A sample as a union of balls, one around each point, that reach to its k-th nearest other point: the picture of a support that precision
/// and recall, density and coverage share. Squared distances in float64, block by block.
/// </summary>
internal sealed class KnnManifold : IDisposable
{
    private const int BlockRows = 250;

    private readonly Tensor centre, points, norms, radii;

    /// <summary>Finds the radii.</summary>
    /// <param name="set">The points.</param>
    /// <param name="k">The other point that a ball reaches to, 1 to N − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not k other points.</exception>
    public KnnManifold(FeatureSet set, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, set.Count);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        centre = set.Mean(); // |x − y|² = |x|² + |y|² − 2 x·y loses least digits around the mean
        points = set.Rows.to(float64) - centre; // [N, d]
        norms = points.square().sum(1); // [N]
        radii = empty([set.Count], float64);
        foreach (var (start, block) in set.CentredBlocks(centre, BlockRows))
        {
            var squares = SquaredDistances(block); // [B, N]
            squares.diagonal(start).fill_(double.PositiveInfinity); // not the point itself
            radii.narrow(0, start, block.size(0)).copy_(
                squares.topk(k, 1, largest: false, sorted: true).values.narrow(1, k - 1, 1).squeeze(1));
        }
        (centre, points, norms, radii) = (Keep(centre), Keep(points), Keep(norms), Keep(radii));
    }

    /// <summary>For each of other points, in how many balls it lies (strictly).</summary>
    /// <returns>As many counts as there are points.</returns>
    public long[] CountContaining(FeatureSet others)
    {
        var counts = new List<long>(others.Count);
        foreach (var (_, block) in others.CentredBlocks(centre, BlockRows))
            counts.AddRange(SquaredDistances(block).lt(radii).sum(1, type: int64).data<long>().ToArray());
        return [.. counts];
    }

    /// <summary>For each ball, whether any of other points lies in it.</summary>
    public bool[] AreReached(FeatureSet others)
    {
        using var scope = NewDisposeScope();
        var nearest = full_like(radii, double.PositiveInfinity); // [N]
        foreach (var (_, block) in others.CentredBlocks(centre, BlockRows))
            nearest.copy_(minimum(nearest, SquaredDistances(block).amin([0])));
        return nearest.lt(radii).data<bool>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        centre.Dispose();
        points.Dispose();
        norms.Dispose();
        radii.Dispose();
    }

    private static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();

    // [B, N]
    private Tensor SquaredDistances(Tensor block) =>
        addmm(norms + block.square().sum(1, keepdim: true), block, points.t(), beta: 1, alpha: -2);
}
