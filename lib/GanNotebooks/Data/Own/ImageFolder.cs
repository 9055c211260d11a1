using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Batches of the images in a folder: PNG and JPEG files of any size, also those in the folders inside it. Each becomes a square: its
/// centre is cut out and brought to one side. Grey files become colour and colour files grey as asked, 16 bits become 8, photographs are
/// turned upright as their camera says, and what is transparent lies on a background. Colour profiles are not applied. Nothing is mirrored.
/// <code>new ImageFolder("photos", side: 32, channels: 3)</code>
/// A file that cannot be read stops the load, and the message names it; <see cref="ImageFolderOptions.SkipBroken"/> leaves it out instead.
/// Files that are no pictures are left alone (<see cref="Others"/>). The squares are kept on the disk, so that a second load takes no
/// time.
/// </summary>
public sealed class ImageFolder : IBatchSource
{
    /// <summary>Largest side of the squares.</summary>
    public const int MostSide = 1024;

    private readonly TensorBatches batches;

    /// <summary>Reads the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="side">Side of the squares in pixels, S, from 1 to 1024. The convolutional networks take multiples of 4 from 8
    /// on.</param>
    /// <param name="channels">1 for grey, 3 for colour, C.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="options">Further settings; by default broken files stop the load.</param>
    /// <param name="device">Device of the images and of the batches; by default the CPU.</param>
    /// <exception cref="ArgumentException">The side or the channels are none that is possible.</exception>
    /// <exception cref="DataFileException">There is no such folder, it has no pictures, or a picture cannot be read. The message names the
    /// first five such files with reasons, and says how many there are.</exception>
    public ImageFolder(string path, int side, int channels = 3, long seed = 0, ImageFolderOptions? options = null,
        torch.Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, MostSide);
        if (channels is not (1 or 3))
            throw new ArgumentException($"expected 1 channel (grey) or 3 (colour), got {channels}", nameof(channels));
        options ??= new ImageFolderOptions();
        string full = Path.GetFullPath(path);
        var listing = PictureListing.Of(full);
        var set = Load(full, listing, new ImageShape(side, channels, options.Background), options);
        (string Name, string Reason)[] faults = [.. set.Faults, .. listing.Faults];
        RequireSound(path, set.Files.Count, faults, listing, options.SkipBroken);
        (Files, Broken, Others) = (set.Files, faults, listing.Others);
        Name = string.Create(CultureInfo.InvariantCulture,
            $"{OwnText.Shown(Path.GetFileName(Path.TrimEndingDirectorySeparator(full)))}: {set.Files.Count} images of {channels} x {side} "
                + $"x {side}, digest {set.Digest}");
        using var pixels = tensor(set.Pixels, [set.Files.Count, channels, side, side], dtype: ScalarType.Byte); // [N, C, S, S]
        batches = new TensorBatches(pixels, seed, Name, device);
    }

    /// <summary>Name, number, shape and a digest of the pixels: another name means other data.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => batches.SampleShape;

    /// <inheritdoc/>
    public long? SampleCount => batches.SampleCount;

    /// <inheritdoc/>
    public BatchPosition Position => batches.Position;

    /// <summary>Names of the files below the folder, in the order of <see cref="All"/>: ordinal, with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Pictures that were left out, each with the reason; none unless <see cref="ImageFolderOptions.SkipBroken"/> is
    /// set.</summary>
    public IReadOnlyList<(string File, string Reason)> Broken { get; }

    /// <summary>Names of files that are no pictures by their ending.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => batches.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => batches.Next(batchSize);

    /// <summary>All images in the order of <see cref="Files"/>.</summary>
    /// <returns>float32 [N, C, S, S] in [-1, 1] on the source's device; the caller disposes it.</returns>
    public Tensor All() => batches.All();

    /// <summary>Frees the images.</summary>
    public void Dispose() => batches.Dispose();

    private static PictureSet Load(string folder, PictureListing listing, ImageShape shape, ImageFolderOptions options)
    {
        if ((options.CacheFolder ?? PictureCache.Usual) is not { Length: > 0 } place)
            return PictureSet.Read(folder, listing, shape);
        var cache = new PictureCache(place);
        string key = PictureCache.Key(folder, listing, shape);
        if (cache.Find(key, shape) is { } kept)
            return kept;
        var set = PictureSet.Read(folder, listing, shape);
        if (set.Faults.Count == 0) // what cannot be read now may be readable later, with no change of its time
            cache.Keep(key, set);
        return set;
    }

    private static void RequireSound(
        string path, int count, IReadOnlyList<(string, string)> faults, PictureListing listing, bool skip)
    {
        if (faults.Count > 0 && (!skip || count == 0))
        {
            throw new DataFileException(path, skip ? "at least one image that can be read" : "images that can all be read",
                FormattableString.Invariant($"{faults.Count} of {listing.Pictures.Count + listing.Faults.Count} that cannot: ")
                    + PictureSet.Listed(faults) + (skip ? "" : "; remove them, or skip them (SkipBroken, in train broken=skip)"));
        }

        if (count == 0)
        {
            throw new DataFileException(path, "PNG or JPEG files", listing.Others is [var first, ..]
                ? $"none, but {listing.Others.Count} others, such as {OwnText.Shown(first)}"
                : "none");
        }
    }
}

/// <summary>Settings of an <see cref="ImageFolder"/> that rarely matter.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>Whether pictures that cannot be read are left out (<see cref="ImageFolder.Broken"/> names them) instead of stopping the
    /// load.</summary>
    public bool SkipBroken { get; init; }

    /// <summary>Brightness behind transparent pixels, from 0 (black) to 255 (white).</summary>
    public byte Background { get; init; } = 255;

    /// <summary>Folder that keeps the squares; null for a folder of the reader's own, empty for none.</summary>
    public string? CacheFolder { get; init; }
}
