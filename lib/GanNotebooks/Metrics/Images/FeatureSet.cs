using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Samples as points of a named feature space. Distances in different spaces have nothing to do with each other, so every metric demands
/// that both of its samples come from the same one, and its result names that space.
/// </summary>
public sealed class FeatureSet : IDisposable
{
    private const int BlockRows = 1000;

    /// <summary>Copies the points of a tensor into a set.</summary>
    /// <param name="rows">[N, d], N at least 2, all finite.</param>
    /// <param name="space">The meaning of the d numbers: the network and its layer, or "pixels".</param>
    /// <exception cref="ArgumentException">The points have another shape, or a number is not finite.</exception>
    public FeatureSet(Tensor rows, string space)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrWhiteSpace(space);
        if (rows.dim() != 2 || rows.size(0) < 2 || rows.size(1) < 1)
            throw new ArgumentException($"expected points [N ≥ 2, d ≥ 1], got {Shape.Text(rows.shape)}", nameof(rows));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var numbers = rows.detach().cpu().to(rows.dtype == float64 ? float64 : float32);
        NonFiniteSamples.ThrowIfAny(numbers, nameof(rows));
        Rows = numbers.clone().contiguous().DetachFromDisposeScope();
        Space = space;
    }

    /// <summary>Points [N, d], float32 or float64 as they came; on the CPU, owned by this set.</summary>
    public Tensor Rows { get; }

    /// <summary>The meaning of the d numbers.</summary>
    public string Space { get; }

    /// <summary>The number of points, N.</summary>
    public int Count => (int)Rows.size(0);

    /// <summary>The number of coordinates of a point, d.</summary>
    public int Dimension => (int)Rows.size(1);

    /// <summary>Images as points: their pixels in [-1, 1].</summary>
    /// <param name="images">[N, ...].</param>
    public static FeatureSet Pixels(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var flat = images.flatten(1);
        return new FeatureSet(flat, $"{flat.size(1)} pixels");
    }

    /// <summary>Copies some of the points.</summary>
    /// <param name="indices">Rows, each from 0 to N − 1.</param>
    public FeatureSet Select(IReadOnlyCollection<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var scope = NewDisposeScope();
        return new FeatureSet(Rows.index_select(0, tensor(indices.Select(i => (long)i).ToArray())), Space);
    }

    /// <summary>Draws some of the points at random.</summary>
    /// <param name="count">How many points, 2 to N, without repetition.</param>
    /// <param name="seed">The seed of the choice.</param>
    public FeatureSet Sample(int count, long seed)
    {
        if (count < 2 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"there are {Count} points");
        return Select(new SeededRandom(seed).NextPermutation(Count)[..count]);
    }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();

    /// <summary>Throws when two sets cannot be compared.</summary>
    internal static void RequireSameSpace(FeatureSet first, FeatureSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Space != second.Space || first.Dimension != second.Dimension)
        {
            throw new ArgumentException("points of different spaces cannot be compared: "
                + $"{first.Space} ({first.Dimension}) and {second.Space} ({second.Dimension})");
        }
    }

    /// <summary>The mean of the points, [d] float64.</summary>
    internal Tensor Mean() => Rows.mean([0], type: float64);

    /// <summary>Points minus a centre, in float64, a thousand rows at a time; each block lives until the next.</summary>
    internal IEnumerable<(int Start, Tensor Block)> CentredBlocks(Tensor centre, int rows = BlockRows)
    {
        for (int start = 0; start < Count; start += rows)
        {
            using var scope = NewDisposeScope();
            yield return (start, Rows.narrow(0, start, Math.Min(rows, Count - start)).to(float64) - centre); // [B, d]
        }
    }
}
