using GanNotebooks.Runtime;
using StbImageSharp;

namespace GanNotebooks.Data;

/// <summary>Reads one PNG or JPEG file as a small square. Every fault of a file is one exception with a reason in words.</summary>
internal static class PictureFile
{
    /// <summary>A larger file is not read: 256 MB.</summary>
    public const long MostBytes = 1 << 28;

    // One large picture is decoded at a time, so that several threads do not need the memory of several.
    private const long Large = 1 << 23;

    private static readonly Lock OneLarge = new();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Side of the square, S.</param>
    /// <param name="channels">1 or 3, C.</param>
    /// <param name="background">Brightness behind transparent pixels, 0 to 255.</param>
    /// <param name="square">Takes the bytes [C, S, S].</param>
    /// <returns>Why the file cannot be read, to continue "it cannot be read: "; null if it was read.</returns>
    public static string? Read(string path, int side, int channels, byte background, Span<byte> square)
    {
        try
        {
            byte[] file = Bytes(path);
            var facts = PngCheck.Begins(file) ? PngCheck.Check(file)
                : JpegCheck.Begins(file) ? JpegCheck.Check(file)
                : throw new InvalidDataException("it is no PNG and no JPEG" + Impostor.Hint(file.AsSpan(0, Math.Min(file.Length, 512))));
            if (facts.Pixels <= Large)
            {
                SquareCrop.Write(Decode(file, facts), facts.Orientation, side, channels, background, square);
                return null;
            }

            lock (OneLarge)
                SquareCrop.Write(Decode(file, facts), facts.Orientation, side, channels, background, square);
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
        catch (UnauthorizedAccessException)
        {
            return "there is no permission to read it";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return "it is not there any more";
        }
        catch (IOException error)
        {
            return error.Message.TrimEnd('.');
        }
    }

    private static byte[] Bytes(string path)
    {
        if (RegularFile.Fault(path) is { } fault)
            throw new InvalidDataException($"it is {fault}");
        using var stream = RegularFile.OpenRead(path);
        if (stream.Length == 0)
            throw new InvalidDataException("it is empty");
        if (stream.Length > MostBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"it has {stream.Length / 1_000_000:N0} MB; a picture may have {MostBytes / 1_000_000}"));
        }
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // The decoder has exceptions of many kinds for a damaged file, those of arrays among them.
    private static ImageResult Decode(byte[] file, PictureFacts facts)
    {
        try
        {
            var picture = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
            return picture.Width == facts.Width && picture.Height == facts.Height
                ? picture
                : throw new InvalidDataException("it is damaged: it has another size than its header says");
        }
        catch (Exception error) when (error is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"it is damaged ({error.Message.TrimEnd('.')})", error);
        }
    }
}
