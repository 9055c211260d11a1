using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>Reads and writes reports as JSON.</summary>
internal static class ReportFile
{
    // Readable with an editor: signs such as < and non-ASCII letters stay as they are.
    private static readonly ReportJson Format =
        new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes through a temporary file: whenever the run is interrupted, a whole report is there.</summary>
    public static void Write(string path, RunReport report) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(report, Format.RunReport) + "\n");

    public static RunReport Read(string path) => JsonSerializer.Deserialize(File.ReadAllText(path), Format.RunReport)!;

    public static JsonObject ToNode(NotebookReport report) => (JsonObject)JsonSerializer.SerializeToNode(report, Format.NotebookReport)!;

    /// <summary>null when the node is not a report, for instance of another version.</summary>
    public static NotebookReport? FromNode(JsonNode? node)
    {
        try
        {
            return node?.Deserialize(Format.NotebookReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>The whole run, as report.json holds it.</summary>
/// <param name="Finished">False while the run continues and after Ctrl-C.</param>
internal sealed record RunReport(
    string Workbook,
    string Runtime,
    string System,
    int Processors,
    string Profile,
    string Device,
    int? Seed,
    DateTimeOffset Started,
    double Seconds,
    bool Finished,
    bool Passed,
    IReadOnlyList<NotebookReport> Notebooks)
{
    /// <summary>How many notebooks ran at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The most memory that all notebooks together held at one moment.</summary>
    public long PeakMemoryBytes { get; init; }
}
