using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Takes out of a notebook what an editor saved into it. Sources stay as they are.</summary>
internal static class NotebookFixer
{
    /// <returns>true when the file was changed.</returns>
    public static bool Fix(string path)
    {
        var notebook = NotebookFile.Read(path);
        var fixedRoot = Fix(notebook);
        if (JsonNode.DeepEquals(fixedRoot, notebook.Root))
            return false;
        NotebookFile.Write(path, fixedRoot);
        return true;
    }

    public static JsonObject Fix(Notebook notebook)
    {
        var ids = new HashSet<string>();
        var cells = new JsonArray();
        foreach (var cell in notebook.Cells)
            cells.Add(cell.Kind is CellKind.Unknown ? cell.Json.DeepClone() : Fix(cell, ids));
        return new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = AllowedMetadata.OfNotebook(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = AllowedMetadata.Minor,
        };
    }

    private static JsonObject Fix(NotebookCell cell, HashSet<string> ids)
    {
        string id = cell.Id;
        for (int copy = 1; id == "" || !ids.Add(id); copy++)
            id = $"cell-{cell.Index + 1}{(copy == 1 ? "" : $"-{copy}")}"; // no other cell has this number: few are tried
        var made = new JsonObject { ["cell_type"] = cell.KindName };
        if (cell.Kind is CellKind.Code)
            made["execution_count"] = null;
        made["id"] = id;
        made["metadata"] = AllowedMetadata.Of(cell);
        if (cell.Kind is CellKind.Code)
            made["outputs"] = new JsonArray();
        made["source"] = cell.Json["source"]?.DeepClone() ?? new JsonArray();
        return made;
    }
}
