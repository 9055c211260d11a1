using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Moments of the ink in the image of a stroke, which need no classifier; ink is brightness, (x + 1)/2.
/// </summary>
/// <param name="Ink">Mean ink, in [0, 1].</param>
/// <param name="Slant">The number of columns by which the stroke leans to the right for each row upwards: minus the covariance of column
/// and row over the variance of the row, weighted by ink.</param>
/// <param name="Width">Standard deviation of the column, in pixels.</param>
/// <param name="Height">Standard deviation of the row, in pixels.</param>
public readonly record struct DigitShape(double Ink, double Slant, double Width, double Height)
{
    private const double Tiny = 1e-9;

    /// <summary>Measures the ink of each image.</summary>
    /// <param name="images">[N, 1, H, W] in [-1, 1].</param>
    /// <exception cref="ArgumentException">The images have another shape, or a pixel is not finite.</exception>
    public static IReadOnlyList<DigitShape> Of(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.size(1) != 1)
            throw new ArgumentException($"expected images [N, 1, H, W], got {Shape.Text(images.shape)}", nameof(images));
        NonFiniteSamples.ThrowIfAny(images, nameof(images));
        using var scope = NewDisposeScope();
        var ink = (images.detach().to(float64).squeeze(1) + 1) / 2; // [N, H, W]
        var total = ink.sum([1L, 2L]).clamp_min(Tiny); // [N]
        var (rows, columns) =
            (arange(ink.size(1), float64, images.device).unsqueeze(1), arange(ink.size(2), float64, images.device).unsqueeze(0));
        Tensor Mean(Tensor values) => (ink * values).sum([1L, 2L]) / total;
        var (row, column) = (Mean(rows), Mean(columns));
        var (rowVariance, columnVariance) = (Mean(rows.square()) - row.square(), Mean(columns.square()) - column.square());
        var covariance = Mean(rows * columns) - row * column;
        double[] Numbers(Tensor t) => [.. t.cpu().data<double>()];
        var (inks, slants) = (Numbers(ink.mean([1L, 2L])), Numbers(-covariance / rowVariance.clamp_min(Tiny)));
        var (widths, heights) = (Numbers(columnVariance.clamp_min(0).sqrt()), Numbers(rowVariance.clamp_min(0).sqrt()));
        return [.. inks.Select((value, n) => new DigitShape(value, slants[n], widths[n], heights[n]))];
    }
}
