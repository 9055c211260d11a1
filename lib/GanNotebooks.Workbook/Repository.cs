using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook;

/// <summary>Where things are in a clone.</summary>
internal sealed partial record Repository(string Root)
{
    /// <summary>The command that a reader is told when the library was not built.</summary>
    public const string BuildCommand = "dotnet build -c Release lib/GanNotebooks";

    private const string Marker = "GanNotebooks.sln";

    public string Notebooks => Path.Combine(Root, "notebooks");

    public string Setup => Path.Combine(Notebooks, "setup.csx");

    public string Output => Path.Combine(Root, "out");

    /// <summary>The clone around the current folder; if there is none, the clone that this program was built in.</summary>
    public static Repository Find() =>
        Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory) ?? new Repository(Directory.GetCurrentDirectory());

    public static Repository? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Marker)))
                return new Repository(at.FullName);
        }

        return null;
    }

    /// <summary>
    /// Whether a notebook is one of the course: it lies in the course's folder, and its name begins with a number, as in
    /// <c>04-optimal-discriminator</c> or <c>09b-cures</c>. Others are the reader's own, also where they lie beside those of the course.
    /// </summary>
    public bool IsOfCourse(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) == Path.GetFullPath(Notebooks)
        && CourseName().IsMatch(Path.GetFileName(path));

    /// <summary>A path as a reader can type it here: relative below the current folder, and else the whole path.</summary>
    public static string Nearby(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }

    /// <summary>
    /// A path as it may be written down: relative to the clone, with forward slashes; a file elsewhere keeps only its name.
    /// </summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Root, Path.GetFullPath(path));
        bool outside = Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal);
        return (outside ? Path.GetFileName(path) : relative).Replace('\\', '/');
    }

    [GeneratedRegex(@"^\d\d[a-z]?-")]
    private static partial Regex CourseName();
}
