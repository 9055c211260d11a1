using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Two sets of samples side by side, for models that compare or translate between them: each sample [2, ...] is one row of the first set
/// and one of the second, drawn independently and with replacement. The rows are no pairs in any other sense.
/// </summary>
public sealed class TwoSets : StreamedBatches
{
    private readonly Tensor first, second;
    private readonly string name;

    /// <summary>Creates the source.</summary>
    /// <param name="name">Name of the two sets.</param>
    /// <param name="first">float32 [N, ...]; it stays the caller's, and must live as long as this source is used.</param>
    /// <param name="second">float32 [M, ...] with rows of the same shape, on the same device.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">A set is empty, or their rows differ in shape.</exception>
    public TwoSets(string name, Tensor first, Tensor second, long seed = 0) : base(seed)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.dim() < 2 || first.numel() == 0 || second.numel() == 0 || !first.shape.Skip(1).SequenceEqual(second.shape.Skip(1)))
            throw new ArgumentException($"expected [N, ...] and [M, ...], got {Shape.Text(first.shape)} and {Shape.Text(second.shape)}");
        (this.name, this.first, this.second) = (name, first, second);
    }

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [2, .. first.shape[1..]];

    /// <inheritdoc/>
    public override Tensor Next(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = NextStream();
        using var scope = NewDisposeScope();
        Tensor Draw(Tensor set)
        {
            int rows = (int)set.size(0);
            long[] drawn = [.. Enumerable.Range(0, batchSize).Select(_ => (long)random.NextInt(rows))];
            return set.index_select(0, tensor(drawn, device: set.device));
        }
        return stack([Draw(first), Draw(second)], 1).MoveToOuterDisposeScope(); // [N, 2, ...]
    }
}
