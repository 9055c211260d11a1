using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Noise that depends only on a seed, a purpose and a counter. The n-th batch is the same whether or not the earlier batches were drawn, so
/// a resumed run needs no saved state. The numbers are drawn on the CPU, so they are the same on every device.
/// </summary>
public sealed class NoiseSource : IDisposable
{
    private readonly RandomStreams random;
    private readonly Device device;
    private readonly NoiseKind kind;
    private readonly int dimension, purpose;

    /// <summary>Creates a stream of noise batches.</summary>
    /// <param name="kind">Distribution of z.</param>
    /// <param name="dimension">Number of values in one z.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">Number that distinguishes several streams of one seed.</param>
    /// <param name="device">Device on which the noise lies.</param>
    public NoiseSource(NoiseKind kind, int dimension, int seed, int purpose, Device device)
    {
        (this.kind, this.dimension, this.purpose, this.device) = (kind, dimension, purpose, device);
        random = new RandomStreams(seed);
    }

    /// <summary>Draws the batch with number <paramref name="index"/>.</summary>
    /// <returns>Noise z, [<paramref name="count"/>, dimension], float32.</returns>
    public Tensor Batch(long index, int count)
    {
        var generator = random.At(purpose, index);
        var z = empty([count, dimension], device: device);
        return kind switch
        {
            NoiseKind.Normal => z.FillNormal(0, 1, generator),
            NoiseKind.Uniform => z.FillUniform(-1, 1, generator),
            NoiseKind.UnitUniform => z.FillUniform(-Math.Sqrt(3), Math.Sqrt(3), generator),
            _ => throw new InvalidOperationException($"unknown noise {kind}"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => random.Dispose();
}

/// <summary>The distribution of the noise z that goes into the generator.</summary>
public enum NoiseKind
{
    /// <summary>Standard normal distribution, N(0, I).</summary>
    Normal,

    /// <summary>Uniform on [-1, 1] in each coordinate.</summary>
    Uniform,

    /// <summary>
    /// Uniform on [-√3, √3] in each coordinate, which has variance 1: the noise of the program of Goodfellow et al. (2014).
    /// </summary>
    UnitUniform,
}
