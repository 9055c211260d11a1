using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>A notebook file. <see cref="Root"/> is the whole document, so unknown properties survive.</summary>
internal sealed record Notebook(string Path, JsonObject Root, IReadOnlyList<NotebookCell> Cells)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string FileName => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind is CellKind.Code);

    public IEnumerable<NotebookCell> MarkdownCells => Cells.Where(cell => cell.Kind is CellKind.Markdown);

    /// <summary>The first level-one heading, as Markdown; null without one.</summary>
    public string? Heading => MarkdownCells.SelectMany(cell => cell.Lines)
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line[2..]))?[2..].Trim();

    /// <summary>The first level-one heading, else the file's name.</summary>
    public string Title => Heading ?? Name;
}
