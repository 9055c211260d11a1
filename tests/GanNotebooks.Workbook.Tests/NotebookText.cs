using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests;

/// <summary>Writes notebooks for tests: pairs of kind and source.</summary>
internal static class NotebookText
{
    public static string Of(params (CellKind Kind, string Source)[] cells) => NotebookFile.ToText(Document(cells));

    public static JsonObject Document(params (CellKind Kind, string Source)[] cells) => new()
    {
        ["cells"] = new JsonArray([.. cells.Select((cell, index) => Cell(cell.Kind, $"c{index}", cell.Source))]),
        ["metadata"] = AllowedMetadata.OfNotebook(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    public static JsonObject Cell(CellKind kind, string id, string source)
    {
        var cell = new JsonObject { ["cell_type"] = kind is CellKind.Code ? "code" : "markdown" };
        if (kind is CellKind.Code)
            cell["execution_count"] = null;
        cell["id"] = id;
        cell["metadata"] = AllowedMetadata.Of(kind);
        if (kind is CellKind.Code)
            cell["outputs"] = new JsonArray();
        cell["source"] = NotebookFile.ToLines(source);
        return cell;
    }

    public static (CellKind, string) Code(string source) => (CellKind.Code, source);

    public static (CellKind, string) Prose(string source) => (CellKind.Markdown, source);
}
