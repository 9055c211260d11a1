using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>A notebook with what lies around it.</summary>
/// <param name="Previous">File name of the notebook before it in its folder, or null; <paramref name="Next"/> likewise.</param>
internal sealed partial record LintSubject(Notebook Notebook, string? Previous, string? Next, IReadOnlyDictionary<string, string> Solutions)
{
    /// <summary>The cells from each `## ` heading to the next; the part before the first has the title "".</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<NotebookCell> Cells)> Sections { get; } = Split(Notebook);

    public NotebookCell? Opening => Notebook.Cells is [{ Kind: CellKind.Markdown } first, ..] ? first : null;

    public static LintSubject From(Notebook notebook)
    {
        var files = Directory.Exists(notebook.Folder) ? Directory.EnumerateFiles(notebook.Folder, "*.ipynb") : [];
        var course = files.Select(path => Path.GetFileName(path)).Where(name => Numbered().IsMatch(name)).Order(StringComparer.Ordinal)
            .ToList();
        int at = course.IndexOf(notebook.FileName);
        return new LintSubject(
            notebook, at > 0 ? course[at - 1] : null, at >= 0 && at + 1 < course.Count ? course[at + 1] : null,
            SolutionFile.Read(SolutionFile.PathFor(notebook.Path)));
    }

    /// <summary>The notebook without the cells that are for the presenter.</summary>
    public LintSubject WithoutNotes() => new(
        Notebook with { Cells = [.. Notebook.Cells.Where(cell => !SlideMetadata.IsNote(cell))] }, Previous, Next, Solutions);

    /// <summary>A heading may stand in the middle of a Markdown cell: such a cell is cut there.</summary>
    private static List<(string, IReadOnlyList<NotebookCell>)> Split(Notebook notebook)
    {
        var sections = new List<(string Title, List<NotebookCell> Cells)> { ("", []) };
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind is not CellKind.Markdown)
            {
                sections[^1].Cells.Add(cell);
                continue;
            }

            foreach (string part in Heading().Split(cell.Source))
            {
                if (part.StartsWith("## ", StringComparison.Ordinal))
                    sections.Add((part.Split('\n')[0][3..].Trim(), []));
                if (!string.IsNullOrWhiteSpace(part))
                    sections[^1].Cells.Add(cell with { Source = part });
            }
        }

        return [.. sections.Select(section => (section.Title, (IReadOnlyList<NotebookCell>)section.Cells))];
    }

    [GeneratedRegex(@"^(?=## )", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\d\d-")]
    private static partial Regex Numbered();
}
