using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Points on the line with a class as condition: a class c from a given law, then x from N(mean of c, std²). Everything about its
/// conditional game is known in closed form.
/// </summary>
/// <param name="means">The mean of each class.</param>
/// <param name="std">The standard deviation of all classes, positive.</param>
/// <param name="weights">The probability of each class; by default all are equally likely.</param>
/// <param name="seed">The seed.</param>
/// <param name="device">The device of the batches; by default the CPU.</param>
public sealed class GaussianClasses(
    IReadOnlyList<double> means, double std = 1, IReadOnlyList<double>? weights = null, long seed = 0, Device? device = null)
    : StreamedBatches(seed), IConditionedBatches
{
    private readonly double[] law = LawOf(means, std, weights);

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"{means.Count} Gaussian classes, std {std}");

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [1];

    /// <inheritdoc/>
    public IReadOnlyList<long> ConditionShape => [means.Count];

    /// <inheritdoc/>
    public override Tensor Next(int batchSize)
    {
        var (samples, conditions) = NextPair(batchSize);
        conditions.Dispose();
        return samples;
    }

    /// <inheritdoc/>
    public ConditionedBatch NextPair(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = NextStream();
        float[] x = new float[batchSize], c = new float[batchSize * means.Count];
        for (int n = 0; n < batchSize; n++)
        {
            int drawn = Draw(random);
            c[n * means.Count + drawn] = 1;
            x[n] = (float)(means[drawn] + std * random.NextNormals().First);
        }
        using var scope = NewDisposeScope();
        return new ConditionedBatch(tensor(x).view(batchSize, 1).to(device ?? CPU).MoveToOuterDisposeScope(),
            tensor(c).view(batchSize, means.Count).to(device ?? CPU).MoveToOuterDisposeScope());
    }

    /// <summary>The classes in turn.</summary>
    /// <inheritdoc/>
    public Tensor SampleConditions(int count, long index = 0)
    {
        using var scope = NewDisposeScope();
        var classes = arange(index * count, (index + 1) * count, int64, device ?? CPU).remainder(means.Count);
        return nn.functional.one_hot(classes, means.Count).to(float32).MoveToOuterDisposeScope();
    }

    private int Draw(SeededRandom random)
    {
        double left = random.NextDouble();
        for (int c = 0; c < law.Length - 1; c++)
        {
            left -= law[c];
            if (left < 0)
                return c;
        }
        return law.Length - 1;
    }

    private static double[] LawOf(IReadOnlyList<double> means, double std, IReadOnlyList<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentOutOfRangeException.ThrowIfLessThan(means.Count, 1);
        if (!(std > 0) || !double.IsFinite(std) || means.Any(m => !double.IsFinite(m)))
            throw new ArgumentException("means must be finite, and the standard deviation positive", nameof(means));
        double[] law = weights is null ? [.. means.Select(_ => 1.0 / means.Count)] : [.. weights];
        if (law.Length != means.Count || law.Any(w => !(w >= 0)) || Math.Abs(law.Sum() - 1) > 1e-9)
            throw new ArgumentException($"expected a probability for each of {means.Count} classes, with sum 1", nameof(weights));
        return law;
    }
}
