using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>For each sample, the closest row of a data set in Euclidean distance: does a generator copy its training data?</summary>
/// <param name="Indices">Row of the data set, [samples].</param>
/// <param name="Distances">Distance to it, [samples], in the unit of the features.</param>
public sealed record NearestNeighbours(IReadOnlyList<long> Indices, IReadOnlyList<double> Distances)
{
    private const int BlockRows = 10_000;

    /// <summary>Searches block by block, in memory of samples × 10,000 numbers.</summary>
    /// <param name="samples">[N, d], float32.</param>
    /// <param name="data">[M, d], float32.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static NearestNeighbours Find(Tensor samples, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(data);
        if (samples.dim() != 2 || data.dim() != 2 || samples.shape[1] != data.shape[1] || data.shape[0] == 0)
            throw new ArgumentException($"expected [N, d] and [M, d], got [{string.Join(", ", samples.shape)}] and [{string.Join(", ", data.shape)}]");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var best = full([samples.shape[0]], float.PositiveInfinity, device: samples.device);
        var index = zeros([samples.shape[0]], int64, samples.device);
        for (long start = 0; start < data.shape[0]; start += BlockRows)
        {
            var (distance, nearest) = cdist(samples, data.narrow(0, start, Math.Min(BlockRows, data.shape[0] - start))).min(1); // [N]
            index = where(distance < best, nearest + start, index);
            best = minimum(best, distance);
        }
        return new NearestNeighbours(index.cpu().data<long>().ToArray(), [.. best.cpu().data<float>().Select(d => (double)d)]);
    }
}
