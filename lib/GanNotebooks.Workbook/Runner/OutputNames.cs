using System.Text;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// What the outputs of notebooks are called: as their notebook, and with a number where an earlier one has that name. Long names are cut.
/// Letters in upper and lower case count as the same, as they do on many disks.
/// </summary>
internal sealed class OutputNames
{
    /// <summary>Bytes of a name in UTF-8. Disks allow 255, and the ending, a number and the name of a temporary file need room.</summary>
    public const int BytesAtMost = 180;

    private readonly Dictionary<string, string> names = [];
    private readonly HashSet<string> shared = [];

    /// <param name="paths">The notebooks, in order.</param>
    /// <param name="reserved">Names that none may have.</param>
    public OutputNames(IEnumerable<string> paths, IEnumerable<string>? reserved = null)
    {
        var taken = new HashSet<string>(reserved ?? [], StringComparer.OrdinalIgnoreCase);
        var all = paths.Select(Path.GetFullPath).Distinct().ToList();
        foreach (string? path in all)
            names[path] = Numbered(taken, Short(path));
        foreach (var same in all.GroupBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            shared.UnionWith(same);
    }

    /// <summary>The name without an ending.</summary>
    public string Of(string path) => names.GetValueOrDefault(Path.GetFullPath(path)) ?? Short(path);

    /// <summary>
    /// How a report names the notebook: a file outside of the repository by its name, and by its folder too if another has that name.
    /// </summary>
    public string Shown(Repository repository, string path)
    {
        string full = Path.GetFullPath(path), shown = repository.Shown(path);
        return shared.Contains(full) && shown == Path.GetFileName(path) && Path.GetDirectoryName(full) is { } folder
            ? $"{Path.GetFileName(folder)}/{shown}"
            : shown;
    }

    private static string Short(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length <= BytesAtMost)
            return name;
        int end = BytesAtMost;
        while ((bytes[end] & 0xC0) == 0x80) // inside a character
            end--;
        return Encoding.UTF8.GetString(bytes, 0, end);
    }

    private static string Numbered(HashSet<string> taken, string name)
    {
        string made = name;
        for (int copy = 2; !taken.Add(made); copy++)
            made = $"{name}-{copy}";
        return made;
    }
}
