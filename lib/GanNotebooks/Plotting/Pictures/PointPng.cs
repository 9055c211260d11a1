using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>
/// Generated points over points of the data as a PNG file, for a look at a run while it trains. Data are grey, generated points green. Of
/// points with more than two coordinates the first two are drawn; of points with one, a histogram of both. The picture shows the range of
/// the data with a tenth more at each side, each direction by its own scale; points outside lie on the rim.
/// </summary>
public static class PointPng
{
    private const int Side = 480, Bins = 40, DataRadius = 2, Radius = 3;
    private const double Margin = 0.1, Opacity = 0.6;

    private static readonly double[] Grey = [0.45, 0.45, 0.45], Green = [11 / 255.0, 156 / 255.0, 114 / 255.0];

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="generated">Generated points [N, d].</param>
    /// <param name="data">Points of the data [M, d], M ≥ 1, which set the range.</param>
    /// <exception cref="ArgumentException">The points have other shapes.</exception>
    /// <exception cref="IOException">The file cannot be written, or its name belongs to a folder, a link or a device.</exception>
    public static void Write(string path, Tensor generated, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(data);
        if (generated.dim() != 2 || data.dim() != 2 || data.size(0) < 1 || data.size(1) < 1 || generated.size(1) != data.size(1))
        {
            throw new ArgumentException(
                $"expected points [N, d] and [M, d], got {Shape.Text(generated.shape)} and {Shape.Text(data.shape)}", nameof(generated));
        }

        using var scope = NewDisposeScope();
        double[,] pixels = new double[3, Side * Side]; // 1 is white
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < Side * Side; i++)
                pixels[c, i] = 1;
        }

        Draw(pixels, Rows(generated), Rows(data));
        float[] flat = [.. pixels.Cast<double>().Select(v => (float)(2 * v - 1))];
        PngFile.Write(path, tensor(flat, [1, 3, Side, Side]), columns: 1);
    }

    private static void Draw(double[,] pixels, double[][] generated, double[][] data)
    {
        var across = Scale.Of(data.Select(p => p[0]));
        if (data[0].Length == 1)
        {
            var (real, fake) = (Counts(data, across), Counts(generated, across));
            double most = Math.Max(real.Max(), fake.Max()) * (1 + Margin);
            Bars(pixels, real, most, Grey);
            Bars(pixels, fake, most, Green);
            return;
        }

        var up = Scale.Of(data.Select(p => p[1]));
        foreach (double[] p in data)
            Dot(pixels, across.Place(p[0]), Side - 1 - up.Place(p[1]), DataRadius, Grey);
        foreach (double[] p in generated)
            Dot(pixels, across.Place(p[0]), Side - 1 - up.Place(p[1]), Radius, Green);
    }

    private static double[] Counts(double[][] points, Scale scale)
    {
        double[] counts = new double[Bins];
        foreach (double[] p in points)
            counts[Math.Min(scale.Place(p[0]) * Bins / Side, Bins - 1)] += 1.0 / points.Length;
        return counts;
    }

    private static void Bars(double[,] pixels, double[] heights, double most, double[] colour)
    {
        for (int x = 0; x < Side; x++)
        {
            int top = Side - (int)Math.Round(heights[x * Bins / Side] / most * Side);
            for (int y = Math.Max(top, 0); y < Side; y++)
                Blend(pixels, y * Side + x, colour);
        }
    }

    private static void Dot(double[,] pixels, int x, int y, int radius, double[] colour)
    {
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                if (dx * dx + dy * dy <= radius * radius && x + dx is >= 0 and < Side && y + dy is >= 0 and < Side)
                    Blend(pixels, (y + dy) * Side + x + dx, colour);
            }
        }
    }

    private static void Blend(double[,] pixels, int place, double[] colour)
    {
        for (int c = 0; c < 3; c++)
            pixels[c, place] += Opacity * (colour[c] - pixels[c, place]);
    }

    private static double[][] Rows(Tensor points) =>
        [.. points.detach().cpu().to(float64).contiguous().data<double>().ToArray().Chunk((int)points.size(1))];

    private readonly record struct Scale(double Low, double High)
    {
        public static Scale Of(IEnumerable<double> values)
        {
            double[] all = [.. values];
            var (low, high) = (all.Min(), all.Max());
            double rim = high > low ? Margin * (high - low) : 1;
            return new Scale(low - rim, high + rim);
        }

        /// <summary>The pixel of a value; of one outside or of NaN, that of the rim.</summary>
        public int Place(double value) =>
            double.IsNaN(value) ? 0 : (int)Math.Clamp((value - Low) / (High - Low) * Side, 0, Side - 1);
    }
}
