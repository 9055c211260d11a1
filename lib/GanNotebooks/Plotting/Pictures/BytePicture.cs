using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>A file as a picture: one grey pixel for each byte, row after row. Texts, numbers and gaps are told apart by eye.</summary>
public static class BytePicture
{
    /// <summary>Draws bytes, from 0 (black) to 255 (white); behind the last byte the picture is black.</summary>
    /// <param name="title">One line above the picture.</param>
    /// <param name="alt">A description in words, shown below.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="columns">Bytes in a row.</param>
    /// <exception cref="ArgumentException">There are no bytes, or no columns.</exception>
    public static ImageGrid Of(string title, string alt, byte[] bytes, int columns = 128)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (bytes.Length == 0)
            throw new ArgumentException("there are no bytes to draw", nameof(bytes));
        using var scope = NewDisposeScope();
        int rows = (bytes.Length + columns - 1) / columns;
        float[] greys = new float[rows * columns];
        for (int i = 0; i < greys.Length; i++)
            greys[i] = i < bytes.Length ? bytes[i] / 127.5f - 1 : -1;
        return ImageGrid.Of(title, alt, tensor(greys).view(1, 1, rows, columns), scale: 4);
    }
}
