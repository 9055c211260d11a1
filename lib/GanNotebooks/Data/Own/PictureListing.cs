using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>
/// The files of a folder and of the folders in it, in the ordinal order of their names. Hidden files and folders (their names begin with a
/// dot) are not looked at. Links to folders are not followed, because they may lead in a circle.
/// </summary>
/// <param name="Pictures">Files that end in .png, .jpg, .jpeg, .jpe or .jfif.</param>
/// <param name="Faults">Pictures of a kind that is not read, and links to folders, each with a reason.</param>
/// <param name="Others">Names of all other files, which are left alone.</param>
internal sealed record PictureListing(
    IReadOnlyList<PictureEntry> Pictures, IReadOnlyList<(string Name, string Reason)> Faults, IReadOnlyList<string> Others)
{
    private const int MostFiles = 2_000_000;

    private static readonly string[] Read = [".png", ".jpg", ".jpeg", ".jpe", ".jfif"],
        Unread = [".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".tga", ".psd", ".ppm", ".pgm"],
        OfSystems = ["Thumbs.db", "desktop.ini"];

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <exception cref="DataFileException">There is no such folder, or it may not be read.</exception>
    public static PictureListing Of(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFileException(folder, "a folder of PNG or JPEG files",
                File.Exists(folder) ? RegularFile.Fault(folder) ?? "a file" : "no such folder");
        }

        var (pictures, faults, others) = (new List<PictureEntry>(), new List<(string, string)>(), new List<string>());
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (waiting.TryPop(out var at))
        {
            foreach (var entry in DataFiles.Guard(at.FullName, () => at.GetFileSystemInfos()).Where(IsVisible))
            {
                string name = Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/');
                if (entry is DirectoryInfo inner && inner.LinkTarget is null)
                    waiting.Push(inner);
                else if (entry is DirectoryInfo)
                    faults.Add((name, "it is a link to a folder, which is not followed"));
                else if (Ends(name, Read))
                    pictures.Add(PictureEntry.Of(entry, name));
                else if (Ends(name, Unread))
                    faults.Add((name, "only PNG and JPEG are read; save it as one of them"));
                else
                    others.Add(name);
                if (pictures.Count > MostFiles)
                    throw new DataFileException(folder, $"at most {MostFiles} pictures", "more");
            }
        }

        return new PictureListing(
            [.. pictures.OrderBy(p => p.Name, StringComparer.Ordinal)], [.. faults.OrderBy(f => f.Item1, StringComparer.Ordinal)],
            [.. others.Order(StringComparer.Ordinal)]);
    }

    private static bool IsVisible(FileSystemInfo entry) => !entry.Name.StartsWith('.') && !OfSystems.Contains(entry.Name);

    private static bool Ends(string name, string[] endings) => endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A picture before it is read.</summary>
/// <param name="Name">Name below the folder, with forward slashes.</param>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">Size of the file; −1 for a link, whose own size says nothing.</param>
/// <param name="Ticks">Time of the last change.</param>
internal sealed record PictureEntry(string Name, string Path, long Bytes, long Ticks)
{
    /// <summary>The entry of a file, or of the file that a link leads to.</summary>
    public static PictureEntry Of(FileSystemInfo entry, string name)
    {
        var file = entry.LinkTarget is not null && Resolved(entry) is FileInfo target ? target : entry as FileInfo;
        return file is { Exists: true } && RegularFile.Fault(file.FullName) is null
            ? new PictureEntry(name, entry.FullName, file.Length, file.LastWriteTimeUtc.Ticks)
            : new PictureEntry(name, entry.FullName, -1, 0);
    }

    private static FileSystemInfo? Resolved(FileSystemInfo entry)
    {
        try
        {
            return entry.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            return null; // a circle of links; reading the file says so
        }
    }
}
