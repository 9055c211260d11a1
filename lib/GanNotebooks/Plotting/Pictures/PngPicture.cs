using GanNotebooks.Runtime;
using StbImageWriteSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>A picture as PNG bytes.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Rows">The number of rows of images in it.</param>
/// <param name="Columns">The number of images in a row.</param>
/// <param name="Bytes">The PNG file.</param>
internal sealed record PngPicture(int Width, int Height, int Rows, int Columns, byte[] Bytes)
{
    private const int Gap = 1;
    private const byte Grey = 128, White = 255;
    private const double Near = 70; // images whose pixels are this near to mid-grey, on average, would merge with a grey gap

    public string DataUri => "data:image/png;base64," + Convert.ToBase64String(Bytes);

    /// <summary>Lays images out in rows, one pixel apart. The gap is grey, or white between images that are grey themselves.</summary>
    public static PngPicture FromImages(Tensor images, int columns)
    {
        using var scope = NewDisposeScope();
        var grid = AsImages(images);
        var (n, channels, h, w) = ((int)grid.size(0), (int)grid.size(1), (int)grid.size(2), (int)grid.size(3));
        columns = Math.Min(columns, n);
        int rows = (n + columns - 1) / columns, width = columns * (w + Gap) - Gap, height = rows * (h + Gap) - Gap;
        byte[] bytes = grid.to(ScalarType.Float32).cpu().clamp(-1, 1).add(1).mul(127.5).round().to(ScalarType.Byte).contiguous()
            .data<byte>()
            .ToArray();
        byte[] pixels = new byte[width * height * channels];
        Array.Fill(pixels, bytes.Chunk(channels * h * w).Any(image => GapOf(image) == White) ? White : Grey);
        for (int i = 0; i < bytes.Length; i++)
        {
            int x = i % w, y = i / w % h, c = i / (w * h) % channels, k = i / (w * h * channels);
            int row = k / columns * (h + Gap) + y, column = k % columns * (w + Gap) + x;
            pixels[(row * width + column) * channels + c] = bytes[i];
        }
        return new PngPicture(width, height, rows, columns, Encode(width, height, channels, pixels));
    }

    /// <summary>The brightness of the gap between images with these values.</summary>
    internal static byte GapOf(byte[] values) => values.Average(v => Math.Abs((double)v - Grey)) < Near ? White : Grey;

    private static byte[] Encode(int width, int height, int channels, byte[] pixels)
    {
        using var stream = new MemoryStream();
        var components = channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue;
        new ImageWriter().WritePng(pixels, width, height, components, stream);
        return stream.ToArray();
    }

    private static Tensor AsImages(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        long[] shape = images.shape;
        if (shape is [> 0, 1 or 3, > 0, > 0])
            return images.detach();
        if (shape is [> 0, > 0] && (long)Math.Sqrt(shape[1]) is var side && side * side == shape[1])
            return images.detach().view(shape[0], 1, side, side);
        throw new ArgumentException(
            $"expected images [N, C, H, W] with C = 1 or 3, or [N, H·W] of square images; got {Shape.Text(shape)}",
            nameof(images));
    }
}

/// <summary>Images as a file.</summary>
public static class PngFile
{
    /// <summary>Writes images in rows, one grey pixel apart, as one PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">[N, C, H, W] with C = 1 or 3, or [N, H·W] of square grey images; values in [-1, 1].</param>
    /// <param name="columns">Images in a row.</param>
    /// <exception cref="ArgumentException">The images have none of these shapes.</exception>
    /// <exception cref="IOException">The file cannot be written, or its name belongs to a folder, a link or a device.</exception>
    public static void Write(string path, Tensor images, int columns = 10) =>
        AtomicFile.Write(path, stream => stream.Write(PngPicture.FromImages(images, columns).Bytes));
}
