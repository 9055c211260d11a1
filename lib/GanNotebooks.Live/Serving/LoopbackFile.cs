namespace GanNotebooks.Live;

/// <summary>One file of a <see cref="LoopbackSite"/>.</summary>
/// <param name="MediaType">Its type, such as <c>text/css; charset=utf-8</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record LoopbackFile(string MediaType, ReadOnlyMemory<byte> Content)
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>
    /// The content security policy that the file is sent with, for a page that states the rest of its own; null for the server's.
    /// </summary>
    public string? Policy { get; init; }

    /// <summary>The type of a file by the ending of its name; null for an ending that no page needs.</summary>
    /// <param name="name">The name, such as <c>lab.css</c>.</param>
    public static string? MediaTypeOf(string name) => MediaTypes.GetValueOrDefault(Path.GetExtension(name));
}
