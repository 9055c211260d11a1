namespace GanNotebooks.Data;

/// <summary>
/// The order in which a source of finite size shows its samples: every epoch is a new permutation, seeded by (seed, epoch), and shows every
/// sample exactly once. A batch that reaches the end continues in the next epoch, so all batches are full.
/// </summary>
/// <param name="name">Name of the source, for messages.</param>
/// <param name="count">Number of samples.</param>
/// <param name="seed">Seed of the order.</param>
internal sealed class ShuffledOrder(string name, int count, long seed)
{
    private int[] order = OrderOf(seed, epoch: 0, count);
    private long epoch;
    private int next;

    /// <summary>Number of samples in one epoch.</summary>
    public int Count => count;

    /// <summary>The position of the next sample.</summary>
    public BatchPosition Position => new(seed, epoch, next);

    /// <summary>Goes to a position that this order, or one made alike, has reported.</summary>
    /// <exception cref="ArgumentException">The position has another seed or lies outside the data.</exception>
    public void Seek(BatchPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Seed != seed || position.Epoch < 0 || position.Next < 0 || position.Next >= count)
        {
            throw new ArgumentException(
                $"Expected a position of {name} with seed {seed} and an index below {count}, got {position}.", nameof(position));
        }
        (epoch, next, order) = (position.Epoch, (int)position.Next, OrderOf(seed, position.Epoch, count));
    }

    /// <summary>Returns the indices of the next batch.</summary>
    /// <param name="batchSize">Number of samples, at least 1.</param>
    public long[] Next(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        long[] indices = new long[batchSize];
        for (int n = 0; n < batchSize; n++)
        {
            indices[n] = order[next];
            if (++next < count)
                continue;
            (next, order) = (0, OrderOf(seed, ++epoch, count));
        }
        return indices;
    }

    private static int[] OrderOf(long seed, long epoch, int count) => new SeededRandom(seed, stream: epoch).NextPermutation(count);
}
