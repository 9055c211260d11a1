using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// Keeps the squares of folders on the disk, because decoding takes longer than training begins to be worth. A file of the cache belongs to
/// the names, sizes and times of the pictures and to the shape; a change of any of them makes another file. A damaged file is as good as
/// none, and a cache that cannot be written is none.
/// </summary>
/// <param name="folder">Folder of the cache; it is created when needed.</param>
internal sealed class PictureCache(string folder)
{
    private const string Ending = ".squares", Version = "squares 1";
    private const int Kept = 16, HashBytes = 32, MostHeader = 1 << 30;

    /// <summary>The reader's own folder for such files; null when the system knows none.</summary>
    public static string? Usual =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } data ? Path.Combine(data, "gan-notebooks", "squares") : null;

    /// <summary>The key of a listing.</summary>
    public static string Key(string source, PictureListing listing, ImageShape shape)
    {
        var text = new StringBuilder(Version).Append('\n').Append(source).Append('\n').Append(CultureInfo.InvariantCulture,
            $"{shape.Side} {shape.Channels} {shape.Background}\n");
        foreach (var picture in listing.Pictures)
            text.Append(CultureInfo.InvariantCulture, $"{picture.Name}\n{picture.Bytes} {picture.Ticks}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The squares that were kept under a key; null if there are none, or if the file is not what was written.</summary>
    public PictureSet? Find(string key, ImageShape shape)
    {
        try
        {
            string file = FileOf(key);
            if (!File.Exists(file) || new FileInfo(file).LinkTarget is not null)
                return null;
            using var stream = RegularFile.OpenRead(file);
            return Read(stream, key, shape);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps the squares of a folder without faults, and removes the oldest files beyond sixteen.</summary>
    public void Keep(string key, PictureSet set)
    {
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(FileOf(key), stream => Write(stream, key, set));
            foreach (var old in new DirectoryInfo(folder).EnumerateFiles("*" + Ending).Where(IsOurs)
                .OrderByDescending(f => f.LastWriteTimeUtc).Skip(Kept))
            {
                old.Delete();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The squares are in memory; without a cache they are read again the next time.
        }
    }

    private static bool IsOurs(FileInfo file) =>
        file.LinkTarget is null && Path.GetFileNameWithoutExtension(file.Name) is { Length: 2 * HashBytes } name
        && name.All(char.IsAsciiHexDigit);

    // A hash of the rest, the length of the header, the header, the pixels.
    private static void Write(Stream stream, string key, PictureSet set)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(key, [.. set.Files], set.Pixels.Length));
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        stream.Write(Hash(length, header, set.Pixels));
        stream.Write(length);
        stream.Write(header);
        stream.Write(set.Pixels);
    }

    private static PictureSet? Read(Stream stream, string key, ImageShape shape)
    {
        byte[] hash = new byte[HashBytes], length = new byte[sizeof(int)];
        stream.ReadExactly(hash);
        stream.ReadExactly(length);
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(length);
        long rest = stream.Length - HashBytes - sizeof(int);
        if (headerLength < 0 || headerLength > Math.Min(rest, MostHeader) || rest - headerLength > Array.MaxLength)
            return null;
        byte[] header = new byte[headerLength], pixels = new byte[rest - headerLength];
        stream.ReadExactly(header);
        stream.ReadExactly(pixels);
        if (!Hash(length, header, pixels).AsSpan().SequenceEqual(hash)
            || JsonSerializer.Deserialize<Header>(header) is not { Files: not null } found || found.Key != key
            || found.Bytes != pixels.Length || pixels.Length != (long)found.Files.Length * shape.Bytes)
        {
            return null;
        }

        return new PictureSet(found.Files, pixels, []);
    }

    private static byte[] Hash(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return hash.GetHashAndReset();
    }

    private string FileOf(string key) => Path.Combine(folder, key + Ending);

    private sealed record Header(string Key, string[] Files, long Bytes);
}
