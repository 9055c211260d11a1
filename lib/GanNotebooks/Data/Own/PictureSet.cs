using System.Security.Cryptography;

namespace GanNotebooks.Data;

/// <summary>The squares of a folder as bytes, before they become a tensor.</summary>
/// <param name="Files">Names of the files, in the order of the squares.</param>
/// <param name="Pixels">uint8 [N, C, S, S].</param>
/// <param name="Faults">Files that could not be read, each with a reason.</param>
internal sealed record PictureSet(IReadOnlyList<string> Files, byte[] Pixels, IReadOnlyList<(string Name, string Reason)> Faults)
{
    private const int MostThreads = 4, Named = 5, DigestLetters = 12;

    /// <summary>Twelve letters that differ for other pixels.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Pixels))[..DigestLetters];

    /// <summary>Reads all pictures of a listing, on several threads; the result does not depend on their number.</summary>
    /// <exception cref="DataFileException">The squares would not fit into one array.</exception>
    public static PictureSet Read(string folder, PictureListing listing, ImageShape shape)
    {
        var pictures = listing.Pictures;
        long bytes = (long)pictures.Count * shape.Bytes;
        if (bytes > Array.MaxLength)
        {
            throw new DataFileException(folder, "images that fit into 2 GB", FormattableString.Invariant(
                $"{pictures.Count:N0} of {shape.Channels} x {shape.Side} x {shape.Side}; a smaller side takes less"));
        }

        byte[] pixels = new byte[bytes];
        string?[] reasons = new string?[pictures.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads) };
        Parallel.For(0, pictures.Count, options, k => reasons[k] = PictureFile.Read(pictures[k].Path, shape.Side, shape.Channels,
            shape.Background, pixels.AsSpan(k * shape.Bytes, shape.Bytes)));
        return Whole([.. pictures.Select(p => p.Name)], pixels, reasons, shape.Bytes);
    }

    /// <summary>The faults in a sentence: the first five by name and reason, and the number of the others.</summary>
    public static string Listed(IReadOnlyList<(string Name, string Reason)> faults) =>
        string.Join(", ", faults.Take(Named).Select(f => $"{OwnText.Shown(f.Name)} ({f.Reason})"))
            + (faults.Count > Named ? $" and {faults.Count - Named} more" : "");

    private static PictureSet Whole(string[] names, byte[] pixels, string?[] reasons, int size)
    {
        int[] good = [.. Enumerable.Range(0, names.Length).Where(k => reasons[k] is null)];
        if (good.Length == names.Length)
            return new PictureSet(names, pixels, []);
        byte[] kept = new byte[(long)good.Length * size];
        for (int k = 0; k < good.Length; k++)
            pixels.AsSpan(good[k] * size, size).CopyTo(kept.AsSpan(k * size));
        return new PictureSet([.. good.Select(k => names[k])], kept,
            [.. Enumerable.Range(0, names.Length).Where(k => reasons[k] is not null).Select(k => (names[k], reasons[k]!))]);
    }
}

/// <summary>What pictures are made into.</summary>
/// <param name="Side">Side of the squares, S.</param>
/// <param name="Channels">1 or 3, C.</param>
/// <param name="Background">Brightness behind transparent pixels, 0 to 255.</param>
internal sealed record ImageShape(int Side, int Channels, byte Background)
{
    /// <summary>Bytes of one square.</summary>
    public int Bytes => Channels * Side * Side;
}
