using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Metrics;

/// <summary>
/// Reads an image of one digit on a canvas: place by the centre of its ink, size by the spread of its ink, colour by the channel with the
/// most ink, and the digit by a classifier that sees it centred and enlarged to the size of MNIST's digits.
/// </summary>
/// <param name="network">A classifier of grey digits.</param>
public sealed class CaptionReader(FeatureNetwork network)
{
    // The spread of the ink is larger for large digits, in the data by the factor 1.6 of their sides; this is between both.
    private const double LargeFrom = 3.3;
    private const double Tiny = 1e-9;
    private const int Channels = 3;

    /// <summary>The classifier.</summary>
    public string Network => network.Name;

    /// <summary>Reads images.</summary>
    /// <param name="images">[N, 3, 28, 28] in [-1, 1].</param>
    /// <returns>Digit, place, colour and size of each.</returns>
    /// <exception cref="ArgumentException">The images have another shape, or a pixel is not finite.</exception>
    public IReadOnlyList<Caption> Read(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.shape is not [> 0, Channels, CaptionedDigits.Side, CaptionedDigits.Side])
            throw new ArgumentException($"expected images [N, 3, 28, 28], got {Shape.Text(images.shape)}", nameof(images));
        NonFiniteSamples.ThrowIfAny(images, nameof(images));
        using var scope = NewDisposeScope();
        var ink = (images.detach().cpu().to(float32) + 1) / 2; // [N, 3, H, W]
        long[] colours = ink.sum([2L, 3L]).argmax(1).data<long>().ToArray();
        var grey = ink.amax([1L]); // [N, H, W]
        var (rows, columns, spread) = Moments(grey);
        float[] spreads = spread.data<float>().ToArray();
        CaptionSize[] sizes = [.. spreads.Select(s => s < LargeFrom ? CaptionSize.Small : CaptionSize.Large)];
        using var digits = network.Logits(Enlarged(grey, rows, columns, sizes));
        long[] named = digits.argmax(1).data<long>().ToArray();
        var (r, c) = (rows.data<float>().ToArray(), columns.data<float>().ToArray());
        return [.. named.Select((digit, n) => new Caption((int)digit, Nearest(r[n], c[n]), (CaptionColour)colours[n], sizes[n]))];
    }

    /// <summary>The place whose centre is nearest to a point.</summary>
    /// <param name="row">Row, in pixels.</param>
    /// <param name="column">Column, in pixels.</param>
    public static CaptionPlace Nearest(double row, double column) => Enum.GetValues<CaptionPlace>().MinBy(place =>
    {
        var centre = CaptionedDigits.Centre(place);
        return Math.Pow(row - centre.Row, 2) + Math.Pow(column - centre.Column, 2);
    });

    // Centre of the ink in pixel edges (a pixel's middle is at + ½), and the larger of both standard deviations.
    private static (Tensor Rows, Tensor Columns, Tensor Spread) Moments(Tensor grey)
    {
        var total = grey.sum([1L, 2L]).clamp_min(Tiny);
        var places = arange(CaptionedDigits.Side, float32) + 0.5;
        Tensor Mean(Tensor values) => (grey * values).sum([1L, 2L]) / total;
        var (y, x) = (places.unsqueeze(1), places.unsqueeze(0));
        var (row, column) = (Mean(y), Mean(x));
        var variance = maximum(Mean(y.square()) - row.square(), Mean(x.square()) - column.square());
        return (row, column, variance.clamp_min(0).sqrt());
    }

    // [N, 1, 28, 28] in [-1, 1]: the digit in the middle, 20 pixels high, as bright as its brightest pixel allows.
    private static Tensor Enlarged(Tensor grey, Tensor rows, Tensor columns, CaptionSize[] sizes)
    {
        const double half = CaptionedDigits.Side / 2.0;
        var scale = tensor(sizes.Select(size => CaptionedDigits.Pixels(size) / 20f).ToArray()); // [N]
        var zero = zeros_like(scale);
        var theta = stack(
            [stack([scale, zero, (columns - half) / half], 1), stack([zero, scale, (rows - half) / half], 1)], 1); // [N, 2, 3]
        var grid = affine_grid(theta, [grey.size(0), 1, CaptionedDigits.Side, CaptionedDigits.Side], align_corners: false);
        var moved = grid_sample(grey.unsqueeze(1), grid, align_corners: false);
        return (moved / moved.amax([1L, 2L, 3L], keepdim: true).clamp_min(Tiny)).mul(2).sub(1);
    }
}
