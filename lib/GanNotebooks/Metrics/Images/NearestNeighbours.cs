using GanNotebooks.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>For each sample, the closest row of a data set in Euclidean distance: does a generator copy its training data?</summary>
/// <param name="Indices">Row of the data set, [samples].</param>
/// <param name="Distances">The distance to that row, [samples], in the unit of the features.</param>
public sealed record NearestNeighbours(IReadOnlyList<long> Indices, IReadOnlyList<double> Distances)
{
    private const int BlockRows = 10_000, BlockSamples = 2_000, FewFeatures = 64;

    /// <summary>Searches block by block, in memory of 2,000 × 10,000 numbers.</summary>
    /// <param name="samples">[N, d], float32.</param>
    /// <param name="data">[M, d], float32.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is not finite.</exception>
    public static NearestNeighbours Find(Tensor samples, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(data);
        if (samples.dim() != 2 || data.dim() != 2 || samples.size(1) != data.size(1) || data.size(0) == 0)
            throw new ArgumentException($"expected [N, d] and [M, d], got {Shape.Text(samples.shape)} and {Shape.Text(data.shape)}");
        NonFiniteSamples.ThrowIfAny(samples, nameof(samples));
        NonFiniteSamples.ThrowIfAny(data, nameof(data));
        using var noGradient = no_grad();
        var (indices, distances) = (new List<long>(), new List<double>());
        for (long start = 0; start < samples.size(0); start += BlockSamples)
        {
            using var scope = NewDisposeScope();
            var (index, best) = FindBlock(samples.narrow(0, start, Math.Min(BlockSamples, samples.size(0) - start)), data);
            indices.AddRange(index.cpu().data<long>());
            distances.AddRange(best.cpu().data<float>().Select(d => (double)d));
        }
        return new NearestNeighbours(indices, distances);
    }

    /// <summary>The same for points of one feature space; distances have the precision of float32.</summary>
    /// <exception cref="ArgumentException">The samples come from different spaces.</exception>
    public static NearestNeighbours Find(FeatureSet samples, FeatureSet data)
    {
        FeatureSet.RequireSameSpace(samples, data);
        using var scope = NewDisposeScope();
        return Find(samples.Rows.to(float32), data.Rows.to(float32));
    }

    private static (Tensor Index, Tensor Distance) FindBlock(Tensor samples, Tensor data)
    {
        var best = full([samples.size(0)], float.PositiveInfinity, device: samples.device);
        var index = zeros([samples.size(0)], int64, samples.device);
        for (long start = 0; start < data.size(0); start += BlockRows)
        {
            using var scope = NewDisposeScope();
            var block = data.narrow(0, start, Math.Min(BlockRows, data.size(0) - start));
            var nearest = Candidate(samples, block); // [N]
            var distance = (samples - block.index_select(0, nearest)).norm(1); // [N], exact
            index.copy_(where(distance < best, nearest + start, index));
            best.copy_(minimum(best, distance));
        }
        return (index, best);
    }

    // |a − b|² = |a|² + |b|² − 2 a·b is one matrix product, but cancels when the points lie close together far from the origin; for few
    // features the differences themselves are as fast.
    private static Tensor Candidate(Tensor samples, Tensor block)
    {
        var mode = samples.size(1) < FewFeatures ? compute_mode.donot_use_mm_for_euclid_dist : compute_mode.use_mm_for_euclid_dist;
        return cdist(samples, block, 2, mode).argmin(1);
    }
}
