using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>Reports as JSON.</summary>
internal static class ReportFile
{
    // Readable with an editor: signs such as < and non-ASCII letters stay as they are.
    private static readonly ReportJson format =
        new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes through a temporary file: whenever the run is interrupted, a whole report is there.</summary>
    public static void Write(string path, RunReport report)
    {
        var temporary = path + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(report, format.RunReport) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    public static RunReport Read(string path) => JsonSerializer.Deserialize(File.ReadAllText(path), format.RunReport)!;

    public static JsonObject ToNode(NotebookReport report) => (JsonObject)JsonSerializer.SerializeToNode(report, format.NotebookReport)!;

    /// <summary>null when the node is not a report, for instance of another version.</summary>
    public static NotebookReport? FromNode(JsonNode? node)
    {
        try
        {
            return node?.Deserialize(format.NotebookReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
