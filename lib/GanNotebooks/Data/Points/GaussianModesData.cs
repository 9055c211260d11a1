using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// An endless source of samples from a mixture of round Gaussians, p(x) = Σ wₖ N(x; cₖ, σₖ² I), with its modes exposed for the metrics.
/// Designed to be derived: <see cref="GaussianData"/>, <see cref="MixtureData1D"/>, <see cref="RingData"/> and <see cref="GridData"/> say
/// where the modes are.
/// </summary>
public abstract class GaussianModesData : StreamedBatches
{
    private const double WeightTolerance = 1e-9;
    private readonly torch.Device? device; // null is the CPU: torch.CPU would start torch, which NextArray does not need

    /// <summary>Creates the source.</summary>
    /// <param name="name">The name of the source.</param>
    /// <param name="modes">The modes: at least one, all of the same dimension, with weights that sum to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">A mode has no weight, no width or no finite centre, the dimensions differ, or the weights do not
    /// sum to 1.</exception>
    protected GaussianModesData(string name, IReadOnlyList<GaussianMode> modes, long seed, torch.Device? device)
        : base(seed)
    {
        Check(modes);
        (Name, Modes, this.device) = (name, modes, device);
        Dimension = modes[0].Centre.Length;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The modes, for metrics and figures.</summary>
    public IReadOnlyList<GaussianMode> Modes { get; }

    /// <summary>The number of coordinates of a sample, d.</summary>
    public int Dimension { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [Dimension];

    /// <summary>Draws the next batch as a tensor.</summary>
    /// <param name="batchSize">The number of samples, N, at least 1.</param>
    /// <returns>float32 <c>[N, d]</c> on the source's device; the caller disposes it.</returns>
    public override Tensor Next(int batchSize) => tensor(NextArray(batchSize), [batchSize, Dimension], device: device); // [N, d]

    /// <summary>Draws the next batch without torch.</summary>
    /// <param name="batchSize">The number of samples, N, at least 1.</param>
    /// <returns>N · d numbers, sample by sample.</returns>
    public float[] NextArray(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = NextStream();
        float[] samples = new float[batchSize * Dimension];
        for (int n = 0; n < batchSize; n++)
            Draw(random, samples.AsSpan(n * Dimension, Dimension));
        return samples;
    }

    private static void Check(IReadOnlyList<GaussianMode> modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        if (modes.Count == 0)
            throw new ArgumentException("A mixture needs at least one mode.", nameof(modes));
        foreach (var mode in modes)
        {
            if (!(mode.Weight > 0) || !(mode.Sigma > 0) || !double.IsFinite(mode.Sigma) || !mode.Centre.All(double.IsFinite))
            {
                throw new ArgumentException(
                    $"A mode needs weight > 0, finite sigma > 0 and a finite centre, got weight {mode.Weight}, sigma {mode.Sigma}.",
                    nameof(modes));
            }

            if (mode.Centre.Length != modes[0].Centre.Length || mode.Centre.Length == 0)
            {
                throw new ArgumentException(
                    $"All centres need {modes[0].Centre.Length} > 0 coordinates, got {mode.Centre.Length}.", nameof(modes));
            }
        }

        double sum = modes.Sum(mode => mode.Weight);
        if (!(Math.Abs(sum - 1) <= WeightTolerance))
            throw new ArgumentException($"The weights must sum to 1, got {sum}.", nameof(modes));
    }

    private void Draw(SeededRandom random, Span<float> sample)
    {
        var mode = Modes[Pick(random.NextDouble())];
        for (int k = 0; k < sample.Length; k += 2)
        {
            var (first, second) = random.NextNormals();
            sample[k] = (float)(mode.Centre[k] + mode.Sigma * first);
            if (k + 1 < sample.Length)
                sample[k + 1] = (float)(mode.Centre[k + 1] + mode.Sigma * second);
        }
    }

    private int Pick(double u)
    {
        int k = 0;
        for (; k < Modes.Count - 1 && u >= Modes[k].Weight; k++)
            u -= Modes[k].Weight;
        return k;
    }
}

/// <summary>One round bump of a mixture: w N(c, σ² I).</summary>
/// <param name="Weight">The share w of the samples, in (0, 1].</param>
/// <param name="Centre">The centre c, as many coordinates as a sample has.</param>
/// <param name="Sigma">The standard deviation σ in every direction, positive.</param>
public sealed record GaussianMode(double Weight, double[] Centre, double Sigma);
