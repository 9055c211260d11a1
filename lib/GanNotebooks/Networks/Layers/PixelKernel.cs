using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>A kernel of 4 × 4 with stride 2 as one of 2 × 2 with stride 1 over squares of 2 × 2 pixels.</summary>
internal static class PixelKernel
{
    public const int Side = 4;

    /// <summary>[p, q, 4, 4] to [p, 4q, 2, 2]: row 2i + a becomes part a of row i, and columns alike.</summary>
    public static Tensor OfSquares(Tensor weight) =>
        weight.view(weight.shape[0], weight.shape[1], 2, 2, 2, 2).permute(0, 1, 3, 5, 2, 4).reshape(weight.shape[0], 4 * weight.shape[1], 2, 2);
}
