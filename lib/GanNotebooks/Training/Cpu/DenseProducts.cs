using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The three matrix products of a linear layer, into preallocated memory. <see cref="MatrixKernel"/> computes them where the processor and
/// the shapes allow it, otherwise torch. The weight W is [n, k], the batch h is [N, k], and the gradient g by the layer's output is [N, n].
/// </summary>
internal static unsafe class DenseProducts
{
    private const int Thin = 4, Lanes = 16;

    /// <summary>Computes output ← h Wᵀ.</summary>
    public static void Forward(Tensor h, Tensor weight, Tensor output)
    {
        var (rows, n, k) = ((int)h.size(0), (int)weight.size(0), (int)weight.size(1));
        if (MatrixKernel.IsSupported && n >= MatrixKernel.Columns)
        {
            MatrixKernel.MultiplyByTransposed(Pointer(h), Pointer(weight), Pointer(output), rows, n, k);
        }
        else if (n <= Thin && k % Lanes == 0)
        {
            MatrixKernel.RowProducts(Pointer(h), Pointer(weight), Pointer(output), rows, n, k);
        }
        else
        {
            using var transposed = weight.t();
            output.addmm_(h, transposed, beta: 0, alpha: 1);
        }
    }

    /// <summary>Computes the gradient by h ← g W.</summary>
    public static void ToInput(Tensor g, Tensor weight, Tensor scratch, Tensor gradient)
    {
        var (rows, n, k) = ((int)g.size(0), (int)weight.size(0), (int)weight.size(1));
        if (MatrixKernel.IsSupported && k >= MatrixKernel.Columns)
        {
            MatrixKernel.Multiply(Pointer(g), n, 1, Pointer(weight), Pointer(gradient), rows, k, n);
        }
        else if (k <= Thin && n % Lanes == 0)
        {
            MatrixKernel.Transpose(Pointer(weight), Pointer(scratch), n, k);
            MatrixKernel.RowProducts(Pointer(g), Pointer(scratch), Pointer(gradient), rows, k, n);
        }
        else
        {
            gradient.addmm_(g, weight, beta: 0, alpha: 1);
        }
    }

    /// <summary>Computes the gradient by W ← gᵀ h.</summary>
    public static void ToWeight(Tensor g, Tensor h, Tensor scratch, Tensor gradient)
    {
        var (rows, n, k) = ((int)g.size(0), (int)gradient.size(0), (int)gradient.size(1));
        if (n <= Thin && k >= MatrixKernel.Columns)
        {
            MatrixKernel.ColumnProducts(Pointer(g), Pointer(h), Pointer(gradient), n, k, rows);
        }
        else if (MatrixKernel.IsSupported && k >= MatrixKernel.Columns)
        {
            MatrixKernel.Multiply(Pointer(g), 1, n, Pointer(h), Pointer(gradient), n, k, rows);
        }
        else if (k <= Thin && n >= MatrixKernel.Columns)
        {
            MatrixKernel.ColumnProducts(Pointer(h), Pointer(g), Pointer(scratch), k, n, rows); // the transpose, which has long rows
            MatrixKernel.Transpose(Pointer(scratch), Pointer(gradient), k, n);
        }
        else
        {
            using var columns = g.t();
            gradient.addmm_(columns, h, beta: 0, alpha: 1);
        }
    }

    // Native memory of a contiguous tensor. It does not move while the tensor lives, and each call above keeps its tensors alive.
    public static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(FlatParameters.Floats(tensor)));
}
