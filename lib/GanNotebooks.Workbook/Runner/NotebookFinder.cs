namespace GanNotebooks.Workbook.Runner;

/// <summary>Finds notebooks by number (00, or 0), name (00-start-here), file name, path or folder.</summary>
internal static class NotebookFinder
{
    /// <summary>The notebooks of these names; without names those of the course.</summary>
    /// <exception cref="ArgumentException">A name fits no notebook.</exception>
    public static IReadOnlyList<string> Find(Repository repository, IReadOnlyCollection<string> names) =>
        [.. (names.Count == 0
            ? In(repository.Notebooks).Where(repository.IsOfCourse)
            : names.SelectMany(name => Find(repository, name))).Distinct()];

    private static IEnumerable<string> Find(Repository repository, string name)
    {
        if (File.Exists(name))
            return [Path.GetFullPath(name)];
        if (Directory.Exists(name))
            return In(Path.GetFullPath(name));
        var all = In(repository.Notebooks).ToList();
        string stem = name.EndsWith(".ipynb", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name)
            : name is [>= '0' and <= '9'] ? "0" + name
            : name;
        var found = all.Where(path => Path.GetFileNameWithoutExtension(path) is var file &&
            (file == stem || file.StartsWith(stem + "-", StringComparison.Ordinal))).ToList();
        if (found.Count == 0)
        {
            string asked = OneLine.Value(name), names = string.Join(", ", all.Select(Path.GetFileNameWithoutExtension));
            throw new ArgumentException(
                name.EndsWith(".ipynb", StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal)
                ? $"{asked}: no such file or folder, and no notebook of the course has that name."
                : all.Count == 0
                ? $"There is no notebook '{asked}', and there are none in {repository.Notebooks}. A path to any .ipynb file is accepted."
                : $"There is no notebook '{asked}'. The notebooks are: {names}. A path to any .ipynb file is accepted too.");
        }

        return found;
    }

    private static IEnumerable<string> In(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
        : [];
}
