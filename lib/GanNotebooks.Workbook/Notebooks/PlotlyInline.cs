using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// Figures are written without plotly.js and the script that draws (0.5 MB together). An executed notebook gets them once, before its
/// first figure, so that it draws when it is opened on its own; the book takes them out again and has its own copies.
/// </summary>
internal static class PlotlyInline
{
    private const string Open = "<script data-gan-notebooks=\"plotly\">";
    private const string Close = "</script>\n";
    private const string Html = "text/html";

    public static bool IsFigure(string content) => content.Contains("Plotly.", StringComparison.Ordinal);

    public static void AddOnce(JsonObject document, string script)
    {
        if (Outputs(document).FirstOrDefault(output => IsFigure(NotebookFile.Text(output["data"]?[Html]))) is not { } first)
            return;
        var lines = new JsonArray(Open, script, Close);
        foreach (var line in NotebookFile.ToLines(NotebookFile.Text(first["data"]![Html])))
            lines.Add(line!.DeepClone());
        first["data"]![Html] = lines;
    }

    /// <summary>The script in an executed notebook; null when it has none.</summary>
    public static string? Find(JsonObject document) => Outputs(document)
        .Select(output => NotebookFile.Text(output["data"]?[Html]))
        .FirstOrDefault(content => content.StartsWith(Open, StringComparison.Ordinal) && content.Contains(Close, StringComparison.Ordinal))
        is { } found ? found[Open.Length..found.IndexOf(Close, StringComparison.Ordinal)] : null;

    public static string Remove(string content)
    {
        if (!content.StartsWith(Open, StringComparison.Ordinal))
            return content;
        // The script itself contains no closing tag: it could not be inline otherwise.
        int close = content.IndexOf(Close, StringComparison.Ordinal);
        return close < 0 ? "" : content[(close + Close.Length)..];
    }

    private static IEnumerable<JsonObject> Outputs(JsonObject document) => ((JsonArray)document["cells"]!).OfType<JsonObject>()
        .SelectMany(cell => cell["outputs"] as JsonArray ?? []).OfType<JsonObject>();
}
