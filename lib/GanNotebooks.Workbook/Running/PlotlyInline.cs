using System.Reflection;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Running;

/// <summary>
/// Figures are written without plotly.js (3.6 MB each time). An executed notebook gets it once, before its first figure, so that it
/// draws when it is opened on its own; the book takes it out again.
/// </summary>
internal static class PlotlyInline
{
    private const string open = "<script data-gan-notebooks=\"plotly\">";
    private const string close = "</script>\n";
    private const string html = "text/html";

    private static readonly Lazy<string> script = new(ReadScript);

    /// <summary>The wrapped script; safe where an AMD loader is present and when it comes twice.</summary>
    public static string Script => script.Value;

    public static bool IsFigure(string content) => content.Contains("Plotly.", StringComparison.Ordinal);

    public static void AddOnce(JsonObject document)
    {
        foreach (var output in ((JsonArray)document["cells"]!).OfType<JsonObject>().SelectMany(NotebookOutputsOf))
        {
            var content = NotebookFile.Text(output["data"]?[html]);
            if (!IsFigure(content))
                continue;
            output["data"]![html] = new JsonArray([.. new[] { open, Script, close }.Select(text => (JsonNode)text), .. NotebookFile.ToLines(content).Select(line => line!.DeepClone())]);
            return;
        }
    }

    public static string Remove(string content)
    {
        if (!content.StartsWith(open, StringComparison.Ordinal))
            return content;
        // The script itself contains no closing tag: it could not be inline otherwise.
        return content[(content.IndexOf(close, StringComparison.Ordinal) + close.Length)..];
    }

    private static IEnumerable<JsonObject> NotebookOutputsOf(JsonObject cell) =>
        cell["outputs"] is JsonArray outputs ? outputs.OfType<JsonObject>() : [];

    private static string ReadScript()
    {
        const string resource = "Plotly.NET.plotly-2.28.0.min.js";
        var assembly = Assembly.LoadFrom(Path.Combine(LibraryFolder.Path, "Plotly.NET.dll"));
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"Plotly.NET.dll does not hold {resource}.");
        using var reader = new StreamReader(stream);
        return $"if(!window.Plotly){{(function(define,module,exports){{{reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}\n}}).call(window)}}";
    }
}
