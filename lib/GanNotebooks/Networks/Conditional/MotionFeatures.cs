using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>What two frames say about motion: how well one fits the other at each displacement, and where the brightness lies.</summary>
internal static class MotionFeatures
{
    private const double Tiny = 1e-6;

    /// <summary>Number of displacements of up to <paramref name="reach"/> pixels, (2r + 1)².</summary>
    public static int Displacements(int reach) => (2 * reach + 1) * (2 * reach + 1);

    /// <summary>Number of features of a condition of two frames.</summary>
    public static int Count(int size, int reach) => Displacements(reach) + 2 * size;

    /// <summary>
    /// A frame at every displacement, row by row, from r up and r left to r down and r right. What moves in is black.
    /// </summary>
    /// <param name="frame">[N, 1, s, s], brightness in [0, 1].</param>
    /// <param name="reach">r, in pixels.</param>
    /// <returns>[N, K, s²].</returns>
    public static Tensor Displaced(Tensor frame, int reach)
    {
        int window = 2 * reach + 1;
        // Pixel (i, j) of the displaced frame is pixel (i - down, j - right) of the frame: the window is read backwards.
        return nn.functional.unfold(frame, (window, window), padding: (reach, reach)).flip(1);
    }

    /// <summary>Inner products of a frame with another one at every displacement, divided by the energy of the other.</summary>
    /// <param name="from">[N, 1, s, s], brightness.</param>
    /// <param name="to">[N, 1, s, s], brightness.</param>
    /// <param name="reach">r, in pixels.</param>
    /// <returns>[N, K]; 1 at the displacement that turns the first frame into the second.</returns>
    public static Tensor Correlations(Tensor from, Tensor to, int reach) =>
        Displaced(from, reach).bmm(to.flatten(1).unsqueeze(2)).squeeze(2) / Energy(from); // [N, K]

    /// <summary>Sum of squares of a frame.</summary>
    /// <param name="frame">[N, 1, s, s].</param>
    /// <returns>[N, 1].</returns>
    public static Tensor Energy(Tensor frame) => frame.flatten(1).square().sum(1, keepdim: true) + Tiny;

    /// <summary>Features of the last two frames: their correlations, and the brightness of the rows and columns of the last.</summary>
    /// <param name="condition">[N, frames, s, s] in [-1, 1], at least two frames.</param>
    /// <param name="reach">r, in pixels.</param>
    /// <returns>[N, K + 2s].</returns>
    public static Tensor Of(Tensor condition, int reach)
    {
        long frames = condition.size(1);
        var (before, last) = (Frame(condition, frames - 2), Frame(condition, frames - 1));
        var (rows, columns) = (last.sum(3).flatten(1), last.sum(2).flatten(1)); // [N, s] each
        var total = rows.sum(1, keepdim: true) + Tiny;
        double size = condition.size(2);
        return cat([Correlations(before, last, reach), size / 4 * rows / total, size / 4 * columns / total], 1);
    }

    /// <summary>One frame of a condition as brightness, [N, 1, s, s].</summary>
    public static Tensor Frame(Tensor condition, long index) => (condition.narrow(1, index, 1) + 1) / 2;
}
