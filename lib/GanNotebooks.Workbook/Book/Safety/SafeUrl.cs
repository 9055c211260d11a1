using System.Buffers.Text;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Book;

/// <summary>Which addresses a page of the book may have in a link and in a picture.</summary>
internal static class SafeUrl
{
    /// <summary>The folder beside the pages that contains the pictures of the notebooks.</summary>
    public const string PictureFolder = "files/";

    private static readonly string[] Schemes = ["https://", "http://", "mailto:"];

    private static readonly (string Type, byte[] Start)[] Pictures =
    [
        ("png", [0x89, (byte)'P', (byte)'N', (byte)'G']), ("jpeg", [0xFF, 0xD8, 0xFF]), ("gif", [.. "GIF8"u8]), ("webp", [.. "RIFF"u8]),
    ];

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly Regex Page = new(@"^([\w.%~()!*'-]+\.html)?(#[^\s<>""]*)?$", Linear);
    private static readonly Regex Picture = new(@"^files/[\w.%~()!*'-]+$", Linear);
    private static readonly Regex LicenceFile = new(@"^assets/licenses/[\w.-]+\.txt$", Linear);

    /// <summary>To the web, to a mailbox, to a page of the book or to a place on this page.</summary>
    public static bool IsLink(string url) => !url.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && (Schemes.Any(scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) || Page.IsMatch(url)
            || LicenceFile.IsMatch(url));

    /// <summary>A picture that was taken along, or one that is written out in the page.</summary>
    public static bool IsPicture(string url) => Picture.IsMatch(url) || IsDataPicture(url);

    /// <summary><c>data:image/png;base64,…</c> and the like, if it is base64 and begins as such a picture does.</summary>
    public static bool IsDataPicture(string url) => Pictures.Any(kind =>
        url.StartsWith($"data:image/{kind.Type};base64,", StringComparison.Ordinal)
        && Begins(url.AsSpan(url.IndexOf(',', StringComparison.Ordinal) + 1), kind.Start));

    /// <summary>The bytes of a PNG as base64 text without spaces; null when it is no such text or no PNG.</summary>
    public static string? PngText(string base64)
    {
        string text = string.Concat(base64.Where(letter => !char.IsWhiteSpace(letter)));
        return Begins(text, Pictures[0].Start) ? text : null;
    }

    private static bool Begins(ReadOnlySpan<char> text, byte[] start)
    {
        if (!Base64.IsValid(text) || text.ContainsAny(" \n\t\r"))
            return false;
        byte[] bytes = Convert.FromBase64String(text[..Math.Min(16, text.Length)].ToString());
        return bytes.AsSpan().StartsWith(start);
    }
}
