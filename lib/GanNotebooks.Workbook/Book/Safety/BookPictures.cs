using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// The pictures that a book takes along. Whoever writes a notebook names them, and the book is published: so a picture is taken only from
/// below the notebook's folder or the repository, with all links followed, if it is a regular file that begins as a picture does.
/// </summary>
/// <param name="bookFolder">Where the pages lie; null when pictures stand in their page.</param>
/// <param name="repository">Folder of the repository.</param>
internal sealed class BookPictures(string? bookFolder, string repository)
{
    /// <summary>Bytes of a picture; larger ones are not taken.</summary>
    public const int BytesAtMost = 16 << 20;

    private const int LinksAtMost = 40;

    /// <summary>Bytes of a drawing.</summary>
    public const int DrawingAtMost = 1 << 18;

    // No SVG: it may contain a script, which runs when the file is opened by itself. A drawing becomes a part of the page instead.
    private static readonly Dictionary<string, byte[][]> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = [[0x89, (byte)'P', (byte)'N', (byte)'G']],
        [".jpg"] = [[0xFF, 0xD8, 0xFF]],
        [".jpeg"] = [[0xFF, 0xD8, 0xFF]],
        [".gif"] = [[.. "GIF8"u8]],
        [".webp"] = [[.. "RIFF"u8]],
    };

    private readonly Dictionary<string, string> taken = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies a picture into the book, or into its address; null when it may not be taken or cannot be read.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="notebookFolder">The folder of the notebook that names it.</param>
    /// <returns>Its address for a page.</returns>
    public string? Take(string file, string notebookFolder)
    {
        try
        {
            if (RealPath(file) is not { } real || !(IsBelow(real, notebookFolder) || IsBelow(real, repository)))
                return null;
            if (bookFolder is null)
                return Read(real) is { } whole ? Written(real, whole) : null;
            if (!taken.TryGetValue(real, out string? name) && Read(real) is { } bytes)
            {
                name = NameFor(real);
                taken[real] = name;
                Directory.CreateDirectory(Path.Combine(bookFolder, SafeUrl.PictureFolder));
                AtomicFile.Write(Path.Combine(bookFolder, SafeUrl.PictureFolder, name), stream => stream.Write(bytes));
            }

            return name is null ? null : SafeUrl.PictureFolder + name;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The text of an SVG file, which a page may contain once it is cleaned; null when it may not be taken.</summary>
    /// <param name="file">The drawing.</param>
    /// <param name="notebookFolder">The folder of the notebook that names it.</param>
    public string? Drawing(string file, string notebookFolder)
    {
        try
        {
            bool taken = Path.GetExtension(file).Equals(".svg", StringComparison.OrdinalIgnoreCase) && RealPath(file) is { } real
                && (IsBelow(real, notebookFolder) || IsBelow(real, repository)) && RegularFile.Fault(real) is null
                && new FileInfo(real).Length <= DrawingAtMost;
            string text = taken ? RegularFile.ReadText(file).Trim() : "";
            return text.StartsWith("<svg", StringComparison.Ordinal) && text.EndsWith("</svg>", StringComparison.Ordinal) ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Written(string file, byte[] bytes)
    {
        string kind = Path.GetExtension(file)[1..].ToLowerInvariant();
        return $"data:image/{(kind == "jpg" ? "jpeg" : kind)};base64,{Convert.ToBase64String(bytes)}";
    }

    private static byte[]? Read(string file)
    {
        if (!Kinds.TryGetValue(Path.GetExtension(file), out byte[][]? starts) || RegularFile.Fault(file) is not null)
            return null;
        using var stream = RegularFile.OpenRead(file);
        if (stream.Length is 0 or > BytesAtMost)
            return null;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return starts.Any(start => bytes.AsSpan().StartsWith(start)) ? bytes : null;
    }

    private static bool IsBelow(string real, string folder) => RealPath(folder) is { } root
        && real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link in it followed; null when links lead in a circle.</summary>
    internal static string? RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        var rest = new Stack<string>(Parts(full).Reverse());
        string at = Path.GetPathRoot(full)!;
        for (int links = 0; rest.TryPop(out string? part);)
        {
            string next = Path.Combine(at, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > LinksAtMost)
                return null;
            string lead = Path.GetFullPath(Path.Combine(at, target));
            at = Path.GetPathRoot(lead)!;
            foreach (string? step in Parts(lead).Reverse())
                rest.Push(step);
        }

        return at;
    }

    private static string[] Parts(string full) =>
        full[Path.GetPathRoot(full)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    // Two pictures of one name get a number.
    private string NameFor(string file)
    {
        string stem = string.Concat(Path.GetFileNameWithoutExtension(file).Take(80)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        string ending = Path.GetExtension(file).ToLowerInvariant();
        for (int copy = 1; ; copy++)
        {
            string name = $"{stem}{(copy == 1 ? "" : $"-{copy}")}{ending}";
            if (names.Add(name))
                return name;
        }
    }
}
