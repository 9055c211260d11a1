using GanNotebooks.Runtime;

namespace GanNotebooks.Networks;

/// <summary>
/// The sides of the layers of a convolutional network for square images: 28 = 7 · 2², 32 = 4 · 2³, 64 = 4 · 2⁴. A side is halved twice,
/// and then again while it is even and its half is at least 4.
/// </summary>
internal static class SquareSizes
{
    private const int Smallest = 4;

    /// <summary>The sides from the image's to the smallest, (28, 14, 7).</summary>
    /// <param name="size">Side of the image, in pixels.</param>
    /// <exception cref="ArgumentException">The side is not a multiple of 4, or is below 8.</exception>
    public static int[] Of(int size)
    {
        if (size < 2 * Smallest || size % 4 != 0)
        {
            throw new ArgumentException(
                $"expected a square image whose side is a multiple of 4 and at least {2 * Smallest} (28, 32 and 64 are tested), got "
                    + $"{size}; the next that fits is {Math.Max(2 * Smallest, (size + 3) / 4 * 4)}", nameof(size));
        }

        var sides = new List<int> { size, size / 2, size / 4 };
        while (sides[^1] % 2 == 0 && sides[^1] / 2 >= Smallest)
            sides.Add(sides[^1] / 2);
        return [.. sides];
    }

    /// <summary>The same and, where the smallest side is odd, half of it rounded up, (28, 14, 7, 4).</summary>
    public static int[] DeepOf(int size)
    {
        int[] sides = Of(size);
        return sides[^1] % 2 == 1 && sides[^1] > Smallest ? [.. sides, (sides[^1] + 1) / 2] : sides;
    }

    /// <summary>Refuses numbers of channels and widths that no network here has.</summary>
    public static void RequireChannels(int channels, int width)
    {
        if (channels is not (1 or 3))
            throw new ArgumentException($"expected 1 channel (grey) or 3 (colour), got {channels}", nameof(channels));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
    }

    /// <summary>Refuses a batch that is not [N, channels, size, size].</summary>
    public static void RequireImages(TorchSharp.torch.Tensor images, int channels, int size)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.size(1) != channels || images.size(2) != size || images.size(3) != size)
            throw new ArgumentException($"expected images [N, {channels}, {size}, {size}], got {Shape.Text(images.shape)}", nameof(images));
    }

    /// <summary>Refuses a batch of noise that is not [N, dimension].</summary>
    public static void RequireNoise(TorchSharp.torch.Tensor noise, int dimension)
    {
        ArgumentNullException.ThrowIfNull(noise);
        if (noise.dim() != 2 || noise.size(1) != dimension)
            throw new ArgumentException($"expected noise [N, {dimension}], got {Shape.Text(noise.shape)}", nameof(noise));
    }
}
