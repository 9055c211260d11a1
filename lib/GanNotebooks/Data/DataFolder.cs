using GanNotebooks.Runtime;

namespace GanNotebooks.Data;

/// <summary>Where the repository keeps its data: the folder <c>data</c> beside <c>GanNotebooks.sln</c>.</summary>
public static class DataFolder
{
    /// <summary>The repository's data folder, found by walking up from the library's own assembly.</summary>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="DataFileException">The library does not lie inside the repository.</exception>
    public static string Find()
    {
        try
        {
            return Path.Combine(Repository.Root, "data");
        }
        catch (DirectoryNotFoundException e)
        {
            throw new DataFileException("data", "the library inside its repository, or an explicit directory", e.Message.TrimEnd('.'), e);
        }
    }
}
