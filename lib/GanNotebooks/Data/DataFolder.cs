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
