using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Bars and stripes (MacKay 2003, chapter 43; Hinton and Sejnowski 1986): an orientation is drawn, then each of the n lines of an n × n
/// image is on or off with probability ½. There are 2^(n+1) drawn images; the empty and the full one occur twice. A batch of 2^(n+1) is the
/// whole law, so that learning on it has no sampling error in its data.
/// </summary>
/// <param name="side">n, from 1 to 10.</param>
public sealed class BarsAndStripes(int side) : IBatchSource
{
    private const int MostSide = 10;

    private readonly Tensor patterns = Draw(side).DetachFromDisposeScope();
    private long drawn;

    /// <inheritdoc/>
    public string Name { get; } = FormattableString.Invariant($"bars and stripes, {side} x {side}");

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => [patterns.size(1)];

    /// <inheritdoc/>
    public long? SampleCount => patterns.size(0);

    /// <inheritdoc/>
    public BatchPosition Position => new(0, drawn / patterns.size(0), drawn % patterns.size(0));

    /// <summary>All drawn images, [2^(n+1), n²], float32 of 0 and 1; first the bars, then the stripes.</summary>
    public Tensor Patterns => patterns;

    /// <summary>
    /// The largest total log-likelihood of the drawn images that a law can reach, in nats: that of their own law. −41.588831 for n = 3.
    /// </summary>
    public double BestTotal => patterns.size(0) * -Entropy;

    /// <summary>The entropy of the law in nats: each drawn image has probability 2^−(n+1), two of them twice that.</summary>
    public double Entropy
    {
        get
        {
            double all = patterns.size(0);
            return ((all - 4) * Math.Log(all) + 4 * Math.Log(all / 2)) / all;
        }
    }

    /// <inheritdoc/>
    public void Seek(BatchPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Seed != 0 || position.Epoch < 0 || position.Next < 0 || position.Next >= patterns.size(0))
            throw new ArgumentException($"{position} is no position of {Name}", nameof(position));
        drawn = position.Epoch * patterns.size(0) + position.Next;
    }

    /// <summary>Returns the next images in their fixed order.</summary>
    /// <param name="batchSize">Number of images, N, at least 1.</param>
    /// <returns>float32 [N, n²]; the caller disposes it.</returns>
    public Tensor Next(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var index = arange(drawn, drawn + batchSize, int64).remainder_(patterns.size(0));
        drawn += batchSize;
        return patterns.index_select(0, index);
    }

    /// <summary>Frees the images.</summary>
    public void Dispose() => patterns.Dispose();

    private static Tensor Draw(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, MostSide);
        int half = 1 << side;
        float[,] rows = new float[2 * half, side * side];
        for (int pattern = 0; pattern < half; pattern++)
        {
            for (int pixel = 0; pixel < side * side; pixel++)
            {
                rows[pattern, pixel] = pattern >> pixel % side & 1;
                rows[half + pattern, pixel] = pattern >> pixel / side & 1;
            }
        }
        return tensor(rows);
    }
}
