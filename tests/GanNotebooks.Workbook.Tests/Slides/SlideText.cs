using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>Writes notebooks with slide metadata for tests.</summary>
internal static class SlideText
{
    /// <summary>A Markdown cell.</summary>
    public static JsonObject Prose(string source, string? type = null) => Typed(NotebookText.Cell(CellKind.Markdown, "", source), type);

    /// <summary>A code cell with a value of some kind.</summary>
    public static JsonObject Code(string source, string? type = null, string kind = "text/plain", string? value = "an output",
        bool shown = false)
    {
        var cell = Typed(NotebookText.Cell(CellKind.Code, "", source), type);
        if (value is not null)
        {
            cell["outputs"] = new JsonArray(new JsonObject
            {
                ["output_type"] = "display_data", ["data"] = new JsonObject { [kind] = value }, ["metadata"] = new JsonObject(),
            });
        }

        if (shown)
            cell["metadata"]!["tags"] = new JsonArray("slide-code");
        return cell;
    }

    /// <summary>A notebook of these cells, as text.</summary>
    public static string Of(params JsonObject[] cells)
    {
        var document = NotebookText.Document();
        for (int at = 0; at < cells.Length; at++)
            cells[at]["id"] = $"c{at}";
        document["cells"] = new JsonArray([.. cells.Select(cell => cell.DeepClone())]);
        return NotebookFile.ToText(document);
    }

    /// <summary>The same without outputs.</summary>
    public static string Source(params JsonObject[] cells) => Of([.. cells.Select(cell =>
    {
        var copy = (JsonObject)cell.DeepClone();
        if (copy.ContainsKey("outputs"))
            copy["outputs"] = new JsonArray();
        return copy;
    })]);

    private static JsonObject Typed(JsonObject cell, string? type)
    {
        if (type is not null)
            cell["metadata"]!["slideshow"] = new JsonObject { ["slide_type"] = type };
        return cell;
    }
}
