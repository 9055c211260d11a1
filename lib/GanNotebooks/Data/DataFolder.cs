using System.Reflection;

namespace GanNotebooks.Data;

/// <summary>The repository's folder of data: <c>data</c> beside <c>GanNotebooks.sln</c>.</summary>
public static class DataFolder
{
    private const string RootMarker = "GanNotebooks.sln";

    /// <summary>The repository's data folder, found by walking up from the library's own assembly, or from where it was built.</summary>
    /// <returns>The absolute path of the folder.</returns>
    /// <exception cref="DataFileException">The library does not lie inside the repository.</exception>
    public static string Find()
    {
        var library = typeof(DataFolder).Assembly;
        string start = Path.GetDirectoryName(library.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        string? built =
            library.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(m => m.Key == "TorchNativeDirectory")?.Value;
        return Above(start) ?? Above(built) ?? FindFrom(start);
    }

    /// <summary>The data folder of the repository that a folder lies in.</summary>
    /// <param name="start">The folder from which the search walks up.</param>
    /// <returns>The absolute path of the folder.</returns>
    /// <exception cref="DataFileException">No folder on the way up holds the solution file.</exception>
    public static string FindFrom(string start) => Above(start) ?? throw new DataFileException(
        start, $"a folder inside the repository, that is, below {RootMarker}", "none on the way up; pass the directory explicitly");

    /// <summary>
    /// The path of a file that the repository recorded, below the data folder. Its bytes are compared with the list <c>SHA256SUMS</c> of
    /// its folder.
    /// </summary>
    /// <param name="folder">Name of the folder below <c>data</c>.</param>
    /// <param name="file">Name of the file.</param>
    /// <returns>The absolute path of the file.</returns>
    /// <exception cref="DataFileException">The file is missing, is not listed or is not the recorded one; the message says how to restore
    /// it.</exception>
    public static string Recorded(string folder, string file)
    {
        string list = ListOf(folder);
        string path = Path.Combine(Path.GetDirectoryName(list)!, file);
        if (ChecksumList.Lines(list).FirstOrDefault(line => line.File == file) is not { Sum: { } sum })
            throw new DataFileException(list, $"a line for {file}", "none");
        ChecksumList.Verify(path, sum);
        return path;
    }

    /// <summary>Compares all files that the list <c>SHA256SUMS</c> of a folder names.</summary>
    /// <param name="folder">Name of the folder below <c>data</c>.</param>
    /// <returns>The number of files.</returns>
    /// <exception cref="DataFileException">A file is missing or is not the recorded one; the message says how to restore it.</exception>
    public static int VerifyRecorded(string folder)
    {
        string list = ListOf(folder);
        var lines = ChecksumList.Lines(list).ToList();
        foreach (var (sum, file) in lines)
            ChecksumList.Verify(Path.Combine(Path.GetDirectoryName(list)!, file), sum);
        return lines.Count;
    }

    private static string ListOf(string folder)
    {
        string list = Path.Combine(Find(), folder, ChecksumList.FileName);
        return File.Exists(list)
            ? list
            : throw new DataFileException(list, "a list of checksums", $"no such file; git checkout -- data/{folder} restores it");
    }

    private static string? Above(string? start)
    {
        for (var folder = start is { Length: > 0 } ? new DirectoryInfo(start) : null; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
                return Path.Combine(folder.FullName, "data");
        }

        return null;
    }
}
