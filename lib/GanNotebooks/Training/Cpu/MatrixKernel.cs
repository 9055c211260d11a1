using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Matrix products in float32 on 512-bit vectors. On processors that libtorch's matrix library does not know, that library uses 256 bits.
/// This kernel is for processors with 512-bit vectors, and it is small enough to read. The choice between the two depends only on the
/// processor and the shapes, so results repeat bit for bit.
/// </summary>
internal static unsafe class MatrixKernel
{
    /// <summary>Columns of the result that are computed at once: two vectors.</summary>
    public const int Columns = 32;

    private const int Lanes = 16, Rows = 8, Square = 4, Line = 64; // Line is the length of a cache line in bytes
    private const long WorthThreads = 8_000_000; // multiply-adds: about 60 µs of one thread

    /// <summary>Whether the processor has 512-bit vectors.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Sse.IsSupported;

    /// <summary>
    /// Computes C ← A B, with A read at a[i · <paramref name="aRow"/> + d · <paramref name="aDepth"/>], so that it may be a transposed
    /// matrix.
    /// </summary>
    /// <param name="a">Matrix A, [rows, depth].</param>
    /// <param name="aRow">Distance between two rows of A in memory, in elements.</param>
    /// <param name="aDepth">Distance between two columns of A in memory, in elements.</param>
    /// <param name="b">Matrix B, [depth, columns], row by row.</param>
    /// <param name="c">Matrix C, [rows, columns], row by row.</param>
    /// <param name="rows">Number of rows of C, without restriction.</param>
    /// <param name="columns">Number of columns of C, at least <see cref="Columns"/>. If it is not a multiple of <see cref="Columns"/>, some
    /// columns are computed twice, with the same bits.</param>
    /// <param name="depth">Length of each sum, without restriction.</param>
    public static void Multiply(float* a, nint aRow, nint aDepth, float* b, float* c, int rows, int columns, int depth) =>
        ForEachPanel(rows, columns, depth, j => Panel(a, aRow, aDepth, b + j, columns, c + j, rows, columns, depth));

    /// <summary>
    /// Computes C ← A Bᵀ. The rows of B for one panel are transposed just before their use, into memory that stays in the nearest cache.
    /// </summary>
    /// <param name="a">Matrix A, [rows, depth], row by row.</param>
    /// <param name="b">Matrix B, [columns, depth], row by row.</param>
    /// <param name="c">Matrix C, [rows, columns], row by row.</param>
    /// <param name="rows">Number of rows of C, without restriction.</param>
    /// <param name="columns">Number of columns of C, as in <see cref="Multiply"/>.</param>
    /// <param name="depth">Length of each sum, without restriction.</param>
    public static void MultiplyByTransposed(float* a, float* b, float* c, int rows, int columns, int depth) =>
        ForEachPanel(rows, columns, depth, j =>
        {
            float[] rented = ArrayPool<float>.Shared.Rent(Columns * depth + Lanes);
            fixed (float* start = rented)
            {
                float* panel = (float*)(((nuint)start + Line - 1) & ~(nuint)(Line - 1));
                TransposePanel(b + (nint)j * depth, panel, depth);
                Panel(a, depth, 1, panel, Columns, c + j, rows, columns, depth);
            }
            ArrayPool<float>.Shared.Return(rented);
        });

    /// <summary>Computes C ← A Bᵀ for a B of few rows. Each element is a product of two rows.</summary>
    /// <param name="a">Matrix A, [rows, depth].</param>
    /// <param name="b">Matrix B, [columns, depth].</param>
    /// <param name="c">Matrix C, [rows, columns].</param>
    /// <param name="rows">Number of rows of C, without restriction.</param>
    /// <param name="columns">Number of columns of C, without restriction but intended to be small.</param>
    /// <param name="depth">Length of each sum, a multiple of 16 for vectors of any usual width.</param>
    public static void RowProducts(float* a, float* b, float* c, int rows, int columns, int depth)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                var sum = Vector<float>.Zero;
                for (int d = 0; d < depth; d += Vector<float>.Count)
                    sum = Vector.FusedMultiplyAdd(Vector.Load(a + (nint)i * depth + d), Vector.Load(b + (nint)j * depth + d), sum);
                c[i * columns + j] = Vector.Sum(sum);
            }
        }
    }

    /// <summary>Computes C ← Aᵀ B for an A of few columns and a B of long rows. The sums stay in registers.</summary>
    /// <param name="a">Matrix A, [depth, rows].</param>
    /// <param name="b">Matrix B, [depth, columns].</param>
    /// <param name="c">Matrix C, [rows, columns].</param>
    /// <param name="rows">Number of rows of C, without restriction but intended to be small.</param>
    /// <param name="columns">Number of columns of C, at least <see cref="Columns"/>, as in <see cref="Multiply"/>.</param>
    /// <param name="depth">Length of each sum, without restriction.</param>
    public static void ColumnProducts(float* a, float* b, float* c, int rows, int columns, int depth)
    {
        int lanes = Vector<float>.Count, step = 2 * lanes;
        for (int i = 0; i < rows; i++)
        {
            for (int start = 0; start < columns; start += step)
            {
                int j = Math.Min(start, columns - step);
                Vector<float> left = default, right = default;
                for (int d = 0; d < depth; d++)
                {
                    var factor = new Vector<float>(a[d * rows + i]);
                    float* row = b + (nint)d * columns + j;
                    left = Vector.FusedMultiplyAdd(factor, Vector.Load(row), left);
                    right = Vector.FusedMultiplyAdd(factor, Vector.Load(row + lanes), right);
                }
                left.Store(c + i * columns + j);
                right.Store(c + i * columns + j + lanes);
            }
        }
    }

    /// <summary>Computes B ← Aᵀ.</summary>
    /// <param name="a">Matrix A, [rows, columns].</param>
    /// <param name="b">Matrix B, [columns, rows].</param>
    /// <param name="rows">Number of rows of A.</param>
    /// <param name="columns">Number of columns of A.</param>
    public static void Transpose(float* a, float* b, int rows, int columns)
    {
        const int Block = 16;
        for (int i = 0; i < rows; i += Block)
        {
            int end = Math.Min(rows, i + Block);
            for (int j = 0; j < columns; j++)
            {
                for (int k = i; k < end; k++)
                    b[j * rows + k] = a[k * columns + j];
            }
        }
    }

    private static void ForEachPanel(int rows, int columns, int depth, Action<int> compute)
    {
        int threads = get_num_threads(), panels = (columns + Columns - 1) / Columns;
        if (threads == 1 || (long)rows * columns * depth < WorthThreads)
        {
            for (int panel = 0; panel < panels; panel++)
                Compute(panel);
        }
        else
        {
            // Every thread computes an element in the same order, so the result does not depend on the number of threads.
            Parallel.For(0, panels, new ParallelOptions { MaxDegreeOfParallelism = threads }, Compute);
        }

        void Compute(int panel) => compute(Math.Min(panel * Columns, columns - Columns));
    }

    // Transposes [32, depth] to [depth, 32], in squares of 4 x 4.
    private static void TransposePanel(float* rows, float* panel, int depth)
    {
        for (int i = 0; i < Columns; i += Square)
        {
            float* r0 = rows + (nint)i * depth, r1 = r0 + depth, r2 = r1 + depth, r3 = r2 + depth, to = panel + i;
            int d = 0;
            for (; d <= depth - Square; d += Square, to += Square * Columns)
            {
                var (v0, v1, v2, v3) = (Vector128.Load(r0 + d), Vector128.Load(r1 + d), Vector128.Load(r2 + d), Vector128.Load(r3 + d));
                var (low01, high01, low23, high23) =
                    (Sse.UnpackLow(v0, v1), Sse.UnpackHigh(v0, v1), Sse.UnpackLow(v2, v3), Sse.UnpackHigh(v2, v3));
                Sse.MoveLowToHigh(low01, low23).Store(to);
                Sse.MoveHighToLow(low23, low01).Store(to + Columns);
                Sse.MoveLowToHigh(high01, high23).Store(to + 2 * Columns);
                Sse.MoveHighToLow(high23, high01).Store(to + 3 * Columns);
            }
            for (; d < depth; d++, to += Columns)
                Vector128.Create(r0[d], r1[d], r2[d], r3[d]).Store(to);
        }
    }

    private static void Panel(float* a, nint aRow, nint aDepth, float* b, nint bDepth, float* c, int rows, int columns, int depth)
    {
        int i = 0;
        for (; i <= rows - Rows; i += Rows)
            EightRows(a + i * aRow, aRow, aDepth, b, bDepth, c + (nint)i * columns, columns, depth);
        for (; i < rows; i++)
            OneRow(a + i * aRow, aDepth, b, bDepth, c + (nint)i * columns, columns, depth);
    }

    // 8 rows of 2 vectors: 16 sums stay in registers while A and B are read. They suffice to hide the latency of a multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows(float* a, nint aRow, nint aDepth, float* b, nint bDepth, float* c, int columns, int depth)
    {
        Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default,
            s31 = default;
        Vector512<float> s40 = default, s41 = default, s50 = default, s51 = default, s60 = default, s61 = default, s70 = default,
            s71 = default;
        float* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow, a4 = a3 + aRow, a5 = a4 + aRow, a6 = a5 + aRow, a7 = a6 + aRow;
        nint at = 0;
        for (int d = 0; d < depth; d++, at += aDepth, b += bDepth)
        {
            var (left, right) = (Vector512.Load(b), Vector512.Load(b + Lanes));
            (s00, s01) = Add(a[at], left, right, s00, s01);
            (s10, s11) = Add(a1[at], left, right, s10, s11);
            (s20, s21) = Add(a2[at], left, right, s20, s21);
            (s30, s31) = Add(a3[at], left, right, s30, s31);
            (s40, s41) = Add(a4[at], left, right, s40, s41);
            (s50, s51) = Add(a5[at], left, right, s50, s51);
            (s60, s61) = Add(a6[at], left, right, s60, s61);
            (s70, s71) = Add(a7[at], left, right, s70, s71);
        }
        Store(c, 0 * columns, s00, s01);
        Store(c, 1 * columns, s10, s11);
        Store(c, 2 * columns, s20, s21);
        Store(c, 3 * columns, s30, s31);
        Store(c, 4 * columns, s40, s41);
        Store(c, 5 * columns, s50, s51);
        Store(c, 6 * columns, s60, s61);
        Store(c, 7 * columns, s70, s71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(float* a, nint aDepth, float* b, nint bDepth, float* c, int columns, int depth)
    {
        Vector512<float> s0 = default, s1 = default;
        for (int d = 0; d < depth; d++, a += aDepth, b += bDepth)
            (s0, s1) = Add(*a, Vector512.Load(b), Vector512.Load(b + Lanes), s0, s1);
        Store(c, 0, s0, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>) Add(float factor, Vector512<float> left, Vector512<float> right,
        Vector512<float> s0, Vector512<float> s1)
    {
        var v = Vector512.Create(factor);
        return (Vector512.FusedMultiplyAdd(v, left, s0), Vector512.FusedMultiplyAdd(v, right, s1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, nint at, Vector512<float> left, Vector512<float> right)
    {
        left.Store(c + at);
        right.Store(c + at + Lanes);
    }
}
