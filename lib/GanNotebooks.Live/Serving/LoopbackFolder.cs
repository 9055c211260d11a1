using GanNotebooks.Runtime;

namespace GanNotebooks.Live;

/// <summary>The files of a folder on the disk, for a <see cref="LoopbackSite"/>. Nothing is served through a link.</summary>
public static class LoopbackFolder
{
    private const long MostBytes = 64 << 20;

    /// <summary>The regular files of a folder and of the folders below it, up to 64 MiB each.</summary>
    /// <param name="folder">The folder.</param>
    public static Func<string, LoopbackFile?> Files(string folder)
    {
        string root = Path.GetFullPath(folder);
        return path => Read(root, path);
    }

    private static LoopbackFile? Read(string root, string path)
    {
        if (!RequestPath.IsPlain(path) || LoopbackFile.MediaTypeOf(path) is not { } type)
            return null;
        string at = root;
        foreach (string part in path.Split('/'))
        {
            at = Path.Combine(at, part);
            if (new FileInfo(at).LinkTarget is not null)
                return null;
        }

        try
        {
            RegularFile.Check(at);
            return new FileInfo(at).Length <= MostBytes ? new LoopbackFile(type, File.ReadAllBytes(at)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
