namespace GanNotebooks.Data;

/// <summary>What the header of a picture says, and what was wrong with the file: all of it is known before a pixel is decoded.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Orientation">Exif's orientation, 1 (upright) to 8.</param>
internal sealed record PictureFacts(int Width, int Height, int Orientation = 1)
{
    /// <summary>A picture with more pixels is not decoded: 64 megapixels, more than most cameras have. Decoding takes some 16 bytes a
    /// pixel.</summary>
    public const long MostPixels = 1 << 26;

    /// <summary>Number of pixels.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Refuses sizes that no picture has, and those that would take too much memory.</summary>
    /// <exception cref="InvalidDataException">The size is one of these.</exception>
    public static void RequireSize(long width, long height)
    {
        if (width < 1 || height < 1)
            throw new InvalidDataException($"it has {width} x {height} pixels");
        if (width > MostPixels || height > MostPixels || width * height > MostPixels)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"its header promises {width} x {height} pixels; at most {MostPixels / 1_000_000} megapixels are decoded"));
        }
    }
}
