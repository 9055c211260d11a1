using StbImageSharp;

namespace GanNotebooks.Data;

/// <summary>
/// Makes small squares of decoded pictures. Transparent pixels are laid on a background, the centre is cut out as a square, and the square
/// is brought to the asked side: a smaller one takes the mean over the area of each pixel, a larger one is interpolated between the four
/// nearest. Numbers are those of the file (gamma-encoded), as usual for training.
/// </summary>
internal static class SquareCrop
{
    // Luma of ITU-R BT.601, as most programs turn colour into grey.
    private const double Red = 0.299, Green = 0.587, Blue = 0.114;
    private const int Components = 4;

    /// <summary>Makes one square.</summary>
    /// <param name="picture">The picture, decoded to red, green, blue, alpha.</param>
    /// <param name="orientation">Exif's orientation, 1 to 8; the square is turned upright.</param>
    /// <param name="side">Side of the square, S.</param>
    /// <param name="channels">1 for grey, 3 for colour, C.</param>
    /// <param name="background">Brightness behind transparent pixels, 0 to 255.</param>
    /// <param name="square">Takes the bytes [C, S, S].</param>
    public static void Write(ImageResult picture, int orientation, int side, int channels, byte background, Span<byte> square)
    {
        int edge = Math.Min(picture.Width, picture.Height);
        int left = (picture.Width - edge) / 2, top = (picture.Height - edge) / 2;
        var windows = Windows(edge, side);
        double[][] rows = new double[edge][]; // each [side * channels], resampled along x
        double[] line = new double[edge * channels];
        for (int y = 0; y < edge; y++)
        {
            int start = ((top + y) * picture.Width + left) * Components;
            Flatten(picture.Data.AsSpan(start, edge * Components), channels, background, line);
            rows[y] = Along(line, channels, windows);
        }

        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int place = Upright(orientation, x, y, side);
                for (int c = 0; c < channels; c++)
                    square[c * side * side + place] = Down(rows, windows[y], x * channels + c);
            }
        }
    }

    /// <summary>For each pixel of the result: the first source pixel and the weights, which sum to 1.</summary>
    internal static (int Start, double[] Weights)[] Windows(int edge, int side)
    {
        double scale = (double)edge / side;
        return [.. Enumerable.Range(0, side).Select(i => scale >= 1 ? Area(i * scale, (i + 1) * scale, edge) : Between(i, scale, edge))];
    }

    private static (int, double[]) Area(double from, double to, int edge)
    {
        int start = Math.Min((int)Math.Floor(from), edge - 1), end = Math.Clamp((int)Math.Ceiling(to), start + 1, edge);
        double[] weights = new double[end - start];
        for (int k = start; k < end; k++)
            weights[k - start] = Math.Max(0, Math.Min(k + 1, to) - Math.Max(k, from));
        double sum = weights.Sum();
        return (start, [.. weights.Select(w => w / sum)]);
    }

    private static (int, double[]) Between(int i, double scale, int edge)
    {
        double centre = Math.Clamp((i + 0.5) * scale - 0.5, 0, edge - 1);
        int start = Math.Min((int)centre, Math.Max(edge - 2, 0));
        double share = centre - start;
        return edge == 1 ? (0, [1.0]) : (start, [1 - share, share]);
    }

    private static void Flatten(ReadOnlySpan<byte> pixels, int channels, byte background, Span<double> line)
    {
        for (int x = 0; x < pixels.Length / Components; x++)
        {
            var pixel = pixels.Slice(x * Components, Components);
            double alpha = pixel[3] / 255.0, behind = (1 - alpha) * background;
            var (r, g, b) = (alpha * pixel[0] + behind, alpha * pixel[1] + behind, alpha * pixel[2] + behind);
            if (channels == 1)
                line[x] = Red * r + Green * g + Blue * b;
            else
                (line[3 * x], line[3 * x + 1], line[3 * x + 2]) = (r, g, b);
        }
    }

    private static double[] Along(double[] line, int channels, (int Start, double[] Weights)[] windows)
    {
        double[] result = new double[windows.Length * channels];
        for (int x = 0; x < windows.Length; x++)
        {
            var (start, weights) = windows[x];
            for (int k = 0; k < weights.Length; k++)
            {
                for (int c = 0; c < channels; c++)
                    result[x * channels + c] += weights[k] * line[(start + k) * channels + c];
            }
        }

        return result;
    }

    private static byte Down(double[][] rows, (int Start, double[] Weights) window, int column)
    {
        double sum = 0;
        for (int k = 0; k < window.Weights.Length; k++)
            sum += window.Weights[k] * rows[window.Start + k][column];
        return (byte)Math.Clamp(Math.Round(sum), 0, 255);
    }

    // Where the stored pixel (x, y) belongs in the upright picture (Exif 2.3, section 4.6.4 A, Orientation).
    private static int Upright(int orientation, int x, int y, int side)
    {
        int last = side - 1;
        var (column, row) = orientation switch
        {
            2 => (last - x, y),
            3 => (last - x, last - y),
            4 => (x, last - y),
            5 => (y, x),
            6 => (last - y, x),
            7 => (last - y, last - x),
            8 => (y, last - x),
            _ => (x, y),
        };
        return row * side + column;
    }
}
