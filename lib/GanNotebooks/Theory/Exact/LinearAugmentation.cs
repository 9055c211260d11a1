namespace GanNotebooks.Theory;

/// <summary>
/// A random change of a finite set of states, as what it does to laws: the law p becomes A p, and A is a matrix of exact fractions whose
/// columns are laws. D sees A p and A q instead of p and q. If A is invertible, A p = A q only for p = q: the augmentation does not leak
/// (Karras et al. 2020, section 2.2; Bora, Price and Dimakis 2018 for measurements).
/// </summary>
public sealed class LinearAugmentation
{
    private const int LongestRow = 6;

    private readonly Rational[,] matrix; // matrix[i, j]: probability that state j becomes state i

    private LinearAugmentation(Rational[,] matrix) => this.matrix = matrix;

    /// <summary>Number of states.</summary>
    public int Count => matrix.GetLength(0);

    /// <summary>
    /// Turns an image by 0, 90, 180 or 270 degrees, all equally likely, with probability p, and leaves it as it is otherwise:
    /// (1 − p) I + p U on its four orientations. The eigenvalues are 1 once and 1 − p three times.
    /// </summary>
    /// <param name="probability">p in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">p lies outside [0, 1].</exception>
    public static LinearAugmentation Rotation(Rational probability)
    {
        const int orientations = 4;
        if (probability.Sign < 0 || probability > 1)
            throw new ArgumentOutOfRangeException(nameof(probability), $"p must lie in [0, 1], but was {probability}.");
        return Of(orientations, (i, j) => (i == j ? 1 - probability : 0) + probability / orientations);
    }

    /// <summary>Moves a position on a circle of n pixels by −r, …, r, all equally likely.</summary>
    /// <param name="pixels">n.</param>
    /// <param name="largest">r, with 2 r + 1 ≤ n.</param>
    /// <exception cref="ArgumentOutOfRangeException">r is negative, or 2 r + 1 exceeds n.</exception>
    public static LinearAugmentation ShiftOnCircle(int pixels, int largest)
    {
        Require.AtLeast(largest, 0);
        Require.AtLeast(pixels, 2 * largest + 1);
        return Of(pixels, (i, j) =>
        {
            int distance = Math.Abs(i - j);
            return Math.Min(distance, pixels - distance) <= largest ? new Rational(1, 2 * largest + 1) : 0;
        });
    }

    /// <summary>
    /// The eigenvalues of <see cref="ShiftOnCircle"/>: λₖ = (1 + 2 Σ_{d=1…r} cos(2πkd/n))/(2r + 1), k = 0, …, n − 1.
    /// </summary>
    /// <param name="pixels">n.</param>
    /// <param name="largest">r, with 2 r + 1 ≤ n.</param>
    public static IReadOnlyList<double> ShiftEigenvalues(int pixels, int largest)
    {
        Require.AtLeast(largest, 0);
        Require.AtLeast(pixels, 2 * largest + 1);
        return [.. Enumerable.Range(0, pixels).Select(k =>
            (1 + 2 * Enumerable.Range(1, largest).Sum(d => Math.Cos(2 * Math.PI * k * d / pixels))) / (2 * largest + 1))];
    }

    /// <summary>
    /// Moves a row of n black or white pixels by −r, …, r, all equally likely; black comes in, and what is moved out is lost. The states
    /// are the 2ⁿ rows.
    /// </summary>
    /// <param name="pixels">n, from 1 to 6.</param>
    /// <param name="largest">r, at most n.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or r lies outside these limits.</exception>
    public static LinearAugmentation ShiftOfRow(int pixels, int largest)
    {
        Require.AtLeast(pixels, 1);
        Require.AtLeast(largest, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, LongestRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, pixels);
        int states = 1 << pixels;
        int Moved(int row, int by) => (by < 0 ? row >> -by : row << by) & (states - 1);
        int Ways(int to, int from) => Enumerable.Range(-largest, 2 * largest + 1).Count(by => Moved(from, by) == to);
        return Of(states, (i, j) => new Rational(Ways(i, j), 2 * largest + 1));
    }

    /// <summary>A p, exactly.</summary>
    /// <param name="law">p.</param>
    /// <exception cref="ArgumentException">The law has another number of states.</exception>
    public RationalDistribution Apply(RationalDistribution law)
    {
        RequireStates(law);
        return new([.. Enumerable.Range(0, Count).Select(i =>
            Enumerable.Range(0, Count).Aggregate((Rational)0, (sum, j) => sum + matrix[i, j] * law[j]))]);
    }

    /// <summary>The rank of A by elimination with exact fractions; the augmentation leaks if it is below the number of states.</summary>
    public int Rank() => Eliminate([.. Enumerable.Repeat((Rational)0, Count)]).Rank;

    /// <summary>Solves A p = a for p, exactly: what D sees determines the law.</summary>
    /// <param name="seen">a, a law that A can make.</param>
    /// <returns>p; null if A is not invertible.</returns>
    /// <exception cref="ArgumentException">The law has another number of states, or no law p has A p = a.</exception>
    public RationalDistribution? Recover(RationalDistribution seen)
    {
        RequireStates(seen);
        var (rank, solution) = Eliminate([.. Enumerable.Range(0, Count).Select(i => seen[i])]);
        return rank == Count ? new RationalDistribution(solution) : null;
    }

    private static LinearAugmentation Of(int count, Func<int, int, Rational> entry)
    {
        var matrix = new Rational[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                matrix[i, j] = entry(i, j);
        }
        return new LinearAugmentation(matrix);
    }

    // Gauss-Jordan elimination; the solution is only meaningful for full rank.
    private (int Rank, Rational[] Solution) Eliminate(Rational[] right)
    {
        var a = (Rational[,])matrix.Clone();
        int rank = 0;
        for (int column = 0; column < Count; column++)
        {
            int pivot = rank;
            while (pivot < Count && a[pivot, column].IsZero)
                pivot++;
            if (pivot == Count)
                continue;
            for (int j = 0; j < Count; j++)
                (a[rank, j], a[pivot, j]) = (a[pivot, j], a[rank, j]);
            (right[rank], right[pivot]) = (right[pivot], right[rank]);
            Reduce(a, right, rank, column);
            rank++;
        }
        return (rank, right);
    }

    private void Reduce(Rational[,] a, Rational[] right, int row, int column)
    {
        var inverse = 1 / a[row, column];
        for (int j = 0; j < Count; j++)
            a[row, j] *= inverse;
        right[row] *= inverse;
        for (int i = 0; i < Count; i++)
        {
            if (i == row || a[i, column].IsZero)
                continue;
            var factor = a[i, column];
            for (int j = 0; j < Count; j++)
                a[i, j] -= factor * a[row, j];
            right[i] -= factor * right[row];
        }
    }

    private void RequireStates(RationalDistribution law)
    {
        ArgumentNullException.ThrowIfNull(law);
        if (law.Count != Count)
            throw new ArgumentException($"the augmentation has {Count} states and the law {law.Count}.", nameof(law));
    }
}
