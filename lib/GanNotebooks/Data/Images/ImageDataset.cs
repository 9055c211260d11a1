namespace GanNotebooks.Data;

/// <summary>Grey images with labels, in managed memory: uint8 <c>[N, H, W]</c>, 0 black to 255 white, row by row. Immutable.</summary>
public sealed class ImageDataset
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    private ImageDataset(
        string name, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int height, int width, IReadOnlyList<string> classNames)
        => (Name, this.pixels, this.labels, Height, Width, ClassNames) = (name, pixels, labels, height, width, classNames);

    /// <summary>The name of the data set, for titles and messages.</summary>
    public string Name { get; }

    /// <summary>The number of images, N.</summary>
    public int Count => labels.Length;

    /// <summary>Rows of an image, H.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, W.</summary>
    public int Width { get; }

    /// <summary>The names of the labels 0, 1 and so on.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>All pixels, <c>[N, H, W]</c>.</summary>
    public ReadOnlySpan<byte> Pixels => pixels.Span;

    /// <summary>All labels, <c>[N]</c>, each less than the number of classes.</summary>
    public ReadOnlySpan<byte> Labels => labels.Span;

    /// <summary>Joins the two arrays of an IDX data set.</summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="images">Images, <c>[N, H, W]</c>.</param>
    /// <param name="labels">Labels, <c>[N]</c>.</param>
    /// <param name="classNames">The names of the labels; their number is the number of classes.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataFileException">The shapes do not fit each other or the number of values, or a label is out of
    /// range.</exception>
    public static ImageDataset FromIdx(string name, IdxArray images, IdxArray labels, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        if (images.Shape.Count != 3)
            throw new DataFileException(images.Name, "images of shape N x H x W", DataFiles.Describe(images.Shape));
        if (labels.Shape.Count != 1)
            throw new DataFileException(labels.Name, "labels of shape N", DataFiles.Describe(labels.Shape));
        ExpectWhole(images);
        ExpectWhole(labels);
        var (count, height, width) = (images.Shape[0], images.Shape[1], images.Shape[2]);
        if (count != labels.Shape[0])
            throw new DataFileException(labels.Name, $"{count} labels, one for each image of {images.Name}", $"{labels.Shape[0]}");
        int wrong = Array.FindIndex(labels.Values, label => label >= classNames.Count);
        if (wrong >= 0)
        {
            throw new DataFileException(labels.Name, $"labels from 0 to {classNames.Count - 1}",
                $"{labels.Values[wrong]} at index {wrong}");
        }

        return new ImageDataset(name, images.Values, labels.Values, height, width, classNames);
    }

    private static void ExpectWhole(IdxArray array)
    {
        var expected = array.Shape.Aggregate((Int128)1, (product, size) => product * size);
        if (array.Shape.Any(size => size < 1))
            throw new DataFileException(array.Name, "dimensions of at least 1", DataFiles.Describe(array.Shape));
        if (array.Values.Length != expected)
            throw new DataFileException(array.Name, $"{expected} values, {DataFiles.Describe(array.Shape)}", $"{array.Values.Length}");
    }

    /// <summary>Returns one image, <c>[H, W]</c> row by row.</summary>
    /// <param name="index">0 to N - 1.</param>
    /// <returns>The pixels of the image.</returns>
    public ReadOnlySpan<byte> Image(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"{Name} has {Count} images.");
        return pixels.Span.Slice(index * Height * Width, Height * Width);
    }

    /// <summary>The first images, sharing memory with this set.</summary>
    /// <param name="count">The number of images, 1 to N.</param>
    /// <returns>A smaller set.</returns>
    public ImageDataset Take(int count)
    {
        if (count < 1 || count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{Name} has {Count} images.");
        return new ImageDataset($"{Name}, first {count}", pixels[..(count * Height * Width)], labels[..count], Height, Width, ClassNames);
    }

    /// <summary>The images whose label satisfies a condition, in their order, copied.</summary>
    /// <param name="condition">True for the labels to keep.</param>
    /// <returns>A set with at least one image.</returns>
    /// <exception cref="ArgumentException">No label satisfies the condition.</exception>
    public ImageDataset Where(Func<int, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        long[] kept = [.. Enumerable.Range(0, Count).Where(n => condition(labels.Span[n])).Select(n => (long)n)];
        if (kept.Length == 0)
            throw new ArgumentException($"No image of {Name} satisfies the condition.", nameof(condition));
        return Select(kept);
    }

    /// <summary>Some of the images, in a given order, copied.</summary>
    /// <param name="indices">The indices of the images, 0 to N - 1 each; at least one.</param>
    /// <returns>A set with as many images as there are indices.</returns>
    /// <exception cref="ArgumentException">There is no index, or one is out of range.</exception>
    public ImageDataset Select(IReadOnlyList<long> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Count == 0)
            throw new ArgumentException($"No image of {Name} is selected.", nameof(indices));
        byte[] keptPixels = new byte[indices.Count * Height * Width];
        byte[] keptLabels = new byte[indices.Count];
        for (int k = 0; k < indices.Count; k++)
        {
            Image(checked((int)indices[k])).CopyTo(keptPixels.AsSpan(k * Height * Width));
            keptLabels[k] = labels.Span[(int)indices[k]];
        }

        return new ImageDataset($"{Name}, selected {indices.Count}", keptPixels, keptLabels, Height, Width, ClassNames);
    }

    /// <summary>The inverted images, white for black: 255 − b for each byte b. Labels stay as they are.</summary>
    /// <returns>A set with as many images.</returns>
    public ImageDataset Inverted()
    {
        byte[] inverted = new byte[pixels.Length];
        for (int i = 0; i < inverted.Length; i++)
            inverted[i] = (byte)(byte.MaxValue - pixels.Span[i]);
        return new ImageDataset($"{Name}, inverted", inverted, labels, Height, Width, ClassNames);
    }

    /// <summary>Counts the images of each class.</summary>
    /// <returns>One count for each class; they sum to N.</returns>
    public int[] CountByLabel()
    {
        int[] counts = new int[ClassNames.Count];
        foreach (byte label in labels.Span)
            counts[label]++;
        return counts;
    }
}
