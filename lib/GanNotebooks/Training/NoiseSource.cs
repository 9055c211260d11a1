using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Noise that depends on a seed, a purpose and a counter only: the n-th batch is the same whether or not the ones before were drawn, so
/// that a resumed run needs no saved state. The numbers are drawn on the CPU, so that they are the same on every device.
/// </summary>
public sealed class NoiseSource : IDisposable
{
    private readonly RandomStreams random;
    private readonly Device device;
    private readonly NoiseKind kind;
    private readonly int dimension, purpose;

    /// <summary>Creates a stream.</summary>
    /// <param name="kind">Distribution.</param>
    /// <param name="dimension">Numbers in one z.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="purpose">Keeps streams of one seed apart.</param>
    /// <param name="device">Where the noise comes out.</param>
    public NoiseSource(NoiseKind kind, int dimension, int seed, int purpose, Device device)
    {
        (this.kind, this.dimension, this.purpose, this.device) = (kind, dimension, purpose, device);
        random = new RandomStreams(seed);
    }

    /// <summary>The <paramref name="index"/>-th batch.</summary>
    /// <returns>z, [<paramref name="count"/>, dimension], float32.</returns>
    public Tensor Batch(long index, int count)
    {
        var generator = random.At(purpose, index);
        var z = empty([count, dimension], device: device);
        return kind switch
        {
            NoiseKind.Normal => z.FillNormal(0, 1, generator),
            NoiseKind.Uniform => z.FillUniform(-1, 1, generator),
            _ => throw new InvalidOperationException($"unknown noise {kind}"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => random.Dispose();
}

/// <summary>The distribution of the noise z that goes into the generator.</summary>
public enum NoiseKind
{
    /// <summary>N(0, I).</summary>
    Normal,

    /// <summary>Uniform on [-1, 1] in each coordinate. (The authors of the first GAN draw from [-√3, √3], of variance 1.)</summary>
    Uniform,
}
