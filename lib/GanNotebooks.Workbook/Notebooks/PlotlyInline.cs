using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// Figures are written without plotly.js (3.6 MB each time). An executed notebook gets it once, before its first figure, so that it
/// draws when it is opened on its own; the book takes it out again and keeps one copy in a file.
/// </summary>
internal static class PlotlyInline
{
    private const string open = "<script data-gan-notebooks=\"plotly\">";
    private const string close = "</script>\n";
    private const string html = "text/html";

    public static bool IsFigure(string content) => content.Contains("Plotly.", StringComparison.Ordinal);

    public static void AddOnce(JsonObject document, string script)
    {
        if (Outputs(document).FirstOrDefault(output => IsFigure(NotebookFile.Text(output["data"]?[html]))) is not { } first)
            return;
        var lines = new JsonArray(open, script, close);
        foreach (var line in NotebookFile.ToLines(NotebookFile.Text(first["data"]![html])))
            lines.Add(line!.DeepClone());
        first["data"]![html] = lines;
    }

    /// <summary>The script in an executed notebook; null when it has none.</summary>
    public static string? Find(JsonObject document) => Outputs(document)
        .Select(output => NotebookFile.Text(output["data"]?[html]))
        .FirstOrDefault(content => content.StartsWith(open, StringComparison.Ordinal)) is { } found
            ? found[open.Length..found.IndexOf(close, StringComparison.Ordinal)]
            : null;

    public static string Remove(string content)
    {
        if (!content.StartsWith(open, StringComparison.Ordinal))
            return content;
        // The script itself contains no closing tag: it could not be inline otherwise.
        return content[(content.IndexOf(close, StringComparison.Ordinal) + close.Length)..];
    }

    private static IEnumerable<JsonObject> Outputs(JsonObject document) => ((JsonArray)document["cells"]!).OfType<JsonObject>()
        .SelectMany(cell => cell["outputs"] as JsonArray ?? []).OfType<JsonObject>();
}
