using System.Reflection;

namespace GanNotebooks.Live;

/// <summary>The files of the live page, which are part of this assembly.</summary>
public static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly Lazy<Dictionary<string, LoopbackFile>> Files = new(ReadAll);

    /// <summary>The file at a path, such as <c>lab.css</c>; null for none.</summary>
    /// <param name="path">The path below the page's folder.</param>
    public static LoopbackFile? Find(string path) => Files.Value.GetValueOrDefault(path);

    /// <summary>The paths of all files.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Value.Keys;

    private static Dictionary<string, LoopbackFile> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return (from name in assembly.GetManifestResourceNames()
                let path = name.Replace('\\', '/') // the build of Windows writes these
                where path.StartsWith(Prefix, StringComparison.Ordinal)
                let type = LoopbackFile.MediaTypeOf(path)
                where type is not null
                select (Path: path[Prefix.Length..], File: new LoopbackFile(type, Read(assembly, name))))
            .ToDictionary(file => file.Path, file => file.File, StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
