using System.Reflection;

namespace GanNotebooks.Runtime;

/// <summary>Where the workbook's own files are.</summary>
public static class Repository
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The folder that holds GanNotebooks.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The library was moved out of its repository.</exception>
    public static string Root => Found.Value;

    private static string Find()
    {
        var assembly = typeof(Repository).Assembly;
        var starts = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(m => m.Key == "TorchNativeDirectory").Select(m => m.Value)
            .Prepend(Path.GetDirectoryName(assembly.Location)).Append(Environment.CurrentDirectory);
        foreach (var start in starts)
        {
            for (var folder = start is { Length: > 0 } ? new DirectoryInfo(start) : null; folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "GanNotebooks.sln")))
                    return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("GanNotebooks.sln was not found above the library's folder: the library must stay inside its repository to find its data.");
    }
}
