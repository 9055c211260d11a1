using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace GanNotebooks.Training;

/// <summary>
/// The operations of a maxout layer other than its dense forward product, on the CPU in float32. Only the largest piece of a unit has a
/// gradient. With 5 pieces the backward products therefore cost a fifth of those of a linear layer with the same number of rows.
/// </summary>
internal static unsafe class MaxoutKernels
{
    private const int Lanes = 16, Block = 4 * Lanes;

    /// <summary>Whether a layer is wide enough for a vector.</summary>
    public static bool Fits(int units) => units >= Vector<float>.Count;

    /// <summary>Computes h[n, u] ← max over k of (a[n, k, u] + b[k, u]). NaN or +∞ in a piece is passed on to h.</summary>
    /// <param name="products">Products a, [rows, pieces, units].</param>
    /// <param name="bias">Biases b, [pieces, units].</param>
    /// <param name="output">Outputs h, [rows, units].</param>
    /// <param name="winners">Index k of the maximum, the first if there are several, [rows, units].</param>
    /// <param name="rows">Number of samples.</param>
    /// <param name="units">Number of units, at least the length of a vector.</param>
    /// <param name="pieces">Number of pieces of a unit.</param>
    public static void Largest(float* products, float* bias, float* output, int* winners, int rows, int units, int pieces)
    {
        int lanes = Vector<float>.Count;
        for (int n = 0; n < rows; n++, products += pieces * units, output += units, winners += units)
        {
            for (int start = 0; start < units; start += lanes)
            {
                int u = Math.Min(start, units - lanes);
                var best = Vector.Load(products + u) + Vector.Load(bias + u);
                var winner = Vector<int>.Zero;
                for (int k = 1; k < pieces; k++)
                {
                    var value = Vector.Load(products + k * units + u) + Vector.Load(bias + k * units + u);
                    // not "greater", so that NaN wins and stays
                    var better = Vector.AndNot(Vector.Equals(best, best), Vector.LessThanOrEqual(value, best));
                    best = Vector.ConditionalSelect(better, value, best);
                    winner = Vector.ConditionalSelect(better, new Vector<int>(k), winner);
                }
                best.Store(output + u);
                winner.Store(winners + u);
            }
        }
    }

    /// <summary>Computes the gradient by x[n] ← Σ over u of g[n, u] W[winner of n and u, u].</summary>
    /// <param name="gradient">Gradient g by the outputs, [rows, units].</param>
    /// <param name="winners">Index of the largest piece, [rows, units].</param>
    /// <param name="weight">Weights W, [pieces, units, inputs].</param>
    /// <param name="inputGradient">Gradient by x, [rows, inputs].</param>
    /// <param name="shape">Sizes of the layer.</param>
    public static void ToInput(float* gradient, int* winners, float* weight, float* inputGradient, MaxoutShape shape)
    {
        int* chosen = stackalloc int[shape.Units];
        for (int n = 0; n < shape.Rows; n++, gradient += shape.Units, winners += shape.Units)
        {
            for (int u = 0; u < shape.Units; u++)
                chosen[u] = winners[u] * shape.Units + u;
            WeightedRows(gradient, chosen, shape.Units, weight, shape.Inputs, inputGradient + (nint)n * shape.Inputs);
        }
    }

    /// <summary>
    /// Computes the gradients by W[k, u] ← Σ g[n, u] x[n] and by b[k, u] ← Σ g[n, u]. Both sums are over the samples n whose largest piece
    /// of unit u is k.
    /// </summary>
    /// <param name="gradient">Gradient g by the outputs, [rows, units].</param>
    /// <param name="winners">Index of the largest piece, [rows, units].</param>
    /// <param name="input">Inputs x, [rows, inputs].</param>
    /// <param name="weightGradient">Gradient by W, [pieces, units, inputs].</param>
    /// <param name="biasGradient">Gradient by b, [pieces, units].</param>
    /// <param name="shape">Sizes of the layer.</param>
    public static void ToParameters(float* gradient, int* winners, float* input, float* weightGradient, float* biasGradient,
        MaxoutShape shape)
    {
        int[] samples = ArrayPool<int>.Shared.Rent(shape.Pieces * shape.Rows);
        float[] factors = ArrayPool<float>.Shared.Rent(shape.Pieces * shape.Rows);
        int* counts = stackalloc int[shape.Pieces];
        fixed (int* sample = samples)
        fixed (float* factor = factors)
        {
            for (int u = 0; u < shape.Units; u++)
            {
                new Span<int>(counts, shape.Pieces).Clear();
                for (int n = 0; n < shape.Rows; n++) // sorts the samples by their largest piece
                {
                    int k = winners[n * shape.Units + u], at = k * shape.Rows + counts[k]++;
                    (sample[at], factor[at]) = (n, gradient[n * shape.Units + u]);
                }
                for (int k = 0; k < shape.Pieces; k++)
                {
                    int row = k * shape.Units + u, at = k * shape.Rows;
                    biasGradient[row] = Sum(factor + at, counts[k]);
                    WeightedRows(factor + at, sample + at, counts[k], input, shape.Inputs, weightGradient + (nint)row * shape.Inputs);
                }
            }
        }
        ArrayPool<int>.Shared.Return(samples);
        ArrayPool<float>.Shared.Return(factors);
    }

    /// <summary>
    /// Computes output[n, u] ← W[winner of n and u, u] · x[n]. This is the layer without its biases, with the given piece in every unit.
    /// </summary>
    /// <param name="input">Inputs x, [rows, inputs].</param>
    /// <param name="winners">Index of the largest piece, [rows, units].</param>
    /// <param name="weight">Weights W, [pieces, units, inputs].</param>
    /// <param name="output">Outputs, [rows, units].</param>
    /// <param name="shape">Sizes of the layer.</param>
    public static void Along(float* input, int* winners, float* weight, float* output, MaxoutShape shape)
    {
        for (int n = 0; n < shape.Rows; n++, input += shape.Inputs, winners += shape.Units, output += shape.Units)
        {
            for (int u = 0; u < shape.Units; u++)
                output[u] = Dot(input, weight + ((nint)winners[u] * shape.Units + u) * shape.Inputs, shape.Inputs);
        }
    }

    private static float Dot(float* a, float* b, int length)
    {
        Vector512<float> even = default, odd = default;
        int i = 0;
        for (; i <= length - 2 * Lanes; i += 2 * Lanes)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Load(a + i + Lanes), Vector512.Load(b + i + Lanes), odd);
        }
        float sum = Vector512.Sum(even + odd);
        for (; i < length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static float Sum(float* values, int count)
    {
        float sum = 0;
        for (int i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>Computes result ← Σ over i of factor[i] · matrix[row[i]], with the sums in registers.</summary>
    private static void WeightedRows(float* factor, int* row, int count, float* matrix, int columns, float* result)
    {
        int j = 0;
        for (; j <= columns - Block; j += Block)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int i = 0; i < count; i++)
            {
                var f = Vector512.Create(factor[i]);
                float* at = matrix + (nint)row[i] * columns + j;
                s0 = Vector512.FusedMultiplyAdd(f, Vector512.Load(at), s0);
                s1 = Vector512.FusedMultiplyAdd(f, Vector512.Load(at + Lanes), s1);
                s2 = Vector512.FusedMultiplyAdd(f, Vector512.Load(at + 2 * Lanes), s2);
                s3 = Vector512.FusedMultiplyAdd(f, Vector512.Load(at + 3 * Lanes), s3);
            }
            s0.Store(result + j);
            s1.Store(result + j + Lanes);
            s2.Store(result + j + 2 * Lanes);
            s3.Store(result + j + 3 * Lanes);
        }
        for (; j < columns && columns >= Lanes; j += Lanes)
        {
            int start = Math.Min(j, columns - Lanes);
            Vector512<float> sum = default;
            for (int i = 0; i < count; i++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(factor[i]), Vector512.Load(matrix + (nint)row[i] * columns + start), sum);
            sum.Store(result + start);
        }
        for (; j < columns; j++) // fewer columns than the length of a vector, as for points
        {
            float sum = 0;
            for (int i = 0; i < count; i++)
                sum += factor[i] * matrix[(nint)row[i] * columns + j];
            result[j] = sum;
        }
    }
}
