using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// Solved forms of a notebook's exercise cells: sections that start with a line `// exercise: cell-id`. They run instead of the open
/// cells, so that every solution is proven while the reader's file stays open.
/// </summary>
internal static class SolutionFile
{
    public const string Mark = "// exercise:";

    public static string PathFor(string notebook) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(notebook))!, "solutions", Path.GetFileNameWithoutExtension(notebook) + ".csx");

    /// <summary>Code by cell id; empty when there is no such file, or when it is no regular file or larger than a notebook.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? path) =>
        path is not null && File.Exists(path) && RegularFile.Fault(path) is null && new FileInfo(path).Length <= NotebookFile.BytesAtMost
            ? Parse(File.ReadAllLines(path))
            : new Dictionary<string, string>();

    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> lines)
    {
        var sections = new Dictionary<string, string>();
        string? id = null;
        var body = new List<string>();
        foreach (string? line in lines.Append(Mark))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
            {
                body.Add(line);
                continue;
            }

            if (id is not null)
                sections[id] = string.Join('\n', body).Trim('\n');
            id = line[Mark.Length..].Trim();
            body.Clear();
        }

        return sections;
    }
}
