using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The structural similarity index SSIM (Wang, Bovik, Sheikh and Simoncelli 2004, equation 13): in each window
/// (2 μ_x μ_y + C₁)(2 σ_xy + C₂)/((μ_x² + μ_y² + C₁)(σ_x² + σ_y² + C₂)), with moments weighted by a Gaussian of 11 × 11 pixels and
/// standard deviation 1.5, C₁ = (K₁ L)², C₂ = (K₂ L)², K₁ = 0.01, K₂ = 0.03, as in the paper. Brightness is (x + 1)/2, so L = 1. Only
/// windows that lie inside the image count. 1 for equal images; it can be negative.
/// </summary>
public static class StructuralSimilarity
{
    /// <summary>Side of the window, in pixels.</summary>
    public const int Window = 11;

    /// <summary>C₁ and C₂ for brightness in [0, 1].</summary>
    public const double C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;

    private const double Sigma = 1.5; // of the window, in pixels

    /// <summary>Computes SSIM for each pair of images, the mean over windows and channels.</summary>
    /// <param name="first">[N, C, H, W] in [-1, 1], H and W at least 11.</param>
    /// <param name="second">Images of the same shape.</param>
    /// <returns>One number for each pair.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a pixel is not finite.</exception>
    public static double[] Of(Tensor first, Tensor second)
    {
        FrameQuality.RequirePairs(first, second);
        if (first.size(2) < Window || first.size(3) < Window)
            throw new ArgumentException($"expected images of at least {Window} pixels on each side, got {Runtime.Shape.Text(first.shape)}");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (x, y) = (Planes(first), Planes(second)); // [NC, 1, H, W]
        var (meanX, meanY) = (Blur(x), Blur(y));
        var (varX, varY) = (Blur(x.square()) - meanX.square(), Blur(y.square()) - meanY.square());
        var covariance = Blur(x * y) - meanX * meanY;
        var index = (2 * meanX * meanY + C1) * (2 * covariance + C2)
            / ((meanX.square() + meanY.square() + C1) * (varX + varY + C2));
        return [.. index.view(first.size(0), -1).mean([1L]).cpu().data<double>()];
    }

    private static Tensor Planes(Tensor images) => FrameQuality.Brightness(images).reshape(-1, 1, images.size(2), images.size(3));

    private static Tensor Blur(Tensor planes)
    {
        var offsets = arange(Window, float64, planes.device) - (Window - 1) / 2.0;
        var weights = (-offsets.square() / (2 * Sigma * Sigma)).exp();
        weights = weights / weights.sum();
        var column = nn.functional.conv2d(planes, weights.view(1, 1, Window, 1));
        return nn.functional.conv2d(column, weights.view(1, 1, 1, Window));
    }
}
