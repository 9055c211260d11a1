using System.Text;

namespace GanNotebooks.Runtime;

/// <summary>
/// Says what a file is that was taken for something else. A download often ends in one of few things: the page that says that one has to
/// log in, the pointer that Git LFS keeps in place of a large file, an archive.
/// </summary>
internal static class Impostor
{
    private const int Enough = 512;

    /// <summary>Looks at the first bytes of a stream that can seek; its position stays as it was.</summary>
    /// <param name="stream">The stream of the file.</param>
    /// <returns>Words that continue a message, such as <c>; it is a web page: ...</c>; empty when nothing is known.</returns>
    public static string Hint(Stream stream)
    {
        long position = stream.Position;
        stream.Position = 0;
        byte[] beginning = new byte[Math.Min(Enough, stream.Length)];
        int length = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        stream.Position = position;
        return Hint(beginning.AsSpan(0, length));
    }

    /// <summary>Looks at the first bytes of a file.</summary>
    /// <param name="beginning">The bytes, some hundred of them.</param>
    /// <returns>As for a stream.</returns>
    public static string Hint(ReadOnlySpan<byte> beginning)
    {
        string text = Encoding.Latin1.GetString(beginning).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        bool Starts(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        if (Starts("version https://git-lfs"))
            return "; it is a pointer of Git LFS: \"git lfs pull\" fetches the file itself";
        if (Starts("<!doctype html") || Starts("<html") || Starts("<head") || Starts("<!--") || Starts("<?xml") || Starts("<body"))
            return "; it is a web page: the download gave its text in place of the file";
        return beginning switch
        {
            [0x1f, 0x8b, ..] => "; it is gzip: unpack it first (gunzip)",
            [(byte)'P', (byte)'K', 3, 4, ..] => "; it is a zip, as torch.save writes it (.pth)",
            [0xff, 0xd8, 0xff, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "; it is a picture",
            [0x80, >= 2 and <= 5, ..] => "; it is a bare pickle: in Python, load it and save its state dict with torch.save",
            [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xfd, (byte)'7', (byte)'z', ..] or [0x28, 0xb5, 0x2f, 0xfd, ..] =>
                "; it is a packed file: unpack it first",
            [0x93, (byte)'N', (byte)'U', ..] => "; it is an array of NumPy",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "; it is an HDF5 file",
            [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => "; it is a GGUF file",
            [_, _, _, _, 0, 0, 0, 0, (byte)'{', ..] => "; it looks like safetensors",
            _ => IsTar(beginning) ? "; it is a tar archive: unpack it first" : "",
        };
    }

    private static bool IsTar(ReadOnlySpan<byte> beginning) => beginning.Length >= 262 && beginning.Slice(257, 5).SequenceEqual("ustar"u8);
}
