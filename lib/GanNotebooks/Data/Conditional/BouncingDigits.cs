using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// A digit of 8 × 8 pixels that moves over 16 × 16: two frames as condition, the next frame as sample. It moves by 1 column and 2 rows a
/// frame. At the left and right border it turns back, and its new vertical direction is random: down with a known probability p, up with
/// 1 - p, whatever it was before. So the next frame at such a border is one of two known pictures. In the style of Moving MNIST
/// (Srivastava et al. 2015) with one small digit; everything is made from the seed.
/// </summary>
/// <remarks>In half of the pairs the digit is at such a border, in a row from which both branches lie inside. In the other half the digit
/// is at any place from which it flies on straight. The upper and lower border play no part.</remarks>
public sealed class BouncingDigits : StreamedBatches, IConditionedBatches
{
    /// <summary>Side of a frame, and of the digit in it.</summary>
    public const int Side = 16, DigitSide = 8;

    /// <summary>Rows and columns that the digit moves from frame to frame.</summary>
    public const int RowStep = 2, ColumnStep = 1;

    private const int Room = Side - DigitSide; // largest row and column of the digit's corner
    private const int Full = 28; // side of the images that are made smaller
    private const long BranchStream = 1L << 40; // the batches of a run have the streams below

    private readonly float[][] digits;
    private readonly long seed;
    private readonly Device device;

    /// <summary>Creates the source.</summary>
    /// <param name="digits">Grey images of 28 × 28 pixels; a small pixel is the mean of 3.5 × 3.5 of theirs.</param>
    /// <param name="down">p, the probability of down at the left and right border; with 1 the motion is deterministic.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="device">The device of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">The images have another size, or p is no probability.</exception>
    public BouncingDigits(ImageDataset digits, double down = 0.7, long seed = 0, Device? device = null) : base(seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.Height != Full || digits.Width != Full)
            throw new ArgumentException($"expected images of {Full} × {Full} pixels, got {digits.Height} × {digits.Width}", nameof(digits));
        if (!(down >= 0 && down <= 1))
            throw new ArgumentException($"the probability of down must lie in [0, 1], got {down}", nameof(down));
        (Down, this.seed, this.device) = (down, seed, device ?? CPU);
        this.digits = [.. Enumerable.Range(0, digits.Count).Select(n => Shrunk(digits.Image(n)))];
        Name = FormattableString.Invariant($"bouncing digits, down {down}, of {digits.Name}");
    }

    /// <summary>p, the probability of down.</summary>
    public double Down { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<long> SampleShape => [1, Side, Side];

    /// <inheritdoc/>
    public IReadOnlyList<long> ConditionShape => [2, Side, Side];

    /// <summary>Number of digits, of which each pair shows one.</summary>
    public int DigitCount => digits.Length;

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
        using var scope = NewDisposeScope();
        float[] frames = new float[batchSize * Side * Side], past = new float[2 * batchSize * Side * Side];
        for (int n = 0; n < batchSize; n++)
        {
            var move = random.NextDouble() < 0.5 ? Turning(random) : Flying(random);
            var next = random.NextDouble() < Down ? move.Down : move.Up;
            Draw(past, 2 * n, move.Digit, move.Before);
            Draw(past, 2 * n + 1, move.Digit, move.Now);
            Draw(frames, n, move.Digit, next);
        }
        return new ConditionedBatch(Images(frames, 1).MoveToOuterDisposeScope(), Images(past, 2).MoveToOuterDisposeScope());
    }

    /// <summary>The conditions of <see cref="Branches"/>.</summary>
    /// <inheritdoc/>
    public Tensor SampleConditions(int count, long index = 0)
    {
        var branches = Branches(count, index);
        branches.Down.Dispose();
        branches.Up.Dispose();
        return branches.Conditions;
    }

    /// <summary>Digits at the left or right border with both frames that can follow. The position does not change.</summary>
    /// <param name="count">Number of conditions, N.</param>
    /// <param name="index">Number of the batch; the same index gives the same conditions.</param>
    /// <returns>float32 in [-1, 1]; the caller disposes all three.</returns>
    public BounceBranches Branches(int count, long index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new SeededRandom(seed, BranchStream + index);
        using var scope = NewDisposeScope();
        float[] down = new float[count * Side * Side], up = new float[count * Side * Side], past = new float[2 * count * Side * Side];
        for (int n = 0; n < count; n++)
        {
            var move = Turning(random);
            Draw(past, 2 * n, move.Digit, move.Before);
            Draw(past, 2 * n + 1, move.Digit, move.Now);
            Draw(down, n, move.Digit, move.Down);
            Draw(up, n, move.Digit, move.Up);
        }
        return new BounceBranches(Images(past, 2).MoveToOuterDisposeScope(), Images(down, 1).MoveToOuterDisposeScope(),
            Images(up, 1).MoveToOuterDisposeScope());
    }

    /// <summary>All digits, each with both frames that can follow at one border, in the same place: the whole set as far as a measure that
    /// does not depend on the place is concerned.</summary>
    /// <returns>[K, 1, 16, 16] each, K digits; the caller disposes them.</returns>
    public BounceBranches AllBranches()
    {
        using var scope = NewDisposeScope();
        int count = digits.Length;
        float[] down = new float[count * Side * Side], up = new float[count * Side * Side], past = new float[2 * count * Side * Side];
        var (before, now) = ((Row: Room / 2 - RowStep + 1, Column: ColumnStep), (Row: Room / 2 + 1, Column: 0));
        for (int n = 0; n < count; n++)
        {
            Draw(past, 2 * n, n, before);
            Draw(past, 2 * n + 1, n, now);
            Draw(down, n, n, (now.Row + RowStep, ColumnStep));
            Draw(up, n, n, (now.Row - RowStep, ColumnStep));
        }
        return new BounceBranches(Images(past, 2).MoveToOuterDisposeScope(), Images(down, 1).MoveToOuterDisposeScope(),
            Images(up, 1).MoveToOuterDisposeScope());
    }

    // At the left or right border, in a row from which the digit came and to which it can go, up and down.
    private Move Turning(SeededRandom random)
    {
        int row = RowStep + random.NextInt(Room - 2 * RowStep + 1), from = random.NextInt(2) == 0 ? row - RowStep : row + RowStep;
        bool left = random.NextInt(2) == 0;
        int column = left ? 0 : Room, inside = left ? ColumnStep : Room - ColumnStep;
        return new Move(random.NextInt(digits.Length), (from, inside), (row, column), (row + RowStep, inside), (row - RowStep, inside));
    }

    // Three frames on a straight line.
    private Move Flying(SeededRandom random)
    {
        int down = random.NextInt(2) == 0 ? RowStep : -RowStep, right = random.NextInt(2) == 0 ? ColumnStep : -ColumnStep;
        int row = RowStep + random.NextInt(Room - 2 * RowStep + 1), column = ColumnStep + random.NextInt(Room - 2 * ColumnStep + 1);
        var next = (row + down, column + right);
        return new Move(random.NextInt(digits.Length), (row - down, column - right), (row, column), next, next);
    }

    private void Draw(float[] frames, int index, int digit, (int Row, int Column) corner)
    {
        for (int row = 0; row < DigitSide; row++)
        {
            int start = (index * Side + corner.Row + row) * Side + corner.Column;
            digits[digit].AsSpan(row * DigitSide, DigitSide).CopyTo(frames.AsSpan(start));
        }
    }

    private Tensor Images(float[] brightness, int channels) =>
        tensor(brightness).view(-1, channels, Side, Side).mul(2).sub(1).to(device); // [N, C, 16, 16] in [-1, 1]

    // A pixel that lies on the border of two cells counts in both with the part of it that lies there.
    private static float[] Shrunk(ReadOnlySpan<byte> image)
    {
        const double cell = (double)Full / DigitSide;
        double[] sums = new double[DigitSide * DigitSide];
        for (int row = 0; row < Full; row++)
        {
            for (int column = 0; column < Full; column++)
            {
                foreach (var (r, down) in Parts(row))
                {
                    foreach (var (c, across) in Parts(column))
                        sums[r * DigitSide + c] += image[row * Full + column] * down * across;
                }
            }
        }
        return [.. sums.Select(s => (float)(s / (cell * cell * byte.MaxValue)))];

        static IEnumerable<(int Cell, double Part)> Parts(int pixel)
        {
            int first = (int)(pixel / cell), last = Math.Min((int)((pixel + 1) / cell), DigitSide - 1);
            double border = last * cell - pixel; // where the next cell begins, from the pixel's own beginning
            return first == last || border >= 1 ? [(first, 1)] : [(first, border), (last, 1 - border)];
        }
    }

    private readonly record struct Move(
        int Digit, (int Row, int Column) Before, (int Row, int Column) Now, (int Row, int Column) Down, (int Row, int Column) Up);
}

/// <summary>Conditions of <see cref="BouncingDigits"/> with both frames that can follow.</summary>
/// <param name="Conditions">Two frames each, [N, 2, 16, 16].</param>
/// <param name="Down">The next frame if the digit turns down, [N, 1, 16, 16].</param>
/// <param name="Up">The next frame if it turns up, [N, 1, 16, 16].</param>
public sealed record BounceBranches(Tensor Conditions, Tensor Down, Tensor Up);
