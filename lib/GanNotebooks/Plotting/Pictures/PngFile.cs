using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>Images as a file.</summary>
public static class PngFile
{
    /// <summary>Writes images in rows, one grey pixel apart, as one PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">[N, C, H, W] with C = 1 or 3, or [N, H·W] of square grey images; values in [-1, 1].</param>
    /// <param name="columns">Images in a row.</param>
    /// <exception cref="ArgumentException">The shape is none of these.</exception>
    public static void Write(string path, Tensor images, int columns = 10) => File.WriteAllBytes(path, PngPicture.FromImages(images, columns).Bytes);
}
